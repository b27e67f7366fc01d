/** A feed as `text/event-stream`: written straight to the connection, in bytes that all subscribers share. */
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { Feed, Outlet, SubscribeOptions, Subscription } from './feed.ts';
import type { Packet } from './live-event.ts';

/** Where a gateway goes, its subscribers come back over this span, so that they do not come all at once. */
const RETRY_MS_MIN = 100;
const RETRY_SPREAD_MS = 1500;

class SseOutlet implements Outlet {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  send(packet: Packet): boolean {
    return this.#response.write(packet.sse);
  }

  /** An id without data moves the place to come back to, and is no event. */
  keepAlive(revision: number): boolean {
    return this.#response.write(`: alive\nid: ${revision}\n\n`);
  }

  end(): void {
    const retryMs = RETRY_MS_MIN + Math.round(Math.random() * RETRY_SPREAD_MS);
    this.#response.end(`retry: ${retryMs}\n\n`);
  }

  destroy(): void {
    this.#response.destroy();
  }
}

/** Answers a request with a feed until either side ends it. The handler takes `@Res()` and gives everything away. */
export async function streamEvents(
  feed: Feed,
  request: FastifyRequest,
  reply: FastifyReply,
  options: SubscribeOptions = {},
): Promise<void> {
  const from = options.from ?? placeOf(request);
  const response = reply.raw;
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // Proxies such as nginx hold answers back otherwise.
    'x-accel-buffering': 'no',
  });
  // Who asks for the head alone would wait for ever.
  if (request.method === 'HEAD') return void response.end();
  response.flushHeaders();
  request.raw.socket.setNoDelay(true);
  const outlet = new SseOutlet(response);
  let subscription: Subscription | undefined;
  response.on('drain', () => subscription?.drained());
  response.on('close', () => subscription?.[Symbol.dispose]());
  try {
    subscription = await feed.subscribe(outlet, { ...options, from });
  } catch {
    // The head is sent: what went wrong shows when the client comes back.
    outlet.end();
    return;
  }
  // Whoever went meanwhile is not to be told of it.
  if (response.destroyed) subscription[Symbol.dispose]();
}

/**
 * The place that a client comes back to: `Last-Event-ID`, or `?lastEventId=` where headers cannot be given.
 *
 * @throws Problem `invalid-request`
 */
export function placeOf(request: FastifyRequest): number | undefined {
  const { lastEventId } = request.query as { readonly lastEventId?: unknown };
  const header = request.headers['last-event-id'];
  const [field, given] =
    header === undefined ? ['query.lastEventId', lastEventId] : ['header.last-event-id', header];
  if (given === undefined || given === '') return undefined;
  const place = Number(given);
  if (typeof given === 'string' && /^\d+$/.test(given) && Number.isSafeInteger(place)) return place;
  const message = `${JSON.stringify(given)} is no place: give the id of an event, a revision`;
  throw new Problem('invalid-request', {
    detail: `${field}: ${message}`,
    errors: [{ field, message }],
  });
}
