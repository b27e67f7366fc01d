/**
 * The watchers of one range: they match the same changes, so a change finds their group once and what is
 * encoded for one of them serves the others. The group is also a node of the tree of ranges.
 */
import type { ByteString, KeyRange } from '@concord/protocol';
import type { Lane } from './lane.ts';
import type { WatchEvent } from './watch-event.ts';
import type { Watcher } from './watcher.ts';

/** Shared by all groups that nothing is being delivered to; never added to. */
export const noEvents: WatchEvent[] = [];
export const noLanes: Lane[] = [];

export class WatcherGroup {
  readonly from: ByteString;
  /** Exclusive; undefined for no end. */
  readonly to: ByteString | undefined;
  readonly watchers: Watcher[] = [];

  /** Events of the revision that is being delivered; empty otherwise. */
  events = noEvents;
  /** Who takes part in the slice of history that is being read; empty otherwise. */
  lanes = noLanes;

  // The node of an AVL tree ordered by (from, to).
  left: WatcherGroup | undefined = undefined;
  right: WatcherGroup | undefined = undefined;
  height = 1;
  /** The greatest `to` of this subtree; undefined for no end. */
  endMax: ByteString | undefined;

  constructor(range: KeyRange) {
    this.from = range.from;
    this.to = range.to;
    this.endMax = range.to;
  }

  add(watcher: Watcher): void {
    watcher.group = this;
    watcher.groupSlot = this.watchers.length;
    this.watchers.push(watcher);
  }

  /** The last watcher takes the place of the one removed: whoever walks the group walks it from the end. */
  remove(watcher: Watcher): void {
    const last = this.watchers.pop() as Watcher;
    if (last !== watcher) {
      this.watchers[watcher.groupSlot] = last;
      last.groupSlot = watcher.groupSlot;
    }
    watcher.group = undefined;
  }
}
