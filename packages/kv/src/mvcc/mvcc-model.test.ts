/**
 * A random walk of the store beside a model that keeps a whole copy of the key space for every revision. Writes,
 * reads of every revision, compactions, flushes and commits fall at random; a crash loses everything that is not
 * committed, and what the lost entries did is done again, as the log would. Whatever the layers and the moment, the
 * store must answer as the model does.
 *
 * The semantics that both share are compared with real etcd in `etcd-differential.test.ts`.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import {
  Compare_CompareTarget as CompareTarget,
  decodeKeyRange,
  encode,
  EtcdError,
  KeyValue,
  RangeRequest,
  toByteString,
} from '@concord/protocol';
import type {
  Compare,
  DeleteRangeRequest,
  KeyRange,
  PutRequest,
  TxnRequest,
} from '@concord/protocol';
import { RollingHash } from '../hash/rolling-hash.ts';
import { MemoryStore } from '../memory-store.ts';
import { findDisagreement } from '../table-agreement.ts';
import { applyTxn } from '../txn/apply-txn.ts';
import { checkDeleteRange, checkPut, checkTxn } from '../txn/check.ts';
import { LEASES, RandomRequests } from '../txn/random-requests.fixture.ts';
import type { Change } from './change.ts';
import { MvccStore } from './mvcc-store.ts';
import { put } from './requests.fixture.ts';

const STEPS = 1500;
const WALKS = 6;
/** More than two segments, and more than one window of a historical scan. */
const MANY_KEYS = 1300;
const OPS_MAX = 128;

type State = ReadonlyMap<string, KeyValue>;

interface Event {
  readonly kind: 'put' | 'delete';
  readonly key: string;
  readonly revision: number;
  readonly kv: KeyValue | undefined;
}

/** The key space as anybody would first write it down. */
class Model {
  revision = 1;
  compacted = -1;
  readonly states = new Map<number, State>([[1, new Map()]]);
  events: Event[] = [];

  get state(): State {
    return this.states.get(this.revision) as State;
  }

  /** Runs a write against a copy of the state, which becomes the next revision if anything changed. */
  write(body: (draft: Map<string, KeyValue>, events: Event[]) => void): void {
    const draft = new Map(this.state);
    const events: Event[] = [];
    body(draft, events);
    if (events.length === 0) return;
    this.revision++;
    this.states.set(this.revision, draft);
    this.events.push(...events);
  }

  put(draft: Map<string, KeyValue>, events: Event[], request: PutRequest): void {
    const key = toByteString(request.key);
    const before = draft.get(key);
    const modRevision = this.revision + 1;
    const kv = KeyValue.create({
      key: request.key,
      value: request.ignoreValue && before ? before.value : request.value,
      lease: request.ignoreLease && before ? before.lease : request.lease,
      modRevision,
      createRevision: before?.createRevision ?? modRevision,
      version: (before?.version ?? 0) + 1,
    });
    draft.set(key, kv);
    events.push({ kind: 'put', key, revision: modRevision, kv });
  }

  delete(draft: Map<string, KeyValue>, events: Event[], request: DeleteRangeRequest): void {
    for (const key of keysIn(draft, decodeKeyRange(request.key, request.rangeEnd))) {
      draft.delete(key);
      events.push({ kind: 'delete', key, revision: this.revision + 1, kv: undefined });
    }
  }

  txn(draft: Map<string, KeyValue>, events: Event[], request: TxnRequest): void {
    const before = this.state;
    const branch = request.compare.every((compare) => holds(before, compare))
      ? request.success
      : request.failure;
    for (const { request: op } of branch) {
      if (op?.case === 'requestPut') this.put(draft, events, op.value);
      if (op?.case === 'requestDeleteRange') this.delete(draft, events, op.value);
      if (op?.case === 'requestTxn') this.txn(draft, events, op.value);
    }
  }
}

const keysIn = (state: State, { from, to }: KeyRange): string[] =>
  [...state.keys()].filter((key) => key >= from && (to === undefined || key < to)).sort();

function holds(state: State, compare: Compare): boolean {
  const keys = keysIn(state, decodeKeyRange(compare.key, compare.rangeEnd));
  const { target, result } = compare;
  if (keys.length === 0 && target === CompareTarget.VALUE) return false;
  const subjects = keys.length === 0 ? [KeyValue.create()] : keys.map((key) => state.get(key));
  return subjects.every((kv) => {
    const fields = [kv?.version, kv?.createRevision, kv?.modRevision, kv?.value, kv?.lease];
    const names = ['version', 'createRevision', 'modRevision', 'value', 'lease'];
    const zeros = [0, 0, 0, '', 0n];
    if (target > 4) return result === 0 || result > 3;
    const { targetUnion } = compare;
    const raw = targetUnion?.case === names[target] ? targetUnion?.value : zeros[target];
    const [stored, operand] = [fields[target], raw].map((field) =>
      field instanceof Uint8Array ? toByteString(field) : field,
    );
    const answers = [
      stored === operand,
      stored! > operand!,
      stored! < operand!,
      stored !== operand,
    ];
    return answers[result] ?? true;
  });
}

/** What the log holds: each entry does the same to the model once, and to the store after each crash again. */
type Entry =
  | { readonly kind: 'put'; readonly request: PutRequest }
  | { readonly kind: 'delete'; readonly request: DeleteRangeRequest }
  | { readonly kind: 'txn'; readonly request: TxnRequest }
  | { readonly kind: 'compact'; readonly revision: number };

/** A store on a crashing machine, with just enough of an apply loop. */
class Machine {
  readonly memory = new MemoryStore({ holdsCommits: true, reusesBuffer: true });
  readonly log: Entry[] = [];
  applied = 0;
  hash = new RollingHash();
  store = this.#open();

  #open(): MvccStore {
    return MvccStore.open(this.memory, {
      leaseExists: (id) => LEASES.includes(id),
      onChange: (changes: readonly Change[]) =>
        changes.forEach((change) => this.hash.change(change)),
    });
  }

  /** Answers whether the entry was refused. */
  apply(entry: Entry): boolean {
    this.applied++;
    this.hash.entry(this.applied, 1);
    try {
      if (entry.kind === 'put') this.store.put(entry.request);
      else if (entry.kind === 'delete') this.store.deleteRange(entry.request);
      else if (entry.kind === 'txn') applyTxn(this.store, entry.request);
      else this.store.compact(entry.revision);
      return false;
    } catch (error) {
      if (error instanceof EtcdError) return true;
      throw error;
    }
  }

  flush(): void {
    if (this.store.overlay.isCommitting) return;
    const row = new BigInt64Array([BigInt(this.applied), BigInt.asIntN(64, this.hash.value)]);
    this.store.overlay.set('meta', 'applied', new Uint8Array(row.buffer));
    this.store.flush();
  }

  /** Back to what was committed, and forwards again by the log. */
  crash(): void {
    this.memory.dropHeldCommits();
    equal(findDisagreement(this.memory), undefined);
    this.store = this.#open();
    const row = this.store.overlay.getOwned('meta', 'applied')?.slice();
    const [applied, hash] = row === undefined ? [0n, 0n] : new BigInt64Array(row.buffer);
    this.applied = Number(applied);
    this.hash = new RollingHash(BigInt.asUintN(64, hash as bigint));
    for (const entry of this.log.slice(this.applied)) this.apply(entry);
  }
}

function entryOf(random: RandomRequests, revision: number, compacted: number): Entry | undefined {
  const kind = random.pick(['put', 'put', 'put', 'delete', 'txn', 'txn'] as const);
  if (random.chance(0.03))
    return { kind: 'compact', revision: random.integer(compacted, revision + 1) };
  if (kind === 'put') {
    const request = random.put();
    return checkPut(request) === undefined ? { kind, request } : undefined;
  }
  if (kind === 'delete') {
    const request = random.deleteRange();
    return checkDeleteRange(request) === undefined ? { kind, request } : undefined;
  }
  const request = random.txn(revision);
  return checkTxn(request, OPS_MAX) === undefined ? { kind, request } : undefined;
}

function applyToModel(model: Model, entry: Entry): void {
  if (entry.kind === 'compact') model.compacted = entry.revision;
  else
    model.write((draft, events) => {
      if (entry.kind === 'put') model.put(draft, events, entry.request);
      else if (entry.kind === 'delete') model.delete(draft, events, entry.request);
      else model.txn(draft, events, entry.request);
    });
}

/** One read of a random range of a random revision, whole, limited and counted. */
function compareRead(model: Model, store: MvccStore, random: RandomRequests, where: string): void {
  const revision = random.chance(0.3)
    ? model.revision
    : random.integer(Math.max(1, model.compacted), model.revision);
  const { key, rangeEnd } = random.deleteRange();
  if (key.length === 0) return;
  const state = model.states.get(revision) as State;
  const expected = keysIn(state, decodeKeyRange(key, rangeEnd)).map((name) =>
    hex(encode(KeyValue, state.get(name) as KeyValue)),
  );
  const at = random.chance(0.5) && revision === model.revision ? 0 : revision;
  const request = RangeRequest.create({ key, rangeEnd, revision: at });
  const whole = store.range(request);
  deepEqual(whole.records.map(hex), expected, where);
  equal(whole.count, expected.length, where);
  const limit = random.integer(1, 4);
  const limited = store.range({ ...request, limit, sortOrder: random.integer(0, 1) });
  deepEqual(limited.records.map(hex), expected.slice(0, limit), where);
  equal(limited.count, expected.length, where);
  equal(limited.more, expected.length > limit, where);
  const last = store.range({ ...request, limit, sortOrder: 2 });
  deepEqual(last.records.map(hex), expected.reverse().slice(0, limit), where);
  equal(store.range({ ...request, countOnly: true }).count, expected.length, where);
}

/** History from a random revision on: every change of it, none twice, with the values before. */
function compareHistory(
  model: Model,
  store: MvccStore,
  random: RandomRequests,
  where: string,
): void {
  let from = random.integer(Math.max(1, model.compacted), model.revision);
  const seen: object[] = [];
  // At the compacted revision itself only its last change of each key is left.
  const events = model.events.filter(
    ({ revision, key }, at) =>
      revision >= from &&
      (revision > model.compacted ||
        !model.events.slice(at + 1).some((next) => next.revision === revision && next.key === key)),
  );
  const expected = events.map(({ kind, key, revision, kv }) => {
    const before =
      revision - 1 < model.compacted ? undefined : model.states.get(revision - 1)?.get(key);
    const record =
      kv ?? KeyValue.create({ key: Uint8Array.from(key, code), modRevision: revision });
    return {
      ...{ kind, key, revision, record: hex(encode(KeyValue, record)) },
      previous:
        before === undefined || kv?.version === 1 ? undefined : hex(encode(KeyValue, before)),
    };
  });
  while (from <= model.revision) {
    from = store.history(from, model.revision, random.integer(1, 10), (change) => {
      const { kind, key, revision, record } = change;
      const previous = change.previous();
      seen.push({ kind, key, revision, record: hex(record), previous: previous && hex(previous) });
    });
  }
  // While compaction is at work, rows of the compacted revision that it will take may still be there.
  if (store.finishedCompaction === store.compactedRevision) deepEqual(seen, expected, where);
  else
    deepEqual(
      seen.filter(isLater(model.compacted)),
      expected.filter(isLater(model.compacted)),
      where,
    );
}

const isLater =
  (revision: number) =>
  (event: object): boolean =>
    'revision' in event && typeof event.revision === 'number' && event.revision > revision;

const code = (character: string): number => character.charCodeAt(0);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function walk(seed: number, steps: number, random: RandomRequests, first: readonly Entry[]): void {
  const model = new Model();
  const machine = new Machine();
  for (let step = 0; step < steps; step++) {
    const where = `SEED=${seed}, step ${step}`;
    const entry = first[step] ?? entryOf(random, model.revision, model.compacted);
    if (entry !== undefined) {
      machine.log.push(entry);
      if (!machine.apply(entry)) applyToModel(model, entry);
    }
    equal(machine.store.revision, model.revision, where);
    if (random.chance(0.1)) machine.flush();
    if (random.chance(0.1)) machine.memory.flushCommits();
    if (random.chance(0.2)) machine.store.compactionWork(random.integer(1, 30));
    if (random.chance(0.02)) {
      const hash = machine.hash.value;
      machine.crash();
      equal(machine.store.revision, model.revision, where);
      equal(machine.hash.value, hash, where);
    }
    equal(machine.store.compactedRevision, model.compacted, where);
    compareRead(model, machine.store, random, where);
    if (random.chance(0.05)) compareHistory(model, machine.store, random, where);
    equal(machine.store.keyCount, model.state.size, where);
  }
}

const firstSeed = Number(process.env['SEED'] ?? 1);
for (let seed = firstSeed; seed < firstSeed + WALKS; seed++) {
  test(`a random walk with crashes, flushes and compactions agrees with the model (seed ${seed})`, () => {
    walk(seed, STEPS, new RandomRequests(seed), []);
  });
}

test('so does a walk among more keys than a segment or a window holds', () => {
  const keys = Array.from(
    { length: MANY_KEYS },
    (_, number) => `k${String(number).padStart(4, '0')}`,
  );
  const random = new RandomRequests(firstSeed, keys);
  const first = keys.map((key): Entry => ({ kind: 'put', request: put(key, key) }));
  walk(firstSeed, MANY_KEYS + 600, random, first);
});
