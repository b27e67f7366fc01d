/** A bar that fills, on a terminal; nothing elsewhere. */
import { humanBytes } from '../../human-bytes.ts';

export type Draw = ((text: string) => void) | undefined;

const CELLS = 40;
const REDRAW_MS = 100;

export class ProgressBar {
  readonly #draw: Draw;
  readonly #show: (count: number) => string;
  readonly #startedMs = performance.now();
  #total: number;
  #count = 0;
  #drawnMs = -Infinity;

  constructor(draw: Draw, total: number, unit: 'bytes' | 'count') {
    this.#draw = draw;
    this.#total = total;
    this.#show = unit === 'bytes' ? humanBytes : (count) => String(Math.round(count));
  }

  set total(total: number) {
    this.#total = total;
  }

  set count(count: number) {
    this.#count = count;
    const nowMs = performance.now();
    if (nowMs - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = nowMs;
    this.#paint();
  }

  get count(): number {
    return this.#count;
  }

  finish(): void {
    if (this.#draw === undefined) return;
    this.#paint();
    this.#draw('\n');
  }

  #paint(): void {
    const share = this.#total === 0 ? 0 : Math.min(1, this.#count / this.#total);
    const full = Math.round(share * CELLS);
    const seconds = Math.max(0.001, (performance.now() - this.#startedMs) / 1000);
    const bar = `[${'='.repeat(full)}${'-'.repeat(CELLS - full)}]`;
    const amounts = `${this.#show(this.#count)} / ${this.#show(this.#total)}`;
    const rate = `${this.#show(this.#count / seconds)}/s`;
    this.#draw?.(`\r\x1b[K${amounts} ${bar} ${(share * 100).toFixed(1)}% ${rate}`);
  }
}
