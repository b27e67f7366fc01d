/** `/v2/stats/store`: what this member has done for clients since it started, in etcd's counters. */
import type { KeyRequest } from './key-request.ts';

type Kind = Exclude<KeyRequest['ask']['kind'], 'wait'>;

/** Counters in etcd's order. */
const counters = [
  'gets',
  'sets',
  'delete',
  'update',
  'create',
  'compareAndSwap',
  'compareAndDelete',
] as const;

type Counter = (typeof counters)[number];

const counterOf: Readonly<Record<Kind, Counter | 'expire'>> = {
  read: 'gets',
  set: 'sets',
  create: 'create',
  append: 'create',
  update: 'update',
  swap: 'compareAndSwap',
  delete: 'delete',
  'compare-and-delete': 'compareAndDelete',
  expire: 'expire',
};

export class StoreStats {
  readonly #successes = new Map<string, number>();
  readonly #failures = new Map<string, number>();

  succeeded(kind: Kind): void {
    const counter = counterOf[kind];
    this.#successes.set(counter, (this.#successes.get(counter) ?? 0) + 1);
  }

  failed(kind: Kind): void {
    const counter = counterOf[kind];
    this.#failures.set(counter, (this.#failures.get(counter) ?? 0) + 1);
  }

  get expired(): number {
    return this.#successes.get('expire') ?? 0;
  }

  toJson(watchers: number): string {
    const fields = counters.map(
      (counter) =>
        `"${counter}Success":${this.#successes.get(counter) ?? 0},"${counter}Fail":${this.#failures.get(counter) ?? 0}`,
    );
    return `{${fields.join()},"expireCount":${this.expired},"watchers":${watchers}}`;
  }
}
