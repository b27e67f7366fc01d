/** What the caller's handler holds on to over several tries: it stands for the connection of the one that goes on. */
import type { Dispatcher } from 'undici';

type Controller = Dispatcher.DispatchController;

export class StandingController implements Controller {
  #target: Controller | undefined;
  #isPaused = false;
  #abortReason: Error | undefined;

  /** What is asked for from now on is asked of `target`, and what has been asked before. */
  standFor(target: Controller): void {
    this.#target = target;
    if (this.#abortReason !== undefined) target.abort(this.#abortReason);
    else if (this.#isPaused) target.pause();
  }

  get aborted(): boolean {
    return this.#abortReason !== undefined || this.#target?.aborted === true;
  }

  get paused(): boolean {
    return this.#isPaused || this.#target?.paused === true;
  }

  get reason(): Error | null {
    return this.#target?.reason ?? this.#abortReason ?? null;
  }

  get rawHeaders(): Exclude<Controller['rawHeaders'], undefined> {
    return this.#target?.rawHeaders ?? null;
  }

  get rawTrailers(): Exclude<Controller['rawTrailers'], undefined> {
    return this.#target?.rawTrailers ?? null;
  }

  abort(reason: Error): void {
    this.#abortReason = reason;
    this.#target?.abort(reason);
  }

  pause(): void {
    this.#isPaused = true;
    this.#target?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#target?.resume();
  }
}
