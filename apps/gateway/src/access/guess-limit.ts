/**
 * Slows down who guesses passwords: by user and source together, by source, and by user. Nobody is locked out by
 * others: what strangers guess makes the right user wait a second at most.
 */

interface Rule {
  /** Wrong ones in a row that cost nothing. */
  readonly free: number;
  readonly waitMsMax: number;
}

const rules = {
  both: { free: 5, waitMsMax: 60_000 },
  source: { free: 20, waitMsMax: 60_000 },
  user: { free: 20, waitMsMax: 1_000 },
} as const satisfies Record<string, Rule>;

const WAIT_MS_MIN = 1_000;
/** Whoever stops for so long begins anew. */
const FORGOTTEN_MS = 15 * 60_000;
/** Rows remembered; the one that is oldest goes first. */
const ROWS_MAX = 30_000;

interface Row {
  wrong: number;
  lastAtMs: number;
}

export class GuessLimit {
  readonly #nowMs: () => number;
  readonly #rows = new Map<string, Row>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** How long to wait before the next attempt is looked at; 0: none. */
  waitMs(user: string, source: string): number {
    return Math.max(...keysOf(user, source).map(([rule, key]) => this.#waitMs(rule, key)));
  }

  /** It was wrong; counted before the answer is known, so that many at once do not slip through. */
  noteAttempt(user: string, source: string): void {
    for (const [, key] of keysOf(user, source)) {
      const row = this.#row(key) ?? { wrong: 0, lastAtMs: 0 };
      row.wrong += 1;
      row.lastAtMs = this.#nowMs();
      this.#rows.delete(key);
      this.#rows.set(key, row);
    }
    while (this.#rows.size > ROWS_MAX) this.#rows.delete(this.#rows.keys().next().value!);
  }

  /** It was right: the attempt did not count, and this user begins anew from this source. */
  noteRight(user: string, source: string): void {
    for (const [rule, key] of keysOf(user, source)) {
      const row = this.#rows.get(key);
      if (row === undefined) continue;
      row.wrong -= 1;
      if (rule === rules.both || row.wrong <= 0) this.#rows.delete(key);
    }
  }

  #waitMs({ free, waitMsMax }: Rule, key: string): number {
    const row = this.#row(key);
    if (row === undefined || row.wrong < free) return 0;
    const fullMs = Math.min(WAIT_MS_MIN * 2 ** Math.min(row.wrong - free, 20), waitMsMax);
    return Math.max(0, row.lastAtMs + fullMs - this.#nowMs());
  }

  #row(key: string): Row | undefined {
    const row = this.#rows.get(key);
    if (row === undefined || this.#nowMs() - row.lastAtMs < FORGOTTEN_MS) return row;
    this.#rows.delete(key);
    return undefined;
  }
}

const keysOf = (user: string, source: string): [Rule, string][] => [
  [rules.both, `both ${source} ${user}`],
  [rules.source, `source ${source}`],
  [rules.user, `user ${user}`],
];
