/**
 * All watchers of a member by their place; see `watcher.ts` for the places. Every change of place is made here, so
 * that the indexes, the queue and the counts of the streams always agree.
 */
import { assertNever } from '@concord/raft';
import { WatcherIndex } from './watcher-index.ts';
import type { Watcher } from './watcher.ts';

export class WatcherRegistry {
  /** By range: what live changes go to. */
  readonly synced = new WatcherIndex();
  /** By range: the watchers of `queue`. */
  readonly waiting = new WatcherIndex();
  /** Who waits for a slice of history, first come first served. */
  readonly queue = new Set<Watcher>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The watcher has all that happened: from now on it follows live. */
  sync(watcher: Watcher): void {
    this.#leave(watcher);
    watcher.place = 'synced';
    this.synced.add(watcher);
  }

  /** The watcher needs history and is served after those that wait already. */
  enqueue(watcher: Watcher): void {
    this.#leave(watcher);
    watcher.place = 'queued';
    watcher.stream.behindCount++;
    this.queue.add(watcher);
    this.waiting.add(watcher);
  }

  /** The watcher had its turn and needs more: to the end of the queue. */
  requeue(watcher: Watcher): void {
    this.queue.delete(watcher);
    this.queue.add(watcher);
  }

  /** The watcher needs history, but its stream is full: it waits for the stream to drain. */
  stall(watcher: Watcher): void {
    this.#leave(watcher);
    watcher.place = 'stalled';
    watcher.stream.behindCount++;
    watcher.stream.stalled.add(watcher);
  }

  discard(watcher: Watcher): void {
    this.#leave(watcher);
    this.#count--;
  }

  #leave(watcher: Watcher): void {
    switch (watcher.place) {
      case 'gone':
        this.#count++;
        break;
      case 'synced':
        this.synced.remove(watcher);
        break;
      case 'queued':
        this.queue.delete(watcher);
        this.waiting.remove(watcher);
        watcher.stream.behindCount--;
        break;
      case 'stalled':
        watcher.stream.stalled.delete(watcher);
        watcher.stream.behindCount--;
        break;
      default:
        assertNever(watcher.place, 'a watcher has one of four places');
    }
    watcher.place = 'gone';
  }
}
