/**
 * The v2 tree in the v3 store. A write reads what it depends on, decides, and commits in one transaction that holds
 * only if no other write came between: the record of the index is its guard, and a conflict begins anew.
 *
 * A member does one write at a time, so that it is never in its own way. Members are in each other's, and the leader,
 * which is nearest to the log, would win for as long as it has work. Who has lost too often says so in the store
 * (`turn`), and winners that see it pause.
 */
import { etcdErrors, fromByteString, toByteString, type KeyValue } from '@concord/protocol';
import type { LocalCaller } from '../../rpc/local-call.ts';
import { decide, type Change } from './change.ts';
import { KeyError } from './key-error.ts';
import type { KeyEvent, NodeView } from './key-event.ts';
import { indexOf } from './key-event.ts';
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
import { joinPath, lineageOf } from './key-path.ts';
import type { ReadRequest, WriteRequest } from './key-request.ts';
import { LocalCallError, type LocalStore, type Write } from './local-store.ts';
import { encodeEvent, encodeNode, RecordError } from './node-record.ts';
import { findNode, viewTree, type Tree } from './tree.ts';
import { DEPTH_MAX, readTree, type Below } from './tree-reading.ts';

/** etcd's: events that `waitIndex` reaches back. */
export const HISTORY_EVENTS_MAX = 1000;
/** How long a write may try: etcd's request timeout, 5 s and two elections. */
const WRITE_MS_MAX = 7000;
/** Writes that wait for their turn; at 0.5 ms a write, they are through in two seconds. */
const WAITING_MAX = 4096;
/** Lost races after which a member asks the others to pause. */
const LOSSES_MAX = 2;
/** How long they do: enough for several writes of a follower. */
const PAUSE_MS = 20;

export interface KeyStoreWorld {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Tells this member from the others. */
  readonly name: string;
}

export class KeyStore {
  readonly #store: LocalStore;
  readonly #world: KeyStoreWorld;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  /** Revision of the last request of another member that this one has paused for. */
  #pausedFor = 0;

  constructor(store: LocalStore, world: KeyStoreWorld) {
    this.#store = store;
    this.#world = world;
  }

  /** Throws `KeyError`. */
  async read(
    { path, isRecursive, isQuorum }: ReadRequest,
    caller: LocalCaller,
  ): Promise<{ readonly node: NodeView; readonly index: number }> {
    const below = isRecursive ? 'everything' : 'children';
    const tree = await told(
      readTree(this.#store, { path, below, serializable: !isQuorum }, caller),
    );
    const node = viewTree(path, findNode(tree, path), tree.below, this.#world.now());
    return { node, index: tree.index };
  }

  /** Throws `KeyError`. Undefined only for an expiry that has been overtaken. */
  async write(request: WriteRequest, caller: LocalCaller): Promise<KeyEvent | undefined> {
    if (this.#waiting >= WAITING_MAX)
      throw new KeyError('raftInternal', 'etcdserver: too many requests');
    refuseDepth(request);
    const deadlineMs = this.#world.now() + WRITE_MS_MAX;
    this.#waiting += 1;
    const turn = this.#last.then(() => told(this.#writeNow(request, caller, deadlineMs)));
    this.#last = turn.catch(() => undefined);
    return turn.finally(() => (this.#waiting -= 1));
  }

  async #writeNow(
    request: WriteRequest,
    caller: LocalCaller,
    deadlineMs: number,
  ): Promise<KeyEvent | undefined> {
    const query = { path: request.path, below: neededBelow(request) };
    // A write is checked when it commits, but a refusal must not come from a state that has been left behind.
    let serializable = true;
    for (let losses = 0; this.#world.now() < deadlineMs;) {
      const tree = await readTree(this.#store, { ...query, serializable }, caller);
      let change: Change | undefined;
      try {
        change = decide(request, tree, this.#world.now());
      } catch (error) {
        if (!serializable || !(error instanceof KeyError)) throw error;
        serializable = false;
        continue;
      }
      const write = change === undefined ? staleExpiry(request, tree) : writeOf(change, tree);
      const otherwise = losses < LOSSES_MAX ? [] : [turnOf(this.#world.name)];
      const outcome = await this.#store.write({ ...write, otherwise }, caller);
      if (outcome !== 'conflict') {
        await this.#giveWay(outcome[0]);
        return change?.event;
      }
      losses += 1;
      // This member has seen the transaction that came between.
      serializable = true;
    }
    throw new KeyError('raftInternal', 'etcdserver: request timed out');
  }

  async #giveWay(turn: KeyValue | undefined): Promise<void> {
    if (turn === undefined || turn.modRevision <= this.#pausedFor) return;
    this.#pausedFor = turn.modRevision;
    if (toByteString(turn.value) !== this.#world.name) await this.#world.sleep(PAUSE_MS);
  }
}

const turnOf = (name: string) => [TURN_KEY, fromByteString(name)] as const;

/** Only whether a directory is empty is asked for beyond the nodes on the way. */
function neededBelow(request: WriteRequest): Below {
  return request.kind === 'delete' && !request.isRecursive ? 'any' : 'nothing';
}

function refuseDepth({ kind, path }: WriteRequest): void {
  const depth = lineageOf(kind === 'append' ? joinPath(path, '0') : path).length;
  const creates = kind === 'set' || kind === 'create' || kind === 'append';
  if (creates && depth > DEPTH_MAX) {
    throw new KeyError(
      'invalidField',
      `the path has ${depth} segments, and at most ${DEPTH_MAX} are possible`,
    );
  }
}

function writeOf(change: Change, tree: Tree): Omit<Write, 'otherwise'> {
  const { event, puts, removal, oldExpiryMs, newExpiryMs } = change;
  const { key: path } = event.node;
  const index = indexOf(event);
  const deletes: KeyRange[] = [];
  if (index > HISTORY_EVENTS_MAX) deletes.push(single(eventKey(index - HISTORY_EVENTS_MAX)));
  if (removal !== undefined) deletes.push(single(nodeKey(removal.path)));
  if (removal?.isDirectory === true)
    deletes.push(childrenOf(removal.path), deeperThan(removal.path));
  const hasNewExpiry = newExpiryMs !== oldExpiryMs;
  if (oldExpiryMs !== undefined && hasNewExpiry) deletes.push(single(expiryKey(path, oldExpiryMs)));
  const added = newExpiryMs !== undefined && hasNewExpiry;
  return {
    condition: { key: INDEX_KEY, revision: tree.stamp },
    deletes,
    puts: [
      [INDEX_KEY, fromByteString(String(index))],
      [eventKey(index), encodeEvent(event)],
      ...[...puts].map(([node, record]) => [nodeKey(node), encodeNode(record)] as const),
      ...(added ? [[expiryKey(path, newExpiryMs), new Uint8Array()] as const] : []),
    ],
    read: single(TURN_KEY),
  };
}

/** The node went, or expires at another time: what is left of the old expiry goes, and nobody is told. */
function staleExpiry(request: WriteRequest, tree: Tree): Omit<Write, 'otherwise'> {
  const expiryMs = request.kind === 'expire' ? request.expiryMs : 0;
  return {
    condition: { key: INDEX_KEY, revision: tree.stamp },
    deletes: [single(expiryKey(request.path, expiryMs))],
    puts: [],
    read: single(TURN_KEY),
  };
}

/** Failures of the v3 services in v2's words. */
export async function told<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof RecordError) throw new KeyError('raftInternal', error.message);
    if (!(error instanceof LocalCallError)) throw error;
    if (error.isRefusal) throw new KeyError('unauthorized', 'Insufficient credentials');
    const isTooLarge = error.message === etcdErrors.ErrRequestTooLarge.message;
    throw new KeyError(isTooLarge ? 'invalidForm' : 'raftInternal', error.message);
  }
}
