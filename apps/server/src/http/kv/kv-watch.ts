/**
 * GET with `watch`: changes as server-sent events. An event's id is its revision; a client that comes back with
 * `Last-Event-ID` goes on behind it.
 *
 * Invariant: an id is sent with the last event of its revision, so that whoever goes on behind it has missed nothing.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  encode,
  Event_EventType,
  StatusCode,
  statusCodeName,
  Watch,
  WatchCreateRequest,
  WatchRequest,
  type Event,
  type WatchResponse,
} from '@concord/protocol';
import type { LocalStatus, LocalStream } from '../../rpc/local-call.ts';
import { keyJson, pairJson } from './kv-json.ts';
import type { KvQuery } from './kv-query.ts';
import { prefixRangeOf } from './kv-read.ts';
import { beginEvents, problemReply, sendReply } from './kv-reply.ts';
import { Problem } from './problem.ts';
import type { RpcClient } from './rpc-client.ts';

/** Proxies end connections on which nothing comes for half a minute or a minute. */
const KEEP_ALIVE_MS = 15_000;

/** How long a client should wait before it comes back. */
const RETRY_MS = 2_000;

/** Throws `Problem` for a request that is none. Everything after that is told on the response. */
export function watchKeys(
  rpc: RpcClient,
  query: KvQuery,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  query.only('prefix', 'keys', 'limit', 'after', 'serializable');
  if (query.key.length === 0 && !query.flag('prefix')) {
    throw new Problem(400, 'there is no key in the path; for all keys watch /kv/?watch&prefix');
  }
  const range = query.flag('prefix') ? prefixRangeOf(query.key) : { key: query.key };
  const startRevision = startOf(request, query);
  const create = WatchCreateRequest.create({
    ...range,
    startRevision,
    prevKv: true,
    progressNotify: true,
  });
  new WatchedResponse(rpc, request, response).begin(create);
}

/** Where to begin: behind what the client has seen, at the revision that it asks for, or now. */
function startOf(request: IncomingMessage, query: KvQuery): number {
  const last = request.headers['last-event-id'];
  if (last === undefined || last === '') return query.count('revision', 1) ?? 0;
  if (/^\d{1,15}$/.test(String(last))) return Number(last) + 1;
  throw new Problem(400, `Last-Event-ID: ${String(last)}: expected the revision of an event`);
}

class WatchedResponse {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #stream: LocalStream;
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(rpc: RpcClient, request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
    this.#stream = rpc.stream(Watch.methods.watch, {
      message: (bytes) => this.#tell(Watch.methods.watch.response.decode(bytes)),
      ended: (status) => this.#fail(status),
    });
    request.resume();
    response.on('drain', () => this.#stream.drained());
    response.once('close', () => {
      clearInterval(this.#keepAlive);
      this.#stream.cancel();
    });
  }

  begin(create: WatchCreateRequest): void {
    const request = WatchRequest.create({
      requestUnion: { case: 'createRequest', value: create },
    });
    this.#stream.send(encode(WatchRequest, request));
  }

  #tell(answer: WatchResponse): boolean {
    if (answer.canceled) return this.#cancelled(answer);
    const revision = answer.header?.revision ?? 0;
    if (answer.created) {
      beginEvents(this.#response);
      this.#keepAlive = setInterval(() => this.#write(': keep-alive\n\n'), KEEP_ALIVE_MS);
      return this.#write(`retry: ${RETRY_MS}\n: watching at revision ${revision}\n\n`);
    }
    // Progress: nothing has happened up to here, and who comes back need not look there again.
    if (answer.events.length === 0) return this.#write(`id: ${revision}\n\n`);
    return this.#write(
      answer.events.map((event, index) => block(event, answer.events[index + 1])).join(''),
    );
  }

  /** History that is asked for is gone, or the watch may not be. */
  #cancelled({ compactRevision, cancelReason }: WatchResponse): boolean {
    if (compactRevision === 0) {
      this.#fail(statusOf(cancelReason));
      return true;
    }
    if (!this.#response.headersSent) beginEvents(this.#response);
    const data = JSON.stringify({ compactRevision });
    // The id lets the client come back at what is left, once it has read everything anew.
    this.#response.end(`event: compacted\nid: ${compactRevision - 1}\ndata: ${data}\n\n`);
    return true;
  }

  #write(text: string): boolean {
    return this.#response.destroyed || this.#response.write(text);
  }

  #fail(status: LocalStatus): void {
    if (status.code === StatusCode.OK) {
      this.#response.end();
      return;
    }
    const problem = Problem.ofStatus(status);
    if (!this.#response.headersSent) {
      sendReply(this.#request, this.#response, problemReply(problem));
      return;
    }
    this.#response.end(`event: error\ndata: ${JSON.stringify(problem.details)}\n\n`);
  }
}

/** A watch that is refused says why in the words of a Go program that prints a status. */
function statusOf(cancelReason: string): LocalStatus {
  const [, name, message = cancelReason] =
    /^rpc error: code = (\w+) desc = (.*)$/s.exec(cancelReason) ?? [];
  const code = Object.values(StatusCode).find((one) => statusCodeName(one) === name);
  return { code: code ?? StatusCode.UNKNOWN, message };
}

function block(event: Event, next: Event | undefined): string {
  const revision = event.kv?.modRevision ?? 0;
  const isLast = next?.kv?.modRevision !== revision;
  const id = isLast ? `id: ${revision}\n` : '';
  const isDeletion = event.type === Event_EventType.DELETE;
  return `event: ${isDeletion ? 'delete' : 'put'}\n${id}data: ${JSON.stringify(dataOf(event, isDeletion))}\n\n`;
}

function dataOf({ kv, prevKv }: Event, isDeletion: boolean): object {
  if (kv === undefined) return {};
  if (!isDeletion) return pairJson(kv);
  return {
    ...keyJson(kv.key),
    modRevision: kv.modRevision,
    ...(prevKv !== undefined && { previous: pairJson(prevKv) }),
  };
}
