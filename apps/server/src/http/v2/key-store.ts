/**
 * The v2 tree in the v3 store. Writes read what they depend on, are decided, and commit in one transaction that holds
 * only if no other write came between: the record of the index is its guard, and a conflict begins anew.
 *
 * A member does one transaction at a time, so that it is never in its own way, and takes into it what waits meanwhile:
 * each write still sees all before it, and has an index and an event of its own. Members are in each other's way, and
 * the leader, which is nearest to the log, would win for as long as it has work. So who loses a race says so in the
 * store (`turn`), and winners that see it wait until the other has had its turn.
 */
import { etcdErrors, fromByteString, toByteString } from '@concord/protocol';
import type { LocalCaller } from '../../rpc/local-call.ts';
import { Draft } from './draft.ts';
import { KeyError } from './key-error.ts';
import type { KeyEvent, NodeView } from './key-event.ts';
import { TURN_KEY } from './key-layout.ts';
import { joinPath, lineageOf } from './key-path.ts';
import type { ReadRequest, WriteRequest } from './key-request.ts';
import { LocalCallError, type LocalStore, type Written } from './local-store.ts';
import { RecordError } from './node-record.ts';
import { findNode, viewTree } from './tree.ts';
import { DEPTH_MAX, nodesOnTheWay, readStamp, readTree } from './tree-reading.ts';

/** How long a write may try: etcd's request timeout, 5 s and two elections. */
const WRITE_MS_MAX = 7000;
/** Writes that wait for their turn: some thirty go into one transaction. */
const WAITING_MAX = 4096;
/** Writes of one transaction: as many as it has room for at the default of `--max-txn-ops`. */
const BATCH_MAX = 60;
/** Reads of a transaction that belong to no path: the index, and what is below the first. */
const COMMON_READS = 3;
/** How long a winner waits for the write of a loser, which may by then have nothing to write any more. */
const PAUSE_MS_MAX = 40;
/** Between looks at whether it has come: a look is a read of this member's own state. */
const LOOK_MS = 2;

export interface KeyStoreWorld {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Tells this member from the others. */
  readonly name: string;
  /** `--max-txn-ops`. */
  readonly txnOpsMax: number;
}

/** A write that waits to be done. */
interface Waiting {
  readonly request: WriteRequest;
  readonly caller: LocalCaller;
  readonly deadlineMs: number;
  settle(outcome: Outcome): void;
}

/** What became of a write: undefined for an expiry that has been overtaken. */
type Outcome = KeyEvent | Error | undefined;

export class KeyStore {
  readonly #store: LocalStore;
  readonly #world: KeyStoreWorld;
  #waiting: Waiting[] = [];
  #isWriting = false;
  /** So many writes go each into a transaction of its own. */
  #alone = 0;
  /** Revision of the last `turn` that this member has seen. */
  #lastTurn = 0;
  #givingWay: Promise<void> = Promise.resolve();

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
    const query = { paths: [path], below, serializable: !isQuorum } as const;
    const tree = await told(readTree(this.#store, query, caller));
    const node = viewTree(path, findNode(tree, path), tree.below, this.#world.now());
    return { node, index: tree.index };
  }

  /** Throws `KeyError`. Undefined only for an expiry that has been overtaken. */
  async write(request: WriteRequest, caller: LocalCaller): Promise<KeyEvent | undefined> {
    if (this.#waiting.length >= WAITING_MAX)
      throw new KeyError('raftInternal', 'etcdserver: too many requests');
    refuseDepth(request);
    const deadlineMs = this.#world.now() + WRITE_MS_MAX;
    const outcome = await new Promise<Outcome>((settle) => {
      this.#waiting.push({ request, caller, deadlineMs, settle });
      if (!this.#isWriting) void this.#writeAll();
    });
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      await this.#givingWay;
      const batch = this.#nextBatch();
      try {
        await told(this.#writeBatch(batch));
      } catch (error) {
        this.#failed(batch, error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.#isWriting = false;
  }

  #failed(batch: readonly Waiting[], failure: Error): void {
    if (isTooLarge(failure) && batch.length > 1) {
      // Nothing was done, and not every one of them is to blame.
      this.#alone = batch.length;
      return;
    }
    this.#drop(batch.length);
    for (const { settle } of batch) settle(failure);
  }

  /** The next writes of one caller that can be read for in one transaction. */
  #nextBatch(): readonly Waiting[] {
    const [first] = this.#waiting;
    const countMax = this.#alone > 0 ? 1 : BATCH_MAX;
    if (this.#alone > 0) this.#alone -= 1;
    const paths: string[] = [];
    let count = 0;
    for (const { caller, request } of this.#waiting) {
      paths.push(request.path);
      const fits =
        nodesOnTheWay(paths).size <= this.#world.txnOpsMax - COMMON_READS &&
        isSameCaller(caller, first!.caller) &&
        // What is below is read once, before all changes.
        !needsBelow(request);
      if (count > 0 && (count === countMax || !fits)) break;
      count += 1;
    }
    return this.#waiting.slice(0, count);
  }

  /** Settles as many of the batch as went into one transaction; none when another member was faster. */
  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const { caller, request } = batch[0]!;
    const paths = batch.map((waiting) => waiting.request.path);
    const below = needsBelow(request) ? 'any' : 'nothing';
    // A write is checked when it commits, but a refusal must not come from a state that has been left behind.
    for (const serializable of [true, false]) {
      const tree = await readTree(this.#store, { paths, below, serializable }, caller);
      const draft = new Draft(tree);
      const outcomes = this.#decide(batch, draft);
      if (draft.isEmpty && serializable) continue;
      if (!draft.isEmpty && !(await this.#commit(draft, caller))) return;
      this.#drop(outcomes.length);
      for (const [at, outcome] of outcomes.entries()) batch[at]?.settle(outcome);
      return;
    }
  }

  /** What becomes of those that find room, in order. */
  #decide(batch: readonly Waiting[], draft: Draft): readonly Outcome[] {
    const outcomes: Outcome[] = [];
    const nowMs = this.#world.now();
    for (const { request, deadlineMs } of batch) {
      if (!draft.hasRoom(request, this.#world.txnOpsMax)) break;
      try {
        if (nowMs > deadlineMs) throw new KeyError('raftInternal', etcdErrors.ErrTimeout.message);
        outcomes.push(draft.apply(request, nowMs));
      } catch (error) {
        if (!(error instanceof KeyError)) throw error;
        outcomes.push(error);
      }
    }
    return outcomes;
  }

  async #commit(draft: Draft, caller: LocalCaller): Promise<boolean> {
    const otherwise = [[TURN_KEY, fromByteString(this.#world.name)]] as const;
    const written = await this.#store.write({ ...draft.toWrite(), otherwise }, caller);
    if (written === 'conflict') return false;
    // Whoever is answered need not wait for those that lost. A look that fails ends the wait.
    this.#givingWay = this.#giveWay(written, caller).catch(() => undefined);
    return true;
  }

  /** Waits for the write of another member that has lost a race since the last time. */
  async #giveWay({ revision, found: [turn] }: Written, caller: LocalCaller): Promise<void> {
    if (turn === undefined || turn.modRevision <= this.#lastTurn) return;
    this.#lastTurn = turn.modRevision;
    if (toByteString(turn.value) === this.#world.name) return;
    for (let waitedMs = 0; waitedMs < PAUSE_MS_MAX; waitedMs += LOOK_MS) {
      await this.#world.sleep(LOOK_MS);
      if ((await readStamp(this.#store, caller)) !== revision) return;
    }
  }

  #drop(count: number): void {
    this.#waiting = this.#waiting.slice(count);
  }
}

/** Whether a directory is empty is all that a write asks for beside the nodes on the way. */
const needsBelow = (request: WriteRequest): boolean =>
  request.kind === 'delete' && !request.isRecursive;

/** A transaction has one caller, whose rights it is checked against. */
function isSameCaller(a: LocalCaller, b: LocalCaller): boolean {
  return (
    a.metadata.get('token') === b.metadata.get('token') &&
    a.tlsPeerCertificate?.fingerprint256 === b.tlsPeerCertificate?.fingerprint256
  );
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

function isTooLarge(error: Error): boolean {
  const { message } = etcdErrors.ErrRequestTooLarge;
  return error instanceof KeyError && error.cause === message;
}

/** Failures of the v3 services in v2's words. */
export async function told<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof RecordError) throw new KeyError('raftInternal', error.message);
    if (!(error instanceof LocalCallError)) throw error;
    if (error.isRefusal) throw new KeyError('unauthorized', 'Insufficient credentials');
    const { message } = etcdErrors.ErrRequestTooLarge;
    throw new KeyError(error.message === message ? 'invalidForm' : 'raftInternal', error.message);
  }
}
