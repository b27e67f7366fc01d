/** What a request has read of the v2 tree, all at one moment, and what it finds there. */
import { KeyError } from './key-error.ts';
import { isHidden, lineageOf, ROOT, type KeyPath } from './key-path.ts';
import type { NodeView } from './key-event.ts';
import { isDirectory, ROOT_RECORD, viewOf, type NodeRecord } from './node-record.ts';

export interface Tree {
  /** The v2 index. */
  readonly index: number;
  /** Revision of the record of the index: a write holds if it is still the same. */
  readonly stamp: number;
  /** The nodes from the first segment down to the path, as far as they exist. */
  readonly lineage: ReadonlyMap<KeyPath, NodeRecord>;
  /** Those below the path that were asked for. */
  readonly below: ReadonlyMap<KeyPath, NodeRecord>;
}

/** Throws `KeyError`: of the first node on the way that is missing, or is no directory. */
export function findNode(tree: Tree, path: KeyPath): NodeRecord {
  let found = ROOT_RECORD;
  let foundPath = ROOT;
  for (const next of lineageOf(path)) {
    if (!isDirectory(found)) throw new KeyError('notADirectory', foundPath, tree.index);
    const record = tree.lineage.get(next);
    if (record === undefined) throw new KeyError('keyNotFound', next, tree.index);
    found = record;
    foundPath = next;
  }
  return found;
}

/** The directories on the way to `path` that do not exist yet. Throws `KeyError` where a file is in the way. */
export function missingParents(tree: Tree, path: KeyPath): readonly KeyPath[] {
  const parents = lineageOf(path).slice(0, -1);
  for (const parent of parents) {
    const record = tree.lineage.get(parent);
    if (record === undefined) break;
    if (!isDirectory(record)) throw new KeyError('notADirectory', parent, tree.index);
  }
  return parents.filter((parent) => !tree.lineage.has(parent));
}

/** A node with all that was read below it, hidden nodes left out. */
export function viewTree(
  path: KeyPath,
  record: NodeRecord,
  below: ReadonlyMap<KeyPath, NodeRecord>,
  nowMs: number,
): NodeView {
  const children = Map.groupBy(below, ([child]) => child.slice(0, child.lastIndexOf('/')) || ROOT);
  const view = (key: KeyPath, node: NodeRecord): NodeView => {
    const shown = (children.get(key) ?? []).filter(([child]) => !isHidden(child));
    // Bytewise, as Go compares strings.
    shown.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      ...viewOf(key, node, nowMs),
      ...(shown.length > 0 && { nodes: shown.map(([child, at]) => view(child, at)) }),
    };
  };
  return view(path, record);
}
