/** One line that says how it goes: rewritten on a terminal, and now and then a new one elsewhere. */
import type { Draw } from './progress-bar.ts';

/** Often enough to see that it goes on, seldom enough for a log. */
const APART_MS = 10_000;

export class StatusLine {
  readonly #draw: Draw;
  readonly #tell: (line: string) => void;
  #toldMs = -Infinity;
  #isDrawn = false;

  constructor(draw: Draw, tell: (line: string) => void) {
    this.#draw = draw;
    this.#tell = tell;
  }

  show(text: string): void {
    if (this.#draw !== undefined) {
      this.#draw(`\r\x1b[K${text}`);
      this.#isDrawn = true;
      return;
    }
    const nowMs = performance.now();
    if (nowMs - this.#toldMs < APART_MS) return;
    this.#toldMs = nowMs;
    this.#tell(text);
  }

  /** A line of its own, which stays. */
  tell(line: string): void {
    this.clear();
    this.#tell(line);
  }

  clear(): void {
    if (this.#isDrawn) this.#draw?.('\r\x1b[K');
    this.#isDrawn = false;
  }
}
