/**
 * What a write does to the v2 tree: decided from what was read of it, without doing it. The rules and their order are
 * those of etcd's v2 store.
 */
import { KeyError } from './key-error.ts';
import { joinPath, ROOT, type KeyPath } from './key-path.ts';
import type { KeyAction, KeyEvent } from './key-event.ts';
import type { Condition, WriteRequest } from './key-request.ts';
import { isDirectory, viewOf, type NodeRecord } from './node-record.ts';
import { findNode, missingParents, type Tree } from './tree.ts';

export interface Change {
  readonly event: KeyEvent;
  readonly puts: ReadonlyMap<KeyPath, NodeRecord>;
  /** What goes, and whether all that is below goes with it. */
  readonly removal?: { readonly path: KeyPath; readonly isDirectory: boolean };
  /** The expiry that the node had, and the one that it has now. */
  readonly oldExpiryMs: number | undefined;
  readonly newExpiryMs: number | undefined;
}

type Asked<Kind extends WriteRequest['kind']> = Extract<WriteRequest, { kind: Kind }>;

/** Undefined where an expiry has been overtaken. Throws `KeyError`. */
export function decide(request: WriteRequest, tree: Tree, nowMs: number): Change | undefined {
  switch (request.kind) {
    case 'set':
      return set(request, tree, nowMs);
    case 'create':
      return create(request, tree, nowMs);
    case 'append': {
      const name = String(tree.index + 1).padStart(NAME_DIGITS, '0');
      return create({ ...request, path: joinPath(request.path, name) }, tree, nowMs);
    }
    case 'update':
      return update(request, tree, nowMs);
    case 'swap':
      return swap(request, tree, nowMs);
    case 'delete':
      return remove(request, tree, nowMs);
    case 'compare-and-delete':
      return compareAndDelete(request, tree, nowMs);
    case 'expire':
      return expire(request, tree, nowMs);
  }
}

/** Of a number of 64 bits. */
const NAME_DIGITS = 20;

function set(request: Asked<'set'>, tree: Tree, nowMs: number): Change {
  const { path, isRefresh } = request;
  let previous: NodeRecord | undefined;
  try {
    previous = findNode(tree, path);
  } catch (error) {
    if (isRefresh || !(error instanceof KeyError) || error.name !== 'keyNotFound') throw error;
  }
  const value = isRefresh ? (previous?.value ?? '') : request.value;
  const change = put({ ...request, value }, 'set', tree, nowMs, previous);
  return isRefresh ? { ...change, event: { ...change.event, isRefresh: true } } : change;
}

function create(request: Asked<'create' | 'append'>, tree: Tree, nowMs: number): Change {
  return put(request, 'create', tree, nowMs, undefined);
}

/** A new node in the place of `previous`, if that may be, with the directories that lead to it. */
function put(
  request: Asked<'set' | 'create' | 'append'>,
  action: KeyAction,
  tree: Tree,
  nowMs: number,
  previous: NodeRecord | undefined,
): Change {
  const { path } = request;
  refuseRoot(path, tree);
  const missing = missingParents(tree, path);
  const index = tree.index + 1;
  const present = tree.lineage.get(path);
  if (present !== undefined && action === 'create')
    throw new KeyError('alreadyExists', path, tree.index);
  if (present !== undefined && isDirectory(present))
    throw new KeyError('notAFile', path, tree.index);
  const record: NodeRecord = {
    ...(!request.isDirectory && { value: request.value }),
    createdIndex: index,
    modifiedIndex: index,
    ...(request.expiryMs !== undefined && { expiryMs: request.expiryMs }),
  };
  const directory: NodeRecord = { createdIndex: index, modifiedIndex: index };
  return {
    event: {
      action,
      node: viewOf(path, record, nowMs),
      ...(previous !== undefined && { prevNode: viewOf(path, previous, nowMs) }),
    },
    puts: new Map([...missing.map((parent) => [parent, directory] as const), [path, record]]),
    oldExpiryMs: present?.expiryMs,
    newExpiryMs: request.expiryMs,
  };
}

function update(request: Asked<'update'>, tree: Tree, nowMs: number): Change {
  const { path, isRefresh } = request;
  refuseRoot(path, tree);
  const present = findNode(tree, path);
  if (isDirectory(present) && request.value !== '')
    throw new KeyError('notAFile', path, tree.index);
  return rewrite(path, present, request, isRefresh, 'update', tree, nowMs);
}

function swap(request: Asked<'swap'>, tree: Tree, nowMs: number): Change {
  const { path, isRefresh } = request;
  refuseRoot(path, tree);
  const present = findNode(tree, path);
  if (isDirectory(present)) throw new KeyError('notAFile', path, tree.index);
  compare(present, request, tree);
  return rewrite(path, present, request, isRefresh, 'compareAndSwap', tree, nowMs);
}

/** The same node with another value and expiry. */
function rewrite(
  path: KeyPath,
  present: NodeRecord,
  request: Asked<'update' | 'swap'>,
  isRefresh: boolean,
  action: KeyAction,
  tree: Tree,
  nowMs: number,
): Change {
  const index = tree.index + 1;
  const { createdIndex } = present;
  const expiry = request.expiryMs !== undefined && { expiryMs: request.expiryMs };
  const shown: NodeRecord = isDirectory(present)
    ? { createdIndex, modifiedIndex: index, ...expiry }
    : {
        value: isRefresh ? present.value! : request.value,
        createdIndex,
        modifiedIndex: index,
        ...expiry,
      };
  // etcd tells a new index of an updated directory, and keeps the old one.
  const kept = isDirectory(present) ? { ...shown, modifiedIndex: present.modifiedIndex } : shown;
  return {
    event: {
      action,
      node: viewOf(path, shown, nowMs),
      prevNode: viewOf(path, present, nowMs),
      ...(isRefresh && { isRefresh: true }),
    },
    puts: new Map([[path, kept]]),
    oldExpiryMs: present.expiryMs,
    newExpiryMs: request.expiryMs,
  };
}

function remove(request: Asked<'delete'>, tree: Tree, nowMs: number): Change {
  const { path, isRecursive } = request;
  refuseRoot(path, tree);
  const present = findNode(tree, path);
  if (isDirectory(present)) {
    if (!request.isDirectory && !isRecursive) throw new KeyError('notAFile', path, tree.index);
    if (!isRecursive && tree.below.size > 0)
      throw new KeyError('directoryNotEmpty', path, tree.index);
  }
  return removal(path, present, 'delete', tree, nowMs);
}

function compareAndDelete(request: Asked<'compare-and-delete'>, tree: Tree, nowMs: number): Change {
  const { path } = request;
  const present = findNode(tree, path);
  // etcd cuts the prefix of its own store off the cause, and nothing remains of the root's.
  const cause = path === ROOT ? '' : path;
  if (isDirectory(present)) throw new KeyError('notAFile', cause, tree.index);
  compare(present, request, tree);
  return removal(path, present, 'compareAndDelete', tree, nowMs);
}

function expire(request: Asked<'expire'>, tree: Tree, nowMs: number): Change | undefined {
  const { path, expiryMs } = request;
  const present = tree.lineage.get(path);
  if (present?.expiryMs !== expiryMs) return undefined;
  return removal(path, present, 'expire', tree, nowMs);
}

function removal(
  path: KeyPath,
  present: NodeRecord,
  action: KeyAction,
  tree: Tree,
  nowMs: number,
): Change {
  const isDirectoryRemoved = isDirectory(present);
  return {
    event: {
      action,
      node: {
        key: path,
        ...(isDirectoryRemoved && { dir: true }),
        modifiedIndex: tree.index + 1,
        createdIndex: present.createdIndex,
      },
      prevNode: viewOf(path, present, nowMs),
    },
    puts: new Map(),
    removal: { path, isDirectory: isDirectoryRemoved },
    oldExpiryMs: present.expiryMs,
    newExpiryMs: undefined,
  };
}

function refuseRoot(path: KeyPath, tree: Tree): void {
  if (path === ROOT) throw new KeyError('rootIsReadOnly', ROOT, tree.index);
}

function compare(
  { value = '', modifiedIndex }: NodeRecord,
  { prevValue, prevIndex }: Condition,
  tree: Tree,
): void {
  const mismatches: string[] = [];
  if (prevValue !== '' && prevValue !== value) mismatches.push(`[${prevValue} != ${value}]`);
  if (prevIndex !== 0n && prevIndex !== BigInt(modifiedIndex))
    mismatches.push(`[${prevIndex} != ${modifiedIndex}]`);
  if (mismatches.length > 0) throw new KeyError('compareFailed', mismatches.join(' '), tree.index);
}
