/** The sources of the gateway: one a prefix, whoever asks; ended together when it stops. */
import type { Client } from '@concord/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { Audience, Feed, SubscribeOptions } from './feed.ts';
import { LiveSource } from './live-source.ts';
import { streamEvents } from './sse.ts';
import { isUpgrade, streamMessages } from './web-socket.ts';

/** Connections of one process; what is above is asked to go elsewhere. */
const SUBSCRIBERS_MAX = 20_000;

export class LiveSources {
  readonly #client: Client;
  readonly #sources = new Map<string, LiveSource>();
  #isStopping = false;

  constructor(client: Client) {
    this.#client = client;
  }

  /** The source of the keys that begin with `prefix`: begun when first asked for, and kept. */
  of(prefix: string): LiveSource {
    const known = this.#sources.get(prefix);
    if (known !== undefined) return known;
    const source = new LiveSource(this.#client, prefix);
    this.#sources.set(prefix, source);
    return source;
  }

  /** Every feed that somebody follows, with the prefix of its keys. */
  audiences(): (Audience & { readonly prefix: string })[] {
    return [...this.#sources].flatMap(([prefix, source]) =>
      source.audiences
        .filter(({ subscribers }) => subscribers > 0)
        .map((audience) => ({ prefix, ...audience })),
    );
  }

  get subscribers(): number {
    let count = 0;
    for (const source of this.#sources.values()) count += source.subscribers;
    return count;
  }

  /**
   * Answers with the feed, as SSE or as a WebSocket, whichever is asked for.
   *
   * @throws Problem `cluster-away` while the gateway stops or has too many subscribers
   */
  async stream(
    feed: Feed,
    request: FastifyRequest,
    reply: FastifyReply,
    options?: SubscribeOptions,
  ): Promise<void> {
    if (this.#isStopping) throw refusal('this gateway stops: connect to another one');
    if (this.subscribers >= SUBSCRIBERS_MAX) {
      throw refusal(`${SUBSCRIBERS_MAX} subscribers are connected: connect to another gateway`);
    }
    if (isUpgrade(request)) streamMessages(feed, request, reply, options);
    else await streamEvents(feed, request, reply, options);
  }

  /** Before the server is closed, which waits for connections. */
  endStreams(): void {
    this.#isStopping = true;
    for (const source of this.#sources.values()) source.endFeeds();
  }

  async close(): Promise<void> {
    this.endStreams();
    await Promise.all([...this.#sources.values()].map((source) => source[Symbol.asyncDispose]()));
  }
}

const refusal = (detail: string): Problem =>
  new Problem('cluster-away', { detail, headers: { 'retry-after': '1' } });
