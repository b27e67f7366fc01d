/**
 * Several writes that become one transaction: what was read of the tree for all of them, changed by each in turn, and
 * the operations that this comes to.
 */
import { fromByteString, type ByteString } from '@concord/protocol';
import { decide } from './change.ts';
import type { Change } from './change.ts';
import { indexOf, type KeyEvent } from './key-event.ts';
import {
  childrenOf,
  deeperThan,
  eventKey,
  expiryKey,
  INDEX_KEY,
  nodeKey,
  single,
  TURN_KEY,
  type KeyRange,
} from './key-layout.ts';
import { isBelow, lineageOf, type KeyPath } from './key-path.ts';
import type { WriteRequest } from './key-request.ts';
import type { Write } from './local-store.ts';
import { encodeEvent, encodeNode, type NodeRecord } from './node-record.ts';
import type { Tree } from './tree.ts';

/** etcd's: events that `waitIndex` reaches back. */
export const HISTORY_EVENTS_MAX = 1000;

/** Bytes after which a transaction is long enough: well below `--max-request-bytes`, and soon written. */
const BYTES_ENOUGH = 256 * 1024;
/** Operations that belong to no write: the index, the history's end, `turn`. */
const COMMON_OPS = 3;
/** Of a write without the directories that lead to it: node, event, old and new expiry, or the ranges below. */
const OPS_PER_WRITE = 5;

export class Draft {
  readonly #read: Tree;
  readonly #nodes: Map<KeyPath, NodeRecord>;
  readonly #puts = new Map<ByteString, Uint8Array>();
  readonly #deletes = new Set<ByteString>();
  #ranges: readonly KeyRange[] = [];
  #index: number;
  #bytes = 0;

  constructor(read: Tree) {
    this.#read = read;
    this.#nodes = new Map(read.lineage);
    this.#index = read.index;
  }

  get isEmpty(): boolean {
    return this.#puts.size === 0 && this.#deletes.size === 0 && this.#ranges.length === 0;
  }

  /**
   * Whether one more fits. The end of a directory comes last: nothing can be put into what it removes.
   */
  hasRoom(request: WriteRequest, opsMax: number): boolean {
    if (this.isEmpty) return true;
    const ops = this.#puts.size + this.#deletes.size + COMMON_OPS;
    const more = lineageOf(request.path).length + OPS_PER_WRITE;
    return this.#ranges.length === 0 && ops + more <= opsMax && this.#bytes < BYTES_ENOUGH;
  }

  /** Undefined for an expiry that has been overtaken. Throws `KeyError`, and is as before then. */
  apply(request: WriteRequest, nowMs: number): KeyEvent | undefined {
    const tree: Tree = { ...this.#read, index: this.#index, lineage: this.#nodes };
    const change = decide(request, tree, nowMs);
    if (change !== undefined) this.#add(change);
    else if (request.kind === 'expire') this.#delete(expiryKey(request.path, request.expiryMs));
    return change?.event;
  }

  /** Holds only if nothing has been written since the tree was read. */
  toWrite(): Omit<Write, 'otherwise'> {
    const first = this.#read.index + 1 - HISTORY_EVENTS_MAX;
    const last = this.#index - HISTORY_EVENTS_MAX;
    const forgotten: KeyRange = {
      key: fromByteString(eventKey(Math.max(1, first))),
      rangeEnd: fromByteString(eventKey(last + 1)),
    };
    const hasEvents = this.#index > this.#read.index;
    return {
      condition: { key: INDEX_KEY, revision: this.#read.stamp },
      deletes: [
        ...(hasEvents && last >= 1 ? [forgotten] : []),
        ...[...this.#deletes].map(single),
        ...this.#ranges,
      ],
      puts: [
        ...this.#puts,
        ...(hasEvents ? [[INDEX_KEY, fromByteString(String(this.#index))] as const] : []),
      ],
      read: single(TURN_KEY),
    };
  }

  #add({ event, puts, removal, oldExpiryMs, newExpiryMs }: Change): void {
    const { key: path } = event.node;
    this.#index = indexOf(event);
    this.#put(eventKey(this.#index), encodeEvent(event));
    if (removal !== undefined) this.#remove(removal.path, removal.isDirectory);
    for (const [node, record] of puts) {
      this.#nodes.set(node, record);
      this.#put(nodeKey(node), encodeNode(record));
    }
    if (newExpiryMs === oldExpiryMs) return;
    if (oldExpiryMs !== undefined) this.#delete(expiryKey(path, oldExpiryMs));
    if (newExpiryMs !== undefined) this.#put(expiryKey(path, newExpiryMs), new Uint8Array());
  }

  #remove(path: KeyPath, isDirectory: boolean): void {
    this.#nodes.delete(path);
    this.#delete(nodeKey(path));
    if (!isDirectory) return;
    for (const node of [...this.#nodes.keys()]) {
      if (!isBelow(node, path)) continue;
      this.#nodes.delete(node);
      // A range that is deleted may not hold a key that is put.
      this.#puts.delete(nodeKey(node));
    }
    this.#ranges = [childrenOf(path), deeperThan(path)];
  }

  #put(key: ByteString, value: Uint8Array): void {
    this.#deletes.delete(key);
    this.#puts.set(key, value);
    this.#bytes += key.length + value.length;
  }

  #delete(key: ByteString): void {
    this.#puts.delete(key);
    this.#deletes.add(key);
  }
}
