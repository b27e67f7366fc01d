/** A leadership that is held, until it is resigned or lost. */
import { ConcordError, op, type CallOptions } from '@concord/client';
import { Hold, type HeldLock, type HoldOptions, type ReleaseResult } from './held-lock.ts';

/** A lock on being the leader, with a value that everybody can see. Its `token` is the term. */
export interface HeldElection extends HeldLock {
  /**
   * Tells everybody who observes another value.
   *
   * @throws ConcordError `LOCK_LOST` when the leadership is not held any more: nothing is written then
   */
  proclaim(value: string, call?: CallOptions): Promise<void>;
  /** Gives the leadership up: another name for `release`. */
  resign(call?: CallOptions): Promise<ReleaseResult>;
}

export class Leadership extends Hold implements HeldElection {
  readonly #client: HoldOptions['client'];
  readonly #standing: HoldOptions['standing'];

  constructor(options: HoldOptions) {
    super(options);
    this.#client = options.client;
    this.#standing = options.standing;
  }

  async proclaim(value: string, call: CallOptions = {}): Promise<void> {
    this.#standing.check('election.proclaim');
    const { lease } = this.#standing.session;
    const { succeeded } = await this.#client.kv
      .txn()
      .if(this.#standing.guard())
      .then(op.put(this.key, value, { lease }))
      .commit({ ...call, repeatable: true });
    if (succeeded) return;
    throw new ConcordError('LOCK_LOST', {
      operation: 'election.proclaim',
      subject: this.name,
      problem: `the leadership of ${JSON.stringify(this.name)} was lost; nothing was written`,
      remedy: 'campaign again',
      outcome: 'not-applied',
    });
  }

  resign(call: CallOptions = {}): Promise<ReleaseResult> {
    return this.release(call);
  }
}
