/**
 * Tells the cluster what became of each release here: one key per item, bound to a lease, so that it goes with the
 * process. Written in the background, the newest only, and again under a new lease when the old one is lost.
 *
 * Invariant: at most one write is under way; what waits is one acknowledgement per item.
 */
import { ConcordError, type Client, type ConcordErrorCode, type Session } from '@concord/client';
import { acknowledgementKey, type ItemAddress } from '../item/address.ts';
import { sleep } from '../time/sleep.ts';
import type { Acknowledgement } from './convergence.ts';

/** How long an acknowledgement outlives a process that was killed. */
const TTL_MS_DEFAULT = 30_000;
const RETRY_MS_MIN = 200;
const RETRY_MS_MAX = 30_000;

/** Failures that no second try mends. */
const FINAL: readonly ConcordErrorCode[] = [
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'INVALID_ARGUMENT',
  'CLOSED',
  'INTERNAL',
];

export interface AcknowledgerOptions {
  /** The last part of the keys: one per process and configuration. */
  readonly client: string;
  /** 30 s by default. */
  readonly ttlMs?: number;
  /** A write failed and won't be tried again until there is something new to say. */
  onFailure(error: ConcordError): void;
}

interface Entry {
  readonly address: ItemAddress;
  /** One for each live value of the item. */
  readonly byHolder: Map<object, Acknowledgement>;
}

export class Acknowledger {
  readonly #client: Client;
  readonly #options: AcknowledgerOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #dirty = new Set<string>();
  readonly #closing = new AbortController();
  #session: Session | undefined;
  #running: Promise<void> | undefined;

  constructor(client: Client, options: AcknowledgerOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Says `acknowledgement` of the item for `holder`; undefined: the holder reads it no more. */
  set(address: ItemAddress, holder: object, acknowledgement: Acknowledgement | undefined): void {
    if (this.#closing.signal.aborted) return;
    const key = acknowledgementKey(address, this.#options.client);
    const entry = this.#entries.get(key) ?? { address, byHolder: new Map() };
    // Who never said anything has nothing to take back.
    if (acknowledgement === undefined && !entry.byHolder.delete(holder)) return;
    if (acknowledgement !== undefined) entry.byHolder.set(holder, acknowledgement);
    this.#entries.set(key, entry);
    this.#mark([key]);
  }

  /** Revokes the lease, and all acknowledgements with it. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    await this.#session?.close().catch(() => undefined);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #mark(keys: Iterable<string>): void {
    for (const key of keys) this.#dirty.add(key);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Marked after the loop had looked for the last time.
      if (this.#dirty.size > 0 && !this.#closing.signal.aborted) this.#mark([]);
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    let retryMs = RETRY_MS_MIN;
    while (this.#dirty.size > 0 && !signal.aborted) {
      const key = this.#dirty.values().next().value as string;
      this.#dirty.delete(key);
      try {
        await this.#write(key);
        retryMs = RETRY_MS_MIN;
      } catch (error) {
        if (this.#isClosed) return;
        if (this.#isFinal(error)) continue;
        this.#dirty.add(key);
        await sleep(retryMs, signal);
        retryMs = Math.min(2 * retryMs, RETRY_MS_MAX);
      }
    }
  }

  async #write(key: string): Promise<void> {
    const { signal } = this.#closing;
    const worst = worstOf(this.#entries.get(key)!.byHolder.values());
    if (worst === undefined) {
      this.#entries.delete(key);
      await this.#client.kv.delete(key, { signal });
      return;
    }
    const { lease } = await this.#liveSession();
    await this.#client.kv.put(key, JSON.stringify(worst), { lease, signal });
  }

  async #liveSession(): Promise<Session> {
    const { signal } = this.#closing;
    if (this.#session !== undefined && this.#session.state !== 'lost') return this.#session;
    const session = await this.#client.session({
      ttl: this.#options.ttlMs ?? TTL_MS_DEFAULT,
      signal,
      keepsProcessAlive: false,
    });
    this.#session = session;
    // All keys went with the lease.
    const onLost = (): void => {
      if (session.state === 'lost') this.#mark(this.#entries.keys());
    };
    session.signal.addEventListener('abort', onLost, { once: true });
    return session;
  }

  /** Whether trying again is of no use: the credentials do not allow it. */
  #isFinal(error: unknown): boolean {
    const failure = ConcordError.is(error) ? error : unexpected(error);
    if (!FINAL.includes(failure.code)) return false;
    this.#options.onFailure(failure);
    return true;
  }
}

const unexpected = (cause: unknown): ConcordError =>
  new ConcordError('INTERNAL', {
    operation: 'config: acknowledgement',
    problem: String(cause),
    cause,
  });

/** A client has applied a release when all of its live values have. */
function worstOf(all: Iterable<Acknowledgement>): Acknowledgement | undefined {
  let worst: Acknowledgement | undefined;
  for (const one of all) {
    const isWorse =
      worst === undefined ||
      (one.state === worst.state ? one.release < worst.release : one.state === 'rejected');
    if (isWorse) worst = one;
  }
  return worst;
}
