/** The lists that are kept current now: shared by the components that show them, remembered for a while after the last. */
import { addressOf } from '../api/gateway.ts';
import { folded, type Collection } from './collection.ts';
import { listen, type StreamState } from './event-stream.ts';

export interface Live<Item> {
  /** `undefined` until the first snapshot. */
  readonly collection: Collection<Item> | undefined;
  readonly state: StreamState;
}

/** How long a list is remembered that no component shows: who goes back sees it at once. */
const REMEMBERED_MS = 60_000;

const lists = new Map<string, LiveList<never>>();

/** The list of `path`, such as `v1/services/watch`. */
export function liveList<Item>(path: string, nameOf: (item: Item) => string): LiveList<Item> {
  let list = lists.get(path) as LiveList<Item> | undefined;
  if (list === undefined) {
    list = new LiveList(path, nameOf);
    lists.set(path, list as unknown as LiveList<never>);
  }
  return list;
}

export class LiveList<Item> {
  readonly #path: string;
  readonly #nameOf: (item: Item) => string;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | undefined;
  #forget: ReturnType<typeof setTimeout> | undefined;
  #now: Live<Item> = { collection: undefined, state: 'connecting' };

  constructor(path: string, nameOf: (item: Item) => string) {
    this.#path = path;
    this.#nameOf = nameOf;
  }

  readonly now = (): Live<Item> => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    clearTimeout(this.#forget);
    this.#listeners.add(listener);
    this.#stop ??= listen(addressOf(this.#path), {
      onState: (state) => this.#become({ ...this.#now, state }),
      onEvents: (events) =>
        this.#become({
          ...this.#now,
          collection: folded(this.#now.collection, events, this.#nameOf),
        }),
    });
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
      this.#forget = setTimeout(() => lists.delete(this.#path), REMEMBERED_MS);
    };
  };

  #become(live: Live<Item>): void {
    this.#now = live;
    for (const listener of this.#listeners) listener();
  }
}
