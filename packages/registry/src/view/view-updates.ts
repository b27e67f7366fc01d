/**
 * The updates of a view as an async iterable. Whoever is slow gets fewer and larger ones: what has happened since the
 * last is merged, so that nothing grows but with the number of instances, and nobody is ever told of what is over.
 */
import type { Instance } from '../instance.ts';
import type {
  ChangedInstance,
  RemovalReason,
  RemovedInstance,
  ViewDifference,
} from './view-state.ts';

interface Pending {
  /** As the consumer knows it. */
  readonly previous: Instance | undefined;
  readonly current: Instance | undefined;
  readonly reason: RemovalReason;
}

/** Differences one after another, as one. */
export class MergedDifference {
  readonly #pending = new Map<string, Pending>();

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  add({ added, removed, changed }: ViewDifference): void {
    // An id that is in both was removed first.
    for (const { instance, reason } of removed) this.#set(instance.id, instance, undefined, reason);
    for (const instance of added) this.#set(instance.id, undefined, instance);
    for (const { previous, current } of changed) this.#set(current.id, previous, current);
  }

  /** What has been merged, and begins anew. */
  take(): ViewDifference {
    const added: Instance[] = [];
    const removed: RemovedInstance[] = [];
    const changed: ChangedInstance[] = [];
    for (const { previous, current, reason } of this.#pending.values()) {
      if (previous !== undefined && current?.incarnation === previous.incarnation) {
        changed.push({ previous, current });
        continue;
      }
      if (previous !== undefined) {
        removed.push({ instance: previous, reason: current === undefined ? reason : 'replaced' });
      }
      if (current !== undefined) added.push(current);
    }
    this.#pending.clear();
    return { added, removed, changed };
  }

  #set(
    id: string,
    previous: Instance | undefined,
    current: Instance | undefined,
    reason: RemovalReason = 'replaced',
  ): void {
    const pending = this.#pending.get(id);
    const known = pending === undefined ? previous : pending.previous;
    if (known === undefined && current === undefined) this.#pending.delete(id);
    else this.#pending.set(id, { previous: known, current, reason });
  }
}

/** One iteration. Ends with the view, or with its signal. */
export class ViewUpdates<Update> implements AsyncIterableIterator<Update, undefined> {
  readonly #merged = new MergedDifference();
  readonly #make: (difference: ViewDifference) => Update;
  readonly #onEnd: (updates: ViewUpdates<Update>) => void;
  readonly #waiting: ((result: IteratorResult<Update, undefined>) => void)[] = [];
  #isFirst = true;
  #isEnded = false;

  /** @param initial - what there is, as the first update */
  constructor(
    initial: readonly Instance[],
    make: (difference: ViewDifference) => Update,
    onEnd: (updates: ViewUpdates<Update>) => void,
  ) {
    this.#merged.add({ added: initial, removed: [], changed: [] });
    this.#make = make;
    this.#onEnd = onEnd;
  }

  add(difference: ViewDifference): void {
    this.#merged.add(difference);
    if (!this.#merged.isEmpty) this.#waiting.shift()?.(this.#take());
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#onEnd(this);
    for (const resolve of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Update, undefined>> {
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    // The first one comes at once, even of a service that has no instances.
    if (this.#isFirst || !this.#merged.isEmpty) return Promise.resolve(this.#take());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<Update, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): IteratorResult<Update, undefined> {
    this.#isFirst = false;
    return { done: false, value: this.#make(this.#merged.take()) };
  }
}
