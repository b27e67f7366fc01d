/**
 * Server-sent events that have no feed behind them: what one person looks at, such as raw keys or samples. A stream that is
 * not read is ended, so that nothing queues.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { Problem } from '../http/problem.ts';

/** People have a few pages open each: this is a bound, not a plan. */
const STREAMS_MAX = 1_000;
const ALIVE_EVERY_MS = 15_000;
/** A reader that is as far behind has stopped reading. */
const UNREAD_BYTES_MAX = 4 * 1024 * 1024;

/** One answer that goes on. */
export class PlainStream {
  readonly #response: ServerResponse;
  readonly #ended = new AbortController();
  readonly #alive: NodeJS.Timeout;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.#alive = setInterval(() => response.write(': alive\n\n'), ALIVE_EVERY_MS);
    response.once('close', () => this.#close());
  }

  /** Aborts when either side has ended it. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  send(event: string, id: number | string, data: unknown): void {
    if (this.#ended.signal.aborted) return;
    this.#response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (this.#response.writableLength > UNREAD_BYTES_MAX) this.end();
  }

  end(): void {
    this.#response.end();
    this.#close();
  }

  #close(): void {
    clearInterval(this.#alive);
    this.#ended.abort();
  }
}

export class PlainStreams {
  readonly #streams = new Set<PlainStream>();

  get size(): number {
    return this.#streams.size;
  }

  /** @throws Problem `cluster-away` where there are too many */
  open(reply: FastifyReply): PlainStream {
    if (this.#streams.size >= STREAMS_MAX) {
      throw new Problem('cluster-away', {
        detail: `${STREAMS_MAX} streams are open here: close some, or ask another gateway`,
        headers: { 'retry-after': '1' },
      });
    }
    const response = reply.raw;
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    const stream = new PlainStream(response);
    this.#streams.add(stream);
    stream.signal.addEventListener('abort', () => this.#streams.delete(stream), { once: true });
    return stream;
  }

  endAll(): void {
    for (const stream of [...this.#streams]) stream.end();
  }
}
