/**
 * Knows every entry that any member ever had in its log, and which of them are committed: those that anybody has
 * applied. The checkers replay from here, so the order of everything is known, not guessed.
 *
 * It judges as things happen:
 * 1. Election safety: a term has one leader.
 * 2. Log matching: an entry is the same, and follows the same, wherever its index and term are the same.
 * 3. State machine safety: at an index everybody applies the same entry, with the same rolling hash and revision,
 *    however often, before a crash and after, replayed or from a snapshot.
 * 4. Leader completeness: whoever leads has what is committed.
 * 5. Durability: what is applied is durable on a quorum.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { ORIGIN_BYTES, isForwarded } from '@concord/kv';
import type { Configuration, Entry, LogPosition } from '@concord/raft';
import type { LogWitness } from './log-witness.ts';

export interface WitnessedEntry {
  readonly index: number;
  readonly term: number;
  readonly kind: Entry['kind'];
  /** A copy: the log's own bytes may be reused. */
  readonly data: Uint8Array;
  /** By its leader, which is the first. */
  readonly appendedAtMs: number;
  readonly previousTerm: number;
  /** When it was first applied, and how the state hashed then. */
  applied: { readonly atMs: number; readonly hash: bigint; readonly revision: number } | undefined;
  /** When it was last applied by anybody: its leader may be the last to have it durable. */
  lastAppliedAtMs: number;
}

export interface Leadership {
  readonly member: bigint;
  readonly term: number;
  readonly sinceMs: number;
  /** From then on it answered as the leader, and its clocks ran. Infinity if it never did. */
  primaryAtMs: number;
}

interface Configured {
  readonly index: number;
  readonly configuration: Configuration;
}

/** First bytes of the payloads of puts, deletions and transactions. */
const CLIENT_KINDS_MAX = 2;
const TERMS_MAX = 2 ** 20;
const keyOf = (index: number, term: number): number => index * TERMS_MAX + term;

export class ClusterWitness {
  /** Committed entries, from index 1 on. */
  readonly entries: WitnessedEntry[] = [];
  /** By term. */
  readonly leaderships = new Map<number, Leadership>();
  /** What each member's log was seen to do. */
  readonly logs = new Map<bigint, LogWitness>();
  /** How often what had been in a log was appended again, at another place or in another term. */
  repeatCount = 0;
  readonly #known = new Map<number, WitnessedEntry>();
  readonly #payloads = new Set<string>();
  readonly #configurations: Configured[];

  constructor(first: Configuration) {
    this.#configurations = [{ index: 0, configuration: first }];
  }

  /** The highest index that was applied anywhere. */
  get appliedIndex(): number {
    return this.entries.length;
  }

  /** As of the last change that was applied anywhere. */
  get configuration(): Configuration {
    return (this.#configurations.at(-1) as Configured).configuration;
  }

  entry(index: number, term: number): WitnessedEntry | undefined {
    return this.#known.get(keyOf(index, term));
  }

  /** Somebody appends an entry behind one of `previousTerm`. */
  appended(entry: Entry, previousTerm: number, nowMs: number): WitnessedEntry {
    const { index, term, kind, data } = entry;
    const known = this.entry(index, term);
    if (known === undefined) {
      const own = { index, term, kind, data: data.slice(), appendedAtMs: nowMs, previousTerm };
      const witnessed: WitnessedEntry = { ...own, applied: undefined, lastAppliedAtMs: NaN };
      this.#known.set(keyOf(index, term), witnessed);
      this.#noteRepeat(data);
      return witnessed;
    }
    const label = `log matching: entry ${index} of term ${term}`;
    equal(previousTerm, known.previousTerm, `${label} follows another`);
    equal(kind, known.kind, label);
    ok(Buffer.compare(data, known.data) === 0, `${label} is not the same everywhere`);
    return known;
  }

  applied({ index, term }: LogPosition, hash: bigint, revision: number, nowMs: number): void {
    const entry = this.entry(index, term);
    ok(entry !== undefined, `index ${index} was applied and never appended`);
    const committed = this.entries[index - 1];
    if (committed === undefined) this.#commit(entry);
    else equal(term, committed.term, `state machine safety: index ${index} is of another term`);
    entry.applied ??= { atMs: nowMs, hash, revision };
    entry.lastAppliedAtMs = nowMs;
    this.#compareState(entry, hash, revision);
  }

  /** A member begins with this state, from its own store or a snapshot of another's. */
  found({ index, term }: LogPosition, hash: bigint, revision: number): void {
    if (index === 0) return;
    const committed = this.entries[index - 1];
    ok(committed !== undefined, `a state of index ${index} was found, which nobody had applied`);
    equal(term, committed.term, `a state of index ${index} is of another term`);
    this.#compareState(committed, hash, revision);
  }

  /** The entry at `index` has changed the configuration to this. */
  configured(index: number, configuration: Configuration): void {
    const known = this.#configurations.find((one) => one.index === index);
    if (known !== undefined) {
      deepEqual(configuration, known.configuration, `another configuration at index ${index}`);
    } else if (index > (this.#configurations.at(-1) as Configured).index) {
      this.#configurations.push({ index, configuration });
    }
  }

  leads(member: bigint, term: number, nowMs: number): void {
    const known = this.leaderships.get(term);
    equal(known?.member ?? member, member, `election safety: term ${term} has two leaders`);
    if (known !== undefined) return;
    this.leaderships.set(term, { member, term, sinceMs: nowMs, primaryAtMs: Infinity });
    const last = this.entries.at(-1);
    if (last === undefined) return;
    const own = this.logs.get(member)?.termAt(last.index);
    ok(
      own === 'before' || own === last.term,
      `leader completeness: the leader of term ${term} lacks entry ${last.index}`,
    );
  }

  #noteRepeat(data: Uint8Array): void {
    const payload = isForwarded(data) ? data.subarray(ORIGIN_BYTES) : data;
    // Puts, deletions and transactions of clients are all different; what members say for themselves is not.
    const [kind = Infinity] = payload;
    if (kind > CLIENT_KINDS_MAX) return;
    const text = Buffer.from(payload).toString('latin1');
    if (this.#payloads.has(text)) this.repeatCount++;
    this.#payloads.add(text);
  }

  #commit(entry: WitnessedEntry): void {
    const { index, previousTerm } = entry;
    equal(index, this.entries.length + 1, 'entries are applied one by one');
    equal(this.entries.at(-1)?.term ?? 0, previousTerm, `entry ${index} follows what is committed`);
    // The leader that counted may not have applied the last change yet, and nothing before the one before that.
    const last = this.#configurations.slice(-2).map(({ configuration }) => configuration);
    ok(
      last.some((configuration) => this.#isOnQuorum(entry, configuration)),
      `entry ${index} was applied and is not durable on a quorum`,
    );
    this.entries.push(entry);
  }

  #isOnQuorum(entry: WitnessedEntry, { voters, votersOutgoing }: Configuration): boolean {
    const isHeld = (members: readonly bigint[]): boolean => {
      const holders = members.filter((id) => this.logs.get(id)?.holds(entry) ?? false);
      return members.length === 0 || holders.length * 2 > members.length;
    };
    return isHeld(voters) && isHeld(votersOutgoing);
  }

  #compareState({ index, applied }: WitnessedEntry, hash: bigint, revision: number): void {
    equal(hash, applied?.hash, `state machine safety: index ${index} hashed differently`);
    equal(revision, applied?.revision, `index ${index} made another revision`);
  }
}
