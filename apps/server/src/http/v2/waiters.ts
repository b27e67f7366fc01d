/** Who waits for events of the v2 tree on this member: found by path, told in order, bounded in number. */
import { matchesHistory, matchesLive, type Watched } from './event-match.ts';
import { History } from './history.ts';
import { KeyError } from './key-error.ts';
import { indexOf, type KeyEvent } from './key-event.ts';
import { lineageOf, ROOT, type KeyPath } from './key-path.ts';
import type { WaitRequest } from './key-request.ts';
import { FIRST_INDEX } from './tree-reading.ts';

/** Each is an open HTTP answer: a file descriptor and some kilobytes. */
export const WAITERS_MAX = 10_000;

/** One that waits. `told` answers false when it wants no more. */
export interface Waiter {
  told(event: KeyEvent): boolean;
  /** Events were missed, or the member stops: there will be none any more. */
  ended(): void;
}

interface Waiting extends Watched {
  readonly sinceIndex: number;
  readonly waiter: Waiter;
}

export class Waiters {
  readonly #history = new History();
  readonly #byPath = new Map<KeyPath, Set<Waiting>>();
  #count = 0;
  #joined = 0;

  get count(): number {
    return this.#count;
  }

  /** All that have ever asked. */
  get joined(): number {
    return this.#joined;
  }

  /**
   * Tells what the history holds, then what happens, until the waiter wants no more or `leave` is called.
   * Throws `KeyError` when the history does not reach back so far, or too many wait.
   *
   * @param storeIndex the index at the time of the request
   */
  join(request: WaitRequest, storeIndex: number, waiter: Waiter): { readonly leave: () => void } {
    this.#joined += 1;
    const { path, isRecursive } = request;
    const sinceIndex = request.sinceIndex === 0 ? storeIndex + 1 : request.sinceIndex;
    const { firstIndex } = this.#history;
    if (sinceIndex < firstIndex) {
      const cause = `the requested history has been cleared [${firstIndex}/${sinceIndex}]`;
      throw new KeyError('eventIndexCleared', cause, storeIndex);
    }
    for (const event of this.#history.from(sinceIndex)) {
      if (matchesHistory(event, { path, isRecursive }) && !waiter.told(event))
        return { leave: () => undefined };
    }
    if (this.#count >= WAITERS_MAX)
      throw new KeyError('raftInternal', `${WAITERS_MAX} requests wait on this member already`);
    const from = Math.max(sinceIndex, this.#history.lastIndex + 1);
    const waiting = { path, isRecursive, sinceIndex: from, waiter };
    this.#add(waiting);
    return { leave: () => this.#remove(waiting) };
  }

  /** An event of the feed. Those that came already are passed over. */
  event(event: KeyEvent): void {
    const isOld = indexOf(event) <= this.#history.lastIndex;
    if (isOld) return;
    const isNext = this.#history.add(event);
    if (indexOf(event) === FIRST_INDEX + 1) this.#history.beginsAtFirst();
    if (!isNext) this.end();
    for (const waiting of this.#candidates(event)) {
      if (indexOf(event) < waiting.sinceIndex || !matchesLive(event, waiting)) continue;
      if (!waiting.waiter.told(event)) this.#remove(waiting);
    }
  }

  /** Ends all that wait. */
  end(): void {
    for (const set of [...this.#byPath.values()]) {
      for (const waiting of [...set]) {
        this.#remove(waiting);
        waiting.waiter.ended();
      }
    }
  }

  /** Who may be meant: those at the node and above it, and for a directory that went those below. */
  #candidates({ node, prevNode }: KeyEvent): readonly Waiting[] {
    const paths =
      prevNode?.dir === true && node.dir === true
        ? [...this.#byPath.keys()]
        : [ROOT, ...lineageOf(node.key)];
    return paths.flatMap((path) => [...(this.#byPath.get(path) ?? [])]);
  }

  #add(waiting: Waiting): void {
    const set = this.#byPath.get(waiting.path) ?? new Set();
    this.#byPath.set(waiting.path, set.add(waiting));
    this.#count += 1;
  }

  #remove(waiting: Waiting): void {
    const set = this.#byPath.get(waiting.path);
    if (set?.delete(waiting) !== true) return;
    this.#count -= 1;
    if (set.size === 0) this.#byPath.delete(waiting.path);
  }
}
