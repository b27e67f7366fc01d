/**
 * Stands between a replica and its log, and knows every entry that was ever handed over: what a restart must find,
 * and in which order everything took place. The checkers replay from here.
 *
 * It judges on the way:
 * 1. A recovered entry is byte for byte the one that was appended.
 * 2. An entry that was applied is never lost: it was committed, so it was durable.
 * 3. Applying an index gives the same rolling hash however often it is done, before a crash and after.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Entry, LogPosition } from '@concord/raft';

export interface WitnessedEntry {
  readonly index: number;
  readonly term: number;
  /** A copy: the log's own bytes may be reused. */
  readonly data: Uint8Array;
  readonly appendedAtMs: number;
  /** When it was first applied, and how the state hashed then. */
  applied: { readonly atMs: number; readonly hash: bigint; readonly revision: number } | undefined;
}

export class LogWitness {
  /** From index 1 on. */
  #entries: WitnessedEntry[] = [];
  #appliedIndex = 0;

  get entries(): readonly WitnessedEntry[] {
    return this.#entries;
  }

  get lastIndex(): number {
    return this.#entries.length;
  }

  /** The highest index that was ever applied. */
  get appliedIndex(): number {
    return this.#appliedIndex;
  }

  entry(index: number): WitnessedEntry | undefined {
    return this.#entries[index - 1];
  }

  appended(entries: readonly Entry[], nowMs: number): void {
    for (const { index, term, data } of entries) {
      ok(index > this.#appliedIndex, `entry ${index} replaces one that was applied`);
      this.#entries.length = index - 1;
      this.#entries.push({
        index,
        term,
        data: data.slice(),
        appendedAtMs: nowMs,
        applied: undefined,
      });
    }
  }

  applied({ index, term }: LogPosition, hash: bigint, revision: number, nowMs: number): void {
    const entry = this.entry(index);
    ok(entry !== undefined, `index ${index} was applied and never appended`);
    equal(term, entry.term, `index ${index} was applied with another term than appended`);
    if (entry.applied === undefined) entry.applied = { atMs: nowMs, hash, revision };
    equal(hash, entry.applied.hash, `index ${index} hashed differently when applied again`);
    equal(revision, entry.applied.revision, `index ${index} made another revision than before`);
    this.#appliedIndex = Math.max(this.#appliedIndex, index);
  }

  /** A restart found this in store and log. What was appended beyond never happened. */
  recovered(stored: LogPosition, entries: readonly Entry[]): void {
    const lastIndex = entries.at(-1)?.index ?? stored.index;
    ok(lastIndex >= this.#appliedIndex, `${this.#appliedIndex} was applied, ${lastIndex} is there`);
    ok(lastIndex <= this.lastIndex, `entry ${lastIndex} was never appended`);
    equal(entries[0]?.index ?? stored.index + 1, stored.index + 1, 'the log follows the store');
    for (const { index, term, data } of entries) {
      const own = this.entry(index) as WitnessedEntry;
      equal(term, own.term, `entry ${index} was recovered with another term`);
      deepEqual(Buffer.from(data), Buffer.from(own.data), `entry ${index} was recovered changed`);
    }
    this.#entries.length = lastIndex;
  }
}
