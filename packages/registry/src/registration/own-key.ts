/**
 * The one key of a registration. Every write is a transaction on the revision that was seen last, so that a write
 * whose answer was lost can be made again, and nobody else's entry is ever overwritten unawares.
 */
import type { CallOptions, Client, Entry, OperationResult, TxnBuilder } from '@concord/client';
import { compare, ConcordError, missing, op } from '@concord/client';

/** Each attempt that fails has seen a newer entry; so many in a row means that somebody fights for the key. */
const ATTEMPTS_MAX = 8;

export type PutOutcome =
  | { readonly kind: 'written'; readonly revision: number }
  /** It was to be there and is not. */
  | { readonly kind: 'gone' }
  /** Somebody else has it. */
  | { readonly kind: 'taken'; readonly holder: Entry };

export interface PutRequest {
  readonly text: string;
  readonly lease: bigint;
  /** Whether it is to be made, or changed. */
  readonly expects: 'absent' | 'present';
  /** Whether an entry that is there may be written over. */
  readonly mayReplace: (holder: Entry) => boolean;
}

export class OwnKey {
  readonly key: string;
  readonly #client: Client;
  /** Of the last write that is known to have been made. */
  #modRevision: number | undefined;

  constructor(client: Client, key: string) {
    this.#client = client;
    this.key = key;
  }

  get modRevision(): number | undefined {
    return this.#modRevision;
  }

  async put(request: PutRequest, call: CallOptions): Promise<PutOutcome> {
    let seen = request.expects === 'absent' ? undefined : this.#modRevision;
    let holder: Entry | undefined;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const write = op.put(this.key, request.text, { lease: request.lease });
      const txn = this.#ifAt(seen).then(write).else(op.get(this.key));
      const answer = await txn.commit({ ...call, repeatable: true });
      if (answer.succeeded) return this.#written(answer.revision);
      holder = entryOf(answer.results[0]);
      if (holder === undefined) {
        if (request.expects === 'present') return { kind: 'gone' };
        seen = undefined;
      } else if (holder.text === request.text && holder.lease === request.lease) {
        // An earlier attempt did arrive; its answer did not.
        return this.#written(holder.modRevision);
      } else if (!request.mayReplace(holder)) {
        return { kind: 'taken', holder };
      } else {
        seen = holder.modRevision;
      }
    }
    if (holder !== undefined) return { kind: 'taken', holder };
    throw new ConcordError('CONFLICT', {
      operation: 'registry.register',
      subject: this.key,
      problem: `somebody else keeps writing ${this.key}`,
      remedy: 'give every instance an id of its own',
    });
  }

  /** Deletes it, unless somebody else has written it since. */
  async remove(call: CallOptions): Promise<void> {
    if (this.#modRevision === undefined) return;
    const txn = this.#ifAt(this.#modRevision).then(op.delete(this.key));
    await txn.commit({ ...call, repeatable: true });
    this.#modRevision = undefined;
  }

  #written(revision: number): PutOutcome {
    this.#modRevision = revision;
    return { kind: 'written', revision };
  }

  #ifAt(revision: number | undefined): TxnBuilder {
    const isAsSeen =
      revision === undefined ? missing(this.key) : compare(this.key).modRevision('=', revision);
    return this.#client.kv.txn().if(isAsSeen);
  }
}

function entryOf(result: OperationResult | undefined): Entry | undefined {
  return result?.kind === 'get' ? result.entry : undefined;
}
