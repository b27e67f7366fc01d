/**
 * Snapshots on the side that has them. Raft sends a member nothing else until it hears how its snapshot fared, so
 * every snapshot message that leaves is an offer here, which ends exactly once: arrived, when the receiver says that
 * it has taken it over; lost, when the receiver gives up, cannot be reached, or lets a minute pass.
 *
 * That the last byte was sent is no arrival: the receiver is not done before its disk is, and Raft would meanwhile
 * find it as far behind as before, and send the next snapshot.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '@concord/raft';
import type { SnapshotSource } from '@concord/storage';
import { formatId } from '../identity.ts';
import type { Log } from '../log.ts';
import type { ByteRate } from './byte-rate.ts';
import { emptyFrame, frameHead } from './frame.ts';
import { refuse } from './peer-server.ts';
import { SNAPSHOT_CHUNK_BYTES_MAX, type SnapshotRequestPath } from './snapshot-path.ts';

export interface SnapshotServingOptions {
  readonly source: SnapshotSource;
  readonly rate: ByteRate;
  readonly log: Log;
  /** How long an offer may go without progress. */
  readonly progressMs: number;
  now(): number;
  /** How an offer ended; never called from within a call of this class. */
  sent(to: bigint, arrived: boolean): void;
}

interface Offer {
  readonly to: bigint;
  readonly name: Uint8Array;
  timer: NodeJS.Timeout;
  /** Ends the response that is under way. */
  serving: AbortController | undefined;
}

export class SnapshotServing {
  readonly #options: SnapshotServingOptions;
  readonly #offers = new Map<string, Offer>();

  constructor(options: SnapshotServingOptions) {
    this.#options = options;
  }

  /** A snapshot message is about to leave. An older offer of the same to the same ends as lost. */
  offer(to: bigint, name: Uint8Array): void {
    this.lose(to, name);
    const offer: Offer = { to, name, timer: this.#deadline(to, name), serving: undefined };
    this.#offers.set(keyOf(to, name), offer);
  }

  /** The message itself did not leave. */
  lose(to: bigint, name: Uint8Array): void {
    const offer = this.#offers.get(keyOf(to, name));
    if (offer !== undefined) this.#end(offer, false);
  }

  /** The connection broke, and with it the messages on it: what is not being fetched will not be. */
  disconnected(to: bigint): void {
    for (const offer of this.#offers.values()) {
      if (offer.to === to && offer.serving === undefined) this.#end(offer, false);
    }
  }

  /** The member is a peer no more. */
  forget(to: bigint): void {
    for (const offer of this.#offers.values()) if (offer.to === to) this.#end(offer, false);
  }

  close(): void {
    for (const { timer, serving, name } of this.#offers.values()) {
      clearTimeout(timer);
      serving?.abort();
      this.#options.source.release(name);
    }
    this.#offers.clear();
  }

  /** Answers a request of `from`, which has passed the handshake. */
  handle(
    from: bigint,
    { name, query }: SnapshotRequestPath,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const offer = this.#offers.get(keyOf(from, name));
    if (offer === undefined) return refuse(response, 404, 'no such snapshot');
    if (request.method === 'DELETE') {
      this.#end(offer, query.get('arrived') === 'true');
      response.writeHead(204).end();
      return;
    }
    const fromChunk = Number(query.get('from') ?? '0');
    if (request.method !== 'GET' || !Number.isSafeInteger(fromChunk) || fromChunk < 0) {
      return refuse(response, 400, 'a snapshot is fetched by GET, from a chunk by its number');
    }
    const chunks = this.#options.source.open(name, fromChunk);
    if (chunks === undefined) {
      this.#end(offer, false);
      return refuse(response, 404, 'no such snapshot');
    }
    void this.#serve(offer, chunks, response);
  }

  async #serve(
    offer: Offer,
    chunks: AsyncIterable<Uint8Array>,
    response: ServerResponse,
  ): Promise<void> {
    // Who asks anew has lost the connection of the answer before.
    offer.serving?.abort();
    const serving = new AbortController();
    offer.serving = serving;
    this.#progress(offer);
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', Connection: 'close' });
    try {
      const { signal } = serving;
      await pipeline(this.#frames(offer, chunks, signal), response, { signal });
    } catch (error) {
      if (serving.signal.aborted) return;
      this.#options.log.warn(
        { 'remote-peer-id': formatId(offer.to), error: String(error) },
        'sending a snapshot was interrupted; the peer will go on with it, or it counts as lost',
      );
    }
  }

  async *#frames(
    offer: Offer,
    chunks: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      assert(
        chunk.length > 0 && chunk.length <= SNAPSHOT_CHUNK_BYTES_MAX,
        'a chunk of a snapshot is neither empty nor longer than allowed',
      );
      const waitMs = this.#options.rate.take(chunk.length, this.#options.now());
      if (waitMs >= 1) await sleep(waitMs, undefined, { signal });
      yield frameHead(chunk);
      yield chunk;
      this.#progress(offer);
    }
    yield emptyFrame(0);
  }

  #progress(offer: Offer): void {
    if (this.#offers.get(keyOf(offer.to, offer.name)) === offer) offer.timer.refresh();
  }

  #deadline(to: bigint, name: Uint8Array): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#options.log.warn(
        { 'remote-peer-id': formatId(to) },
        'a snapshot made no progress and counts as lost',
      );
      this.lose(to, name);
    }, this.#options.progressMs);
    return timer;
  }

  #end(offer: Offer, arrived: boolean): void {
    this.#offers.delete(keyOf(offer.to, offer.name));
    clearTimeout(offer.timer);
    offer.serving?.abort();
    setImmediate(() => {
      this.#options.sent(offer.to, arrived);
      this.#options.source.release(offer.name);
    });
  }
}

const keyOf = (to: bigint, name: Uint8Array): string =>
  `${formatId(to)}/${Buffer.from(name).toString('base64url')}`;
