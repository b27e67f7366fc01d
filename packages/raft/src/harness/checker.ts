/**
 * Watches a cluster from outside and stops at the first step that breaks one of the promises of
 * Raft figure 3. It knows every replica's log and state machine at once, which no replica does.
 */
import assert from 'node:assert/strict';
import type { Entry, MemberId, Ready, Snapshot } from '../index.ts';
import type { Replica } from './replica.ts';

export class Checker {
  readonly #leaders = new Map<number, MemberId>();
  /** Every entry that was ever in any log, by index and term, with the term before it. */
  readonly #entries = new Map<string, { readonly previousTerm: number; readonly text: string }>();
  /** The term of each entry that was ever applied. */
  readonly #committed = new Map<number, number>();
  /** The hash of the state machine after each index. */
  readonly #hashes = new Map<number, number>([[0, 0]]);
  readonly #readFloors = new Map<number, number>();
  #highestApplied = 0;

  /** The last index that was applied anywhere. */
  get highestApplied(): number {
    return this.#highestApplied;
  }

  /** Has the replica's state machine watched from now on. */
  watch(replica: Replica): void {
    replica.onApply = (entry) => {
      this.#committed.set(entry.index, this.#committed.get(entry.index) ?? entry.term);
      assert.equal(entry.term, this.#committed.get(entry.index), 'state machine safety: term');
      this.#checkHash(entry.index, replica.machine.hash);
    };
    replica.onInstall = (snapshot: Snapshot) => {
      assert.equal(snapshot.term, this.#committed.get(snapshot.index), 'a snapshot of history');
      this.#checkHash(snapshot.index, replica.machine.hash);
    };
  }

  /** State machine safety: nobody applies anything else at the same index. */
  #checkHash(index: number, hash: number): void {
    this.#hashes.set(index, this.#hashes.get(index) ?? hash);
    assert.equal(hash, this.#hashes.get(index), `state machine safety at ${String(index)}`);
    this.#highestApplied = Math.max(this.#highestApplied, index);
  }

  /** Looks at a Ready that the replica has just carried out. */
  check(replica: Replica, ready: Ready): void {
    for (const entry of ready.entries) this.#checkLogMatching(replica, entry);
    if (ready.roleChanged?.role === 'leader') this.#checkLeader(replica, ready.roleChanged.term);
    for (const { context, index } of ready.readStates) {
      const floor = this.#readFloors.get(context) ?? 0;
      assert.ok(index >= floor, `a read at ${String(index)} misses ${String(floor)}`);
    }
  }

  /** A read is asked for: it must see all that was applied anywhere by now. */
  expectRead(context: number): void {
    this.#readFloors.set(context, this.#highestApplied);
  }

  /**
   * Log matching: an entry is the same wherever its index and term are the same, and so is the term
   * of the entry before it. By induction the logs agree all the way down.
   */
  #checkLogMatching(replica: Replica, entry: Entry): void {
    const key = `${String(entry.index)}/${String(entry.term)}`;
    const text = `${entry.kind}:${entry.data.join()}`;
    const previousTerm = replica.image.term(entry.index - 1);
    assert.ok(previousTerm !== undefined, 'the position before a new entry is known');
    assert.ok(previousTerm <= entry.term, 'terms never fall along a log');
    const known = this.#entries.get(key) ?? { previousTerm, text };
    assert.deepEqual({ previousTerm, text }, known, `log matching at ${key}`);
    this.#entries.set(key, known);
  }

  #checkLeader(replica: Replica, term: number): void {
    const known = this.#leaders.get(term) ?? replica.id;
    assert.equal(replica.id, known, `election safety in term ${String(term)}`);
    this.#leaders.set(term, known);
    for (const [index, committedTerm] of this.#committed) {
      if (index < replica.image.firstIndex()) continue;
      const held = replica.image.term(index);
      assert.equal(held, committedTerm, `leader completeness at ${String(index)}`);
    }
  }
}
