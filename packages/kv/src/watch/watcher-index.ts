/**
 * Watchers by what they watch: those of single keys in a map, those of ranges in a tree. A change finds the
 * groups that want it without a look at the others.
 */
import { isSingleKey, type ByteString } from '@concord/protocol';
import { RangeTree } from './range-tree.ts';
import { WatcherGroup } from './watcher-group.ts';
import type { Watcher } from './watcher.ts';

export class WatcherIndex {
  readonly #keys = new Map<ByteString, WatcherGroup>();
  readonly #ranges = new RangeTree();
  #rangeCount = 0;

  add(watcher: Watcher): void {
    this.#groupOf(watcher).add(watcher);
  }

  remove(watcher: Watcher): void {
    const group = watcher.group as WatcherGroup;
    group.remove(watcher);
    if (group.watchers.length > 0) return;
    if (this.#keys.get(group.from) === group) {
      this.#keys.delete(group.from);
    } else {
      this.#ranges.remove(group);
      this.#rangeCount--;
    }
  }

  /** Appends the groups that watch `key`; none of them is empty. */
  match(key: ByteString, matches: WatcherGroup[]): void {
    const group = this.#keys.get(key);
    if (group !== undefined) matches.push(group);
    if (this.#rangeCount > 0) this.#ranges.match(key, matches);
  }

  #groupOf({ range }: Watcher): WatcherGroup {
    const isKey = isSingleKey(range);
    const existing = isKey ? this.#keys.get(range.from) : this.#ranges.find(range);
    if (existing !== undefined) return existing;
    const group = new WatcherGroup(range);
    if (isKey) {
      this.#keys.set(range.from, group);
    } else {
      this.#ranges.add(group);
      this.#rangeCount++;
    }
    return group;
  }
}
