/** Hashes of the history: of the same revisions always the same, whenever and however often they are asked for. */
import { equal, ok } from 'node:assert/strict';
import { etcdErrors } from '@concord/protocol';
import type { Operation } from '../history.ts';
import type { KeyValueModel } from '../model/key-value-model.ts';

export class HashBook {
  readonly #hashes = new Map<string, number>();

  check({ number, request, outcome }: Operation<'hash-kv'>, model: KeyValueModel): void {
    const { revision } = request;
    if (outcome?.kind === 'error') {
      const { message } = outcome;
      const isTooOld = message === etcdErrors.ErrCompacted.message && revision < model.compacted;
      const isFuture = message === etcdErrors.ErrFutureRev.message && revision > 0;
      ok(isTooOld || isFuture, `call ${number}: no hash of ${revision}: ${message}`);
      return;
    }
    if (outcome?.kind !== 'ok') return;
    const { hash, hashRevision, compactRevision } = outcome.response;
    if (revision !== 0) equal(hashRevision, revision, `call ${number}: hash of another revision`);
    // A compaction remembers the hash of its revision, as it was before it.
    const isRemembered = hashRevision <= model.compacted && compactRevision < hashRevision;
    if (!isRemembered) {
      equal(compactRevision, model.compacted, `call ${number}: hashed after another compaction`);
    }
    const key = `${hashRevision} after ${compactRevision}`;
    equal(this.#hashes.get(key) ?? hash, hash, `call ${number}: another hash of ${key}`);
    this.#hashes.set(key, hash);
  }
}
