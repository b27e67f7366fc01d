/** `top` on a terminal: looks, draws, and does what keys say, until one of them or a signal ends it. */
import type { Survey } from '../survey/survey.ts';
import { viewOf, type ClusterView } from './cluster-view.ts';
import { sortedBy, type Sort } from './columns.ts';
import { draw } from './screen.ts';
import { enter, keyOf, leave, repaint, type Terminal } from './terminal.ts';

export interface LiveTopOptions {
  readonly terminal: Terminal;
  readonly take: (signal: AbortSignal) => Promise<Survey>;
  readonly intervalMs: number;
  readonly hasColour: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export class LiveTop {
  readonly #options: LiveTopOptions;
  readonly #ending = new AbortController();
  #view: ClusterView | undefined;
  #before: Survey | undefined;
  #problem: string | undefined;
  #sort: Sort = sortedBy(0);
  #isPaused = false;

  constructor(options: LiveTopOptions) {
    this.#options = options;
  }

  /** Resolves when it is over; the terminal is as it was then, whatever happened. */
  async run(): Promise<void> {
    const { terminal, signal } = this.#options;
    const end = (): void => this.#ending.abort();
    signal.addEventListener('abort', end, { once: true });
    terminal.write(enter);
    const stopKeys = terminal.onKey((key) => this.#press(key));
    const stopSizes = terminal.onResize(() => this.#paint());
    try {
      while (!this.#ending.signal.aborted && !signal.aborted) {
        if (!this.#isPaused) await this.#look();
        this.#paint();
        await this.#pause();
      }
    } finally {
      stopKeys();
      stopSizes();
      signal.removeEventListener('abort', end);
      terminal.write(leave);
    }
  }

  async #look(): Promise<void> {
    try {
      const survey = await this.#options.take(this.#ending.signal);
      // Whoever pressed the key while it was on its way wants to see what was there.
      if (this.#isPaused) return;
      this.#view = viewOf(survey, this.#before);
      this.#before = survey;
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }

  #pause(): Promise<void> {
    const { signal } = this.#ending;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, this.#options.intervalMs);
      signal.addEventListener('abort', finish, { once: true });
    });
  }

  #press(text: string): void {
    const key = keyOf(text);
    if (key === 'quit') return this.#ending.abort();
    if (key === 'pause') this.#isPaused = !this.#isPaused;
    if (key === 'left') this.#sort = sortedBy(this.#sort.column - 1);
    if (key === 'right') this.#sort = sortedBy(this.#sort.column + 1);
    if (key === 'turn') this.#sort = { ...this.#sort, isDescending: !this.#sort.isDescending };
    this.#paint();
  }

  #paint(): void {
    if (this.#view === undefined && this.#problem === undefined) return;
    const { terminal, hasColour } = this.#options;
    const { columns: width, rows: height } = terminal.size;
    const frame = {
      width,
      height,
      hasColour,
      sort: this.#sort,
      isPaused: this.#isPaused,
      isLive: true,
      problem: this.#problem,
    };
    terminal.write(repaint(draw(this.#view, frame)));
  }
}
