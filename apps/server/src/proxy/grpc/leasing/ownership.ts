/**
 * Which keys this proxy owns, and what they hold: reads of those need no cluster. It knows neither clock nor network: the
 * time is a parameter, and what has to be done about it is handed to `release`.
 *
 *               beginAcquiring            acquired
 *   (nobody's) ───────────────► acquiring ────────► owned ──┐ revoked, failed, attached to a lease, or one too many
 *        ▲                          │ abandoned             ▼
 *        └──────────────────────────┴─────────────────── releasing, until its leasing key is gone
 *
 * Invariant: of an owned key without writes under way, `pair` is what the cluster holds, as long as the session lives:
 * everybody else's write waits until the leasing key is gone, which this proxy deletes after it has left `owned`.
 * Invariant: a write that may still be applied was guarded by a leasing key that is given up before the key is owned
 * again. So what became of it has no effect on what is answered then.
 */
import {
  contains,
  isSingleKey,
  type ByteString,
  type KeyRange,
  type KeyValue,
  type ResponseHeader,
} from '@concord/protocol';

/** etcd's: how long a key that had to be given up is left to others. */
const BACK_OFF_MS = 2000;
/** Keys that are left to others for now; of more than these, some are tried too early. */
const BACKED_OFF_MAX = 100_000;
/** Each is a key at the cluster as well, and all of a session go with its lease. */
const KEYS_MAX = 50_000;
const BYTES_MAX = 64 * 1024 * 1024;

/** A key at a revision: undefined where there is none. */
export type Pair = KeyValue | undefined;

export interface OwnedKey {
  readonly kind: 'owned';
  readonly key: ByteString;
  /** When its leasing key was created. */
  readonly since: number;
  pair: Pair;
  /** Of which `pair` is known. */
  revision: number;
  /** Writes of this proxy under way; meanwhile the cluster alone knows. */
  writes: number;
}

/** A leasing key was asked for. */
export interface Acquisition {
  readonly kind: 'acquiring';
  readonly key: ByteString;
  /** Of the session that asked. */
  readonly lease: bigint;
  /** Called when it is known what came of it. */
  readonly waiting: (() => void)[];
}

interface Releasing {
  readonly kind: 'releasing';
  readonly since: number;
}

type KeyState = OwnedKey | Acquisition | Releasing;

/** A write under way, and what it may change of the keys that were owned when it began. */
export interface OwnWrite {
  readonly owned: readonly OwnedKey[];
}

/** What a key holds after a write, where that is known. */
export type After = (key: ByteString) => Pair | 'unknown';

export interface OwnershipOptions {
  /** Monotonic milliseconds. */
  now(): number;
  /** The leasing key that was created at this revision is to be deleted; `released` follows. */
  release(key: ByteString, since: number): void;
}

export class Ownership {
  hits = 0;
  acquisitions = 0;
  releases = 0;
  readonly #options: OwnershipOptions;
  /** In the order of their use, the least used first. */
  readonly #states = new Map<ByteString, KeyState>();
  /** Until when, in the order of time. */
  readonly #backedOff = new Map<ByteString, number>();
  /** Of which nothing is acquired for now: they are about to be deleted. */
  readonly #blocked = new Set<KeyRange>();
  #lease = 0n;
  #validUntilMs = 0;
  #newest: ResponseHeader | undefined;
  #ownedCount = 0;
  #bytes = 0;

  constructor(options: OwnershipOptions) {
    this.#options = options;
  }

  /** Of the session; 0 while there is none. */
  get lease(): bigint {
    return this.#lease;
  }

  get size(): number {
    return this.#ownedCount;
  }

  /** A session has begun. @param validUntilMs until when its lease lives for sure */
  begin(lease: bigint, validUntilMs: number): void {
    this.#lease = lease;
    this.#validUntilMs = validUntilMs;
  }

  extend(validUntilMs: number): void {
    this.#validUntilMs = Math.max(this.#validUntilMs, validUntilMs);
  }

  /** The session is over: its leasing keys are gone, or go with its lease. */
  end(): void {
    this.#lease = 0n;
    this.#validUntilMs = 0;
    const states = [...this.#states];
    this.#states.clear();
    this.#ownedCount = 0;
    this.#bytes = 0;
    for (const [, state] of states) if (state.kind === 'acquiring') notify(state);
  }

  /** What an answer of the cluster says of its revision. */
  observe(header: ResponseHeader | undefined): void {
    if (header === undefined) return;
    if (this.#newest === undefined || header.revision >= this.#newest.revision) {
      this.#newest = { ...header };
    }
  }

  /** What the cluster holds now, and of which revision that can be said; undefined where it has to be asked. */
  read(key: ByteString): { readonly pair: Pair; readonly header: ResponseHeader } | undefined {
    const state = this.#states.get(key);
    const newest = this.#newest;
    if (state?.kind !== 'owned' || state.writes > 0 || newest === undefined) return undefined;
    if (this.#options.now() >= this.#validUntilMs) return undefined;
    this.#states.delete(key);
    this.#states.set(key, state);
    this.hits++;
    // It has not changed since.
    const revision = Math.max(state.revision, newest.revision);
    return { pair: state.pair, header: { ...newest, revision } };
  }

  /** Begins to acquire a key; undefined where that has no prospect now. It ends with `acquired` or `abandoned`. */
  beginAcquiring(key: ByteString): Acquisition | undefined {
    const nowMs = this.#options.now();
    if (this.#lease === 0n || nowMs >= this.#validUntilMs || this.#states.has(key))
      return undefined;
    if ((this.#backedOff.get(key) ?? -Infinity) > nowMs) return undefined;
    for (const range of this.#blocked) if (contains(range, key)) return undefined;
    const acquisition: Acquisition = { kind: 'acquiring', key, lease: this.#lease, waiting: [] };
    this.#states.set(key, acquisition);
    return acquisition;
  }

  /** The leasing key, which was created at `since`, is this session's, and at `revision` the key held `pair`. */
  acquired(acquisition: Acquisition, since: number, revision: number, pair: Pair): void {
    const { key } = acquisition;
    if (this.#states.get(key) !== acquisition) return;
    this.#states.delete(key);
    this.#states.set(key, { kind: 'owned', key, since, pair, revision, writes: 0 });
    this.#ownedCount++;
    this.#bytes += sizeOf(key, pair);
    this.acquisitions++;
    notify(acquisition);
    this.#limit();
  }

  /** It is not to be had, or nobody knows. */
  abandoned(acquisition: Acquisition): void {
    if (this.#states.get(acquisition.key) !== acquisition) return;
    this.#states.delete(acquisition.key);
    this.#backOff(acquisition.key);
    notify(acquisition);
  }

  /** Calls `go` once it is known whether the key is owned; answers false where that is known. */
  afterAcquiring(key: ByteString, go: () => void): boolean {
    const state = this.#states.get(key);
    if (state?.kind !== 'acquiring') return false;
    state.waiting.push(go);
    return true;
  }

  /** Those keys of a range of which it is not known yet whether they are owned. */
  acquiring(range: KeyRange): readonly ByteString[] {
    const keys: ByteString[] = [];
    for (const [key, { kind }] of this.#states) {
      if (kind === 'acquiring' && contains(range, key)) keys.push(key);
    }
    return keys;
  }

  /** When the leasing key of an owned key was created; 0 for any other: then there must be none. */
  since(key: ByteString): number {
    const state = this.#states.get(key);
    return state?.kind === 'owned' ? state.since : 0;
  }

  /** Acquires nothing of a range until it is disposed of. */
  block(range: KeyRange): Disposable {
    // The same range may be blocked twice.
    const own = { ...range };
    this.#blocked.add(own);
    return { [Symbol.dispose]: () => void this.#blocked.delete(own) };
  }

  /** A write begins. It ends with `applied`, `refused` or `unknown`. */
  beginWrite(ranges: readonly KeyRange[]): OwnWrite {
    const owned = new Set<OwnedKey>();
    for (const range of ranges) for (const state of this.#ownedOf(range)) owned.add(state);
    for (const state of owned) state.writes++;
    return { owned: [...owned] };
  }

  /** It was applied, and this is what the keys hold then. */
  applied(write: OwnWrite, revision: number, after: After): void {
    for (const state of write.owned) {
      state.writes--;
      // A later one was answered before.
      if (this.#states.get(state.key) !== state || state.revision > revision) continue;
      const pair = after(state.key);
      // With its lease it would end without a word.
      if (pair === 'unknown' || (pair?.lease ?? 0n) !== 0n) this.#release(state);
      else {
        this.#bytes += sizeOf(state.key, pair) - sizeOf(state.key, state.pair);
        state.pair = pair;
        state.revision = revision;
      }
    }
    this.#limit();
  }

  /** It changed nothing, and never will. */
  refused(write: OwnWrite): void {
    for (const state of write.owned) state.writes--;
  }

  /** It may have been applied, or be about to. */
  unknown(write: OwnWrite): void {
    for (const state of write.owned) {
      state.writes--;
      if (this.#states.get(state.key) === state) this.#release(state);
    }
  }

  /** Somebody wants to write the key whose leasing key, of this session, was created at `since`. */
  revoked(key: ByteString, since: number): void {
    const state = this.#states.get(key);
    // Told late: it was given up, and has another leasing key by now, or is being given up.
    if (state !== undefined && state.kind !== 'acquiring' && isPast(state, since)) return;
    if (state?.kind === 'owned') this.#forget(state);
    this.#giveUp(key, since);
    // That it was acquired was not heard yet.
    if (state?.kind === 'acquiring') notify(state);
  }

  /** A leasing key was deleted, by whomever. */
  deleted(key: ByteString, revision: number): void {
    const state = this.#states.get(key);
    if (state === undefined || state.kind === 'acquiring' || state.since >= revision) return;
    if (state.kind === 'owned') this.#forget(state);
    this.#states.delete(key);
  }

  /** There is no leasing key of this revision any more. */
  released(key: ByteString, since: number): void {
    const state = this.#states.get(key);
    if (state?.kind === 'releasing' && state.since === since) this.#states.delete(key);
  }

  /** Somebody else has it. */
  lost(key: ByteString, since: number): void {
    const state = this.#states.get(key);
    if (state?.kind !== 'owned' || state.since !== since) return;
    this.#forget(state);
    this.#states.delete(key);
    this.#backOff(key);
  }

  *#ownedOf(range: KeyRange): Iterable<OwnedKey> {
    if (isSingleKey(range)) {
      const state = this.#states.get(range.from);
      if (state?.kind === 'owned') yield state;
      return;
    }
    for (const state of this.#states.values()) {
      if (state.kind === 'owned' && contains(range, state.key)) yield state;
    }
  }

  #release(state: OwnedKey): void {
    this.#forget(state);
    this.#giveUp(state.key, state.since);
  }

  #giveUp(key: ByteString, since: number): void {
    this.#states.set(key, { kind: 'releasing', since });
    this.#backOff(key);
    this.releases++;
    this.#options.release(key, since);
  }

  /** It counts no more; its state is exchanged by the caller. */
  #forget({ key, pair }: OwnedKey): void {
    this.#ownedCount--;
    this.#bytes -= sizeOf(key, pair);
  }

  #limit(): void {
    if (this.#ownedCount <= KEYS_MAX && this.#bytes <= BYTES_MAX) return;
    for (const state of this.#states.values()) {
      if (this.#ownedCount <= KEYS_MAX && this.#bytes <= BYTES_MAX) return;
      if (state.kind === 'owned' && state.writes === 0) this.#release(state);
    }
  }

  #backOff(key: ByteString): void {
    const nowMs = this.#options.now();
    this.#backedOff.delete(key);
    this.#backedOff.set(key, nowMs + BACK_OFF_MS);
    for (const [oldest, untilMs] of this.#backedOff) {
      if (untilMs > nowMs && this.#backedOff.size <= BACKED_OFF_MAX) return;
      this.#backedOff.delete(oldest);
    }
  }
}

const isPast = (state: OwnedKey | Releasing, since: number): boolean =>
  state.kind === 'owned' ? state.since > since : state.since >= since;

function notify({ waiting }: Acquisition): void {
  for (const go of waiting) go();
}

const sizeOf = (key: ByteString, pair: Pair): number =>
  key.length + (pair === undefined ? 0 : pair.key.length + pair.value.length);
