/**
 * Serves watchers that need history, one bounded slice at a time, so that neither a watcher half a million
 * revisions behind nor ten thousand of them hold up what is being applied.
 *
 * The watcher that has waited longest leads: the slice starts where it stands. Whoever of the next ones in the
 * queue stands inside the slice reads along, so watchers at similar revisions meet and share every later slice.
 * The leader then goes to the end of the queue, which is what keeps one far behind from starving the others.
 *
 * Invariant: a slice ends between revisions, and a watcher moves past it only when its events were written.
 */
import type { Delivery } from './delivery.ts';
import { Lane } from './lane.ts';
import { WatchEvent } from './watch-event.ts';
import type { WatchHistory, WatchedChange } from './watch-history.ts';
import { CHANGES_PER_SLICE_MAX, WATCHERS_PER_SLICE_MAX } from './watch-limits.ts';
import { noLanes } from './watcher-group.ts';
import type { WatcherGroup } from './watcher-group.ts';
import type { WatcherRegistry } from './watcher-registry.ts';
import { isWanted } from './watcher.ts';

interface Slice {
  readonly changes: readonly WatchedChange[];
  /** Last revision that the slice covers, whether or not it has changes there. */
  readonly end: number;
}

export class CatchUp {
  readonly #registry: WatcherRegistry;
  readonly #history: WatchHistory;
  readonly #delivery: Delivery;
  readonly #groups: WatcherGroup[] = [];
  readonly #matches: WatcherGroup[] = [];

  constructor(registry: WatcherRegistry, history: WatchHistory, delivery: Delivery) {
    this.#registry = registry;
    this.#history = history;
    this.#delivery = delivery;
  }

  /**
   * Serves one slice of at most `changesMax` changes, or one revision if that has more. `revision` is the last
   * one applied and `header` its encoded header. Answers whether anybody still waits.
   */
  serveSlice(revision: number, changesMax: number, header: () => Uint8Array): boolean {
    const { queue } = this.#registry;
    const start = this.#gather();
    if (start !== undefined) {
      const slice = this.#read(start, revision, Math.min(changesMax, CHANGES_PER_SLICE_MAX));
      this.#sort(slice);
      this.#delivery.begin(header());
      this.#deliver(slice, revision);
    }
    return queue.size > 0;
  }

  /** Puts the first watchers of the queue into lanes, and answers where the slice starts. */
  #gather(): number | undefined {
    let start: number | undefined;
    let seen = 0;
    for (const watcher of this.#registry.queue) {
      if (seen++ === WATCHERS_PER_SLICE_MAX) break;
      if (watcher.stream.isBlocked) {
        this.#registry.stall(watcher);
        continue;
      }
      start ??= watcher.nextRevision;
      if (watcher.nextRevision < start) continue;
      const group = watcher.group as WatcherGroup;
      if (group.lanes === noLanes) {
        group.lanes = [];
        this.#groups.push(group);
      }
      const { nextRevision, wants } = watcher;
      const matchesLane = (lane: Lane): boolean =>
        lane.nextRevision === nextRevision && lane.wants === wants;
      let lane = group.lanes.find(matchesLane);
      if (lane === undefined) group.lanes.push((lane = new Lane(watcher)));
      lane.watchers.push(watcher);
    }
    return start;
  }

  #read(start: number, revision: number, changesMax: number): Slice {
    const changes: WatchedChange[] = [];
    const next = this.#history.history(start, revision, changesMax, (change) => {
      changes.push(change);
    });
    return { changes, end: next - 1 };
  }

  /** Gives each lane its events. */
  #sort({ changes }: Slice): void {
    const matches = this.#matches;
    for (const change of changes) {
      let event: WatchEvent | undefined;
      matches.length = 0;
      this.#registry.waiting.match(change.key, matches);
      for (const group of matches) {
        for (const lane of group.lanes) {
          if (change.revision < lane.nextRevision || !isWanted(lane.wants, change.kind)) continue;
          event ??= new WatchEvent(change);
          lane.events.push(event);
        }
      }
    }
    matches.length = 0;
  }

  #deliver({ end }: Slice, revision: number): void {
    const registry = this.#registry;
    for (const group of this.#groups) {
      const { lanes } = group;
      group.lanes = noLanes;
      for (const lane of lanes) {
        if (lane.nextRevision > end) {
          // Ahead of this slice, unless the slice reached the present.
          if (end === revision) for (const watcher of lane.watchers) registry.sync(watcher);
          continue;
        }
        for (const watcher of lane.watchers) {
          if (lane.events.length > 0 && !this.#delivery.send(watcher, lane.events)) {
            registry.stall(watcher);
            continue;
          }
          watcher.nextRevision = end + 1;
          if (end === revision) registry.sync(watcher);
          else registry.requeue(watcher);
        }
      }
    }
    this.#groups.length = 0;
  }
}
