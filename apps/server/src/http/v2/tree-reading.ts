/** Reads of the v2 tree what a request needs, in one transaction. */
import { toByteString, type KeyValue } from '@concord/protocol';
import type { LocalCaller } from '../../rpc/local-call.ts';
import {
  childrenOf,
  deeperThan,
  EVENTS,
  INDEX_KEY,
  nodeKey,
  pathOfNode,
  single,
} from './key-layout.ts';
import { lineageOf, ROOT, type KeyPath } from './key-path.ts';
import type { LocalStore, Read } from './local-store.ts';
import { decodeNode, RecordError, type NodeRecord } from './node-record.ts';
import type { Tree } from './tree.ts';

/**
 * Segments that a path may have. A path and what belongs to a write of it must fit into one transaction
 * (`--max-txn-ops`, 128 by default): a read or a put each, and up to eight operations more.
 */
export const DEPTH_MAX = 100;

/**
 * The index before the first write: what a new etcd of one member reports, which has written about itself by then.
 * Clients take 0 for a missing index.
 */
export const FIRST_INDEX = 3;

/** What is read below a path: nothing, whether there is anything, the children, or all. */
export type Below = 'nothing' | 'any' | 'children' | 'everything';

export interface TreeQuery {
  /** The nodes on the way to each are read, and the nodes themselves. */
  readonly paths: readonly KeyPath[];
  /** What is read below the first. */
  readonly below: Below;
  /** From this member's own state, which may be behind. */
  readonly serializable: boolean;
}

/** The nodes that a read of these paths takes. Nothing can be deeper than `DEPTH_MAX`, so nothing is missed. */
export function nodesOnTheWay(paths: readonly KeyPath[]): ReadonlySet<KeyPath> {
  return new Set(paths.flatMap((path) => lineageOf(path).slice(0, DEPTH_MAX + 1)));
}

/** Throws `LocalCallError` and `RecordError`. */
export async function readTree(
  store: LocalStore,
  { paths, below, serializable }: TreeQuery,
  caller: LocalCaller,
): Promise<Tree> {
  const nodes = [...nodesOnTheWay(paths)];
  const reads = [
    single(INDEX_KEY),
    ...readsBelow(paths[0] ?? ROOT, below),
    ...nodes.map((node) => single(nodeKey(node))),
  ];
  const answers = await store.readAll(reads, serializable, caller);
  const counter = answers[0]?.[0];
  const nodesFrom = reads.length - nodes.length;
  return {
    index: counter === undefined ? FIRST_INDEX : readIndex(counter),
    stamp: counter?.modRevision ?? 0,
    below: decodeNodes(answers.slice(1, nodesFrom).flat()),
    lineage: decodeNodes(answers.slice(nodesFrom).flat()),
  };
}

/** Revision of the last write, of whichever member. */
export async function readStamp(store: LocalStore, caller: LocalCaller): Promise<number> {
  const [[counter] = []] = await store.readAll([single(INDEX_KEY)], true, caller);
  return counter?.modRevision ?? 0;
}

/** The index, for somebody who is to be told of all that happens: who may not read the history is refused. */
export async function readIndexOfHistory(store: LocalStore, caller: LocalCaller): Promise<number> {
  const reads = [single(INDEX_KEY), { ...EVENTS, keysMax: 1 }];
  const [[counter] = []] = await store.readAll(reads, true, caller);
  return counter === undefined ? FIRST_INDEX : readIndex(counter);
}

function readsBelow(path: KeyPath, below: Below): readonly Read[] {
  switch (below) {
    case 'nothing':
      return [];
    case 'any':
      return [{ ...childrenOf(path), keysMax: 1 }];
    case 'children':
      return [childrenOf(path)];
    case 'everything':
      return [childrenOf(path), deeperThan(path)];
  }
}

function readIndex({ value }: KeyValue): number {
  const index = Number(toByteString(value));
  if (!Number.isSafeInteger(index) || index < FIRST_INDEX)
    throw new RecordError('the record of the index was not written by the v2 API');
  return index;
}

function decodeNodes(kvs: readonly KeyValue[]): ReadonlyMap<KeyPath, NodeRecord> {
  return new Map(
    kvs.map(({ key, value }) => {
      const path = pathOfNode(key);
      return [path, decodeNode(value, path)];
    }),
  );
}
