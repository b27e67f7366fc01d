/**
 * Fetches what a snapshot message stands for, and hands the message in once it is there. One at a time: a newer
 * message supersedes the one that is being fetched, and waits until that has let go of the sink. A broken connection
 * is taken up again at the next missing chunk, and so is what the process before had begun.
 */
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SnapshotRequest } from '@concord/raft';
import type { IncomingSnapshot, SnapshotSink } from '@concord/storage';
import { formatId } from '../identity.ts';
import type { Log } from '../log.ts';
import { BackOff } from './back-off.ts';
import { dial, type DialOptions } from './dial.ts';
import { FrameReader } from './frame-reader.ts';
import { decodeOrigin, encodeOrigin } from './snapshot-origin.ts';
import { SNAPSHOT_CHUNK_BYTES_MAX, snapshotPath } from './snapshot-path.ts';
import type { TransportObserver } from './transport-observer.ts';

/** Attempts in a row that bring nothing: some two seconds of back-off, a restart of the sender's process. */
const FRUITLESS_ATTEMPTS_MAX = 6;
/** A connection that brings nothing for as long is given up and taken up again. */
const IDLE_MS_MAX = 15_000;
/** A sender is asked to answer within. */
const DEADLINE_MS = 5000;
/** The sender's own patience ends the matter where it cannot be told. */
const TELL_ATTEMPTS_MAX = 3;

export interface SnapshotFetchOptions {
  /** This member. */
  readonly memberId: bigint;
  readonly sink: SnapshotSink;
  readonly log: Log;
  /** Where a member can be asked; empty when that is not known. */
  urlsOf(id: bigint): readonly string[];
  /** What a request to a member carries. */
  requestTo(id: bigint): Pick<DialOptions, 'headers' | 'tls'>;
  random(): number;
  readonly observer?: Partial<TransportObserver>;
  /** The content is here: the message may be handed in. */
  fetched(message: SnapshotRequest): void;
}

interface Fetch {
  /** The newest that names this content. */
  message: SnapshotRequest;
  readonly superseded: AbortController;
}

export class SnapshotFetch {
  readonly #options: SnapshotFetchOptions;
  readonly #closed = new AbortController();
  #current: Fetch | undefined;
  /** Settles when the sink is free. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: SnapshotFetchOptions) {
    this.#options = options;
  }

  take(message: SnapshotRequest): void {
    if (this.#closed.signal.aborted) return;
    const current = this.#current;
    if (current !== undefined && isSame(current.message, message)) {
      current.message = message;
      return;
    }
    current?.superseded.abort();
    const fetch: Fetch = { message, superseded: new AbortController() };
    this.#current = fetch;
    this.#turn = this.#turn.then(() => this.#run(fetch));
  }

  /** Goes on with what the process before was fetching, unless something else is under way. Call when members are known. */
  resume(): void {
    const { sink, memberId, log } = this.#options;
    const { interrupted } = sink;
    if (interrupted === undefined || this.#current !== undefined) return;
    const message = decodeOrigin(interrupted.origin, memberId);
    if (message === undefined) return;
    const { from, snapshot } = message;
    log.info(
      { 'remote-peer-id': formatId(from), index: snapshot.index },
      'goes on with a snapshot',
    );
    this.take(message);
  }

  /** Resolves when the sink is let go of. What was fetched stays for the next process. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#current?.superseded.abort();
    await this.#turn;
  }

  async #run(fetch: Fetch): Promise<void> {
    const { from, snapshot } = fetch.message;
    const about = { 'remote-peer-id': formatId(from), index: snapshot.index };
    this.#options.observer?.fetchBegan?.(from);
    const arrived = await this.#fetchAll(fetch).catch((error: unknown) => {
      const isSuperseded = fetch.superseded.signal.aborted;
      const text = isSuperseded ? 'a snapshot is superseded by a newer one' : 'gave up a snapshot';
      this.#options.log.warn({ ...about, error: String(error) }, text);
      return false;
    });
    this.#options.observer?.fetchEnded?.(from, arrived);
    if (this.#current === fetch) this.#current = undefined;
    if (arrived) this.#options.log.info(about, 'fetched a snapshot');
    // In a turn of its own: what the receiver of the message throws is no rejected promise of this file.
    setImmediate(() => {
      if (arrived) this.#options.fetched(fetch.message);
      void this.#tell(from, snapshot.data, arrived);
    });
  }

  async #fetchAll(fetch: Fetch): Promise<true> {
    fetch.superseded.signal.throwIfAborted();
    const { message } = fetch;
    const writer = this.#options.sink.begin(message.snapshot.data, encodeOrigin(message));
    try {
      await this.#fetchChunks(fetch, writer);
      const beganMs = performance.now();
      await writer.finish();
      this.#options.observer?.fetchMadeDurable?.(performance.now() - beganMs);
      return true;
    } catch (error) {
      if (!this.#closed.signal.aborted) await writer.abort();
      throw error;
    }
  }

  async #fetchChunks({ message, superseded }: Fetch, writer: IncomingSnapshot): Promise<void> {
    const { from, snapshot } = message;
    const { signal } = superseded;
    const backOff = new BackOff(this.#options.random);
    let next = writer.nextChunk;
    for (let attempt = 0, fruitless = 0; ; attempt++) {
      const first = next;
      try {
        const path = snapshotPath(snapshot.data, { from: String(next) });
        const response = await this.#ask('GET', from, path, attempt, signal);
        for await (const chunk of chunksOf(response, signal)) {
          await writer.write(chunk);
          signal.throwIfAborted();
          next++;
        }
        return;
      } catch (error) {
        fruitless = next > first ? 0 : fruitless + 1;
        if (
          signal.aborted ||
          error instanceof RefusedError ||
          fruitless >= FRUITLESS_ATTEMPTS_MAX
        ) {
          throw error;
        }
      }
      if (fruitless === 0) backOff.reset();
      await sleep(backOff.next(), undefined, { signal });
    }
  }

  /** Tells the holder how it ended, so that it need not wait to find out. */
  async #tell(to: bigint, name: Uint8Array, arrived: boolean): Promise<void> {
    const { signal } = this.#closed;
    const path = snapshotPath(name, { arrived: String(arrived) });
    const backOff = new BackOff(this.#options.random);
    for (let attempt = 0; attempt < TELL_ATTEMPTS_MAX && !signal.aborted; attempt++) {
      try {
        (await this.#ask('DELETE', to, path, attempt, signal)).resume();
        return;
      } catch (error) {
        if (error instanceof RefusedError) return;
        await sleep(backOff.next(), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Asks one of the member's addresses, the next one each time. Throws `RefusedError` for an answer that will not change. */
  #ask(
    method: 'GET' | 'DELETE',
    to: bigint,
    path: string,
    attempt: number,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const urls = this.#options.urlsOf(to);
    const url = urls[attempt % Math.max(1, urls.length)];
    if (url === undefined) throw new RefusedError(`no address of member ${formatId(to)} is known`);
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const request = { ...this.#options.requestTo(to), url, path, method, deadlineMs: DEADLINE_MS };
    const cancel = dial(request, (outcome) => {
      if (outcome.kind === 'failed') return reject(new Error(`${url}: ${outcome.reason}`));
      if (outcome.kind === 'upgraded') {
        outcome.socket.destroy();
        return reject(new RefusedError(`${url}: answered with an upgrade`));
      }
      const { response } = outcome;
      const status = response.statusCode ?? 0;
      if (status === 200 || status === 204) return resolve(response);
      response.destroy();
      reject(new RefusedError(`${url}: answered with ${status}`));
    });
    const abort = (): void => {
      cancel();
      reject(new Error('given up'));
    };
    signal.addEventListener('abort', abort);
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }
}

/** The holder does not give it, and asking again would not help. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** The chunks of a response. Throws when it ends before its last frame, or holds what is no frame. */
async function* chunksOf(
  response: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = [];
  const seen = { end: false };
  const reader = new FrameReader(
    { body: (bytes) => void chunks.push(bytes), empty: () => (seen.end = true) },
    SNAPSHOT_CHUNK_BYTES_MAX,
  );
  const abort = (): void => void response.destroy();
  signal.addEventListener('abort', abort);
  response.setTimeout(IDLE_MS_MAX, abort);
  try {
    for await (const bytes of response as AsyncIterable<Uint8Array>) {
      reader.push(bytes);
      const complete = chunks;
      chunks = [];
      yield* complete;
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
  if (!seen.end) throw new Error('the connection ended before the snapshot did');
}

const isSame = (a: SnapshotRequest, b: SnapshotRequest): boolean =>
  a.from === b.from && Buffer.compare(a.snapshot.data, b.snapshot.data) === 0;
