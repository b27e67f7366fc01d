/**
 * The one-time token of the first run: some gateway's log shows it, the cluster keeps its hash, bound to the life of that
 * gateway. So there is one at a time, whichever gateway is asked, and a log that is gone takes its token along.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { compare, missing, op, type Client, type Session } from '@concord/client';
import type { Log } from '../log.ts';
import type { Modes } from './access-mode.ts';

export const SET_UP_KEY = '/concord/gateway/set-up';
const TOKEN_BYTES = 24;
/** How long a gateway that was killed keeps others from offering a token. */
const OFFER_TTL = '15s';
/** How often to look whether one has to be offered. */
const LOOK_MS = 3_000;

export class SetUpOffer {
  readonly #client: Client;
  readonly #modes: Modes;
  readonly #log: Log;
  #session: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isClosed = false;
  #hasToldOfOther = false;

  constructor(client: Client, modes: Modes, log: Log) {
    this.#client = client;
    this.#modes = modes;
    this.#log = log;
  }

  /** Offers a token now and from then on, whenever the cluster has to be set up and nobody offers one. */
  async start(): Promise<void> {
    await this.#look();
  }

  /** Whether `token` is the one; it never is again. Of several who try at once one succeeds. */
  async redeem(token: string): Promise<boolean> {
    const entry = await this.#client.kv.get(SET_UP_KEY);
    if (entry === undefined || !isSame(hashOf(token), entry.text)) return false;
    const { succeeded } = await this.#client.kv
      .txn()
      .if(compare(SET_UP_KEY).modRevision('=', entry.modRevision))
      .then(op.delete(SET_UP_KEY))
      .commit();
    return succeeded;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#session?.close();
  }

  #look(): Promise<void> {
    this.#looking ??= this.#offerIfNeeded()
      .catch((error: unknown) => {
        this.#log.debug({ err: error }, 'could not see whether the cluster has to be set up');
      })
      .finally(() => {
        this.#looking = undefined;
        if (!this.#isClosed) this.#timer = setTimeout(() => void this.#look(), LOOK_MS).unref();
      });
    return this.#looking;
  }

  async #offerIfNeeded(): Promise<void> {
    if ((await this.#modes.current()) !== 'set-up') {
      await this.#session?.close();
      this.#session = undefined;
      return;
    }
    if ((await this.#client.kv.get(SET_UP_KEY)) !== undefined) {
      if (this.#session === undefined) this.#tellOfOther();
      return;
    }
    await this.#session?.close();
    this.#session = await this.#client.session({ ttl: OFFER_TTL });
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const { succeeded } = await this.#client.kv
      .txn()
      .if(missing(SET_UP_KEY))
      .then(op.put(SET_UP_KEY, hashOf(token), { lease: this.#session.lease }))
      .commit();
    if (!succeeded) {
      this.#tellOfOther();
      return;
    }
    // In the text: fields of such names are masked.
    this.#log.warn(
      `the cluster has no users yet: open the console and set it up with the one-time token ${token}`,
    );
  }

  #tellOfOther(): void {
    if (this.#hasToldOfOther) return;
    this.#hasToldOfOther = true;
    this.#log.warn(
      'the cluster has no users yet: the one-time token to set it up is in the log of another gateway, which runs or ran within the last seconds',
    );
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
