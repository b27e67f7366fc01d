/**
 * The plain API: a key is a resource below `/kv/`, its value the body. Made for people with curl and for programs that
 * have nothing but HTTP; it stands on the member's own RPCs, so that whatever holds for a remote call holds here.
 * `docs/http-api.md` is the reference.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { LocalCalls } from '../../rpc/local-call.ts';
import { callerOf } from '../caller.ts';
import { answerLate } from '../http-server.ts';
import { onBody, type BodyFailure } from '../request-body.ts';
import { targetOf } from '../request-target.ts';
import type { Mount } from '../router.ts';
import { conditionsOf } from './condition.ts';
import { KvQuery } from './kv-query.ts';
import { listKeys, readKey } from './kv-read.ts';
import { methodNotAllowed, problemReply, sendReply, type KvReply } from './kv-reply.ts';
import { watchKeys } from './kv-watch.ts';
import { deleteKey, deletePrefix, writeKey } from './kv-write.ts';
import { Problem } from './problem.ts';
import { RpcClient } from './rpc-client.ts';

const PREFIX = '/kv/';

const CONDITION_HEADERS = ['if-match', 'if-none-match', 'last-event-id'];

/** @param valueBytesMax what a body may have; the store refuses large values before that */
export function kvMount(calls: LocalCalls, valueBytesMax: number): Mount {
  const listener: RequestListener = (request, response) => {
    new KvExchange(calls, valueBytesMax, request, response).run();
  };
  // A value may be of any type. PUT and DELETE are nothing that a page of another origin can do without asking.
  return { prefix: PREFIX, listener, bodies: 'forms', requestHeaders: CONDITION_HEADERS };
}

class KvExchange {
  readonly #rpc: RpcClient;
  readonly #valueBytesMax: number;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(
    calls: LocalCalls,
    valueBytesMax: number,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.#rpc = new RpcClient(calls, callerOf(request));
    this.#valueBytesMax = valueBytesMax;
    this.#request = request;
    this.#response = response;
  }

  run(): void {
    try {
      this.#dispatch(this.#request.method ?? 'GET');
    } catch (error) {
      this.#fail(error);
    }
  }

  #dispatch(method: string): void {
    if (!['GET', 'HEAD', 'PUT', 'DELETE'].includes(method)) throw methodNotAllowed(method);
    const query = queryOf(method, this.#request);
    const conditions = conditionsOf(this.#request.headers);
    const rpc = this.#rpc;
    const isRead = method === 'GET' || method === 'HEAD';
    const isWatch = isRead && query.has('watch') && query.flag('watch');
    if (!isWatch) answerLate(this.#request);
    if (method === 'PUT') {
      return onBody(
        this.#request,
        this.#response,
        this.#valueBytesMax,
        (body) => this.#answer(writeKey(rpc, query, conditions, body)),
        (why) => this.#fail(bodyProblem(why, this.#valueBytesMax)),
      );
    }
    const isPrefix = query.flag('prefix');
    if (isPrefix && (conditions.ifMatch ?? conditions.ifNoneMatch) !== undefined) {
      throw new Problem(400, 'If-Match and If-None-Match go with one key, not with a prefix');
    }
    if (method === 'DELETE') {
      this.#answer(isPrefix ? deletePrefix(rpc, query) : deleteKey(rpc, query, conditions));
    } else if (isWatch) {
      watchKeys(rpc, query, this.#request, this.#response);
    } else {
      this.#answer(isPrefix ? listKeys(rpc, query) : readKey(rpc, query, conditions));
    }
  }

  #answer(reply: Promise<KvReply>): void {
    void reply.then(
      (value) => this.#send(value),
      (error: unknown) => this.#fail(error),
    );
  }

  /** Anything but a problem is a defect and goes up. */
  #fail(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    this.#send(problemReply(error));
  }

  #send(reply: KvReply): void {
    sendReply(this.#request, this.#response, reply);
  }
}

const bodyProblem = (why: BodyFailure, bytesMax: number): Problem =>
  why === 'too large'
    ? new Problem(413, `a value has ${bytesMax} bytes at most, and less by --max-request-bytes`)
    : new Problem(408, 'the body did not come in time');

/** A key is taken literally, `//` and `..` included. */
function queryOf(method: string, request: IncomingMessage): KvQuery {
  const { path, parameters } = targetOf(request);
  if (!path.startsWith(PREFIX)) throw new Problem(404, 'keys are below /kv/');
  return new KvQuery(method, path.slice(PREFIX.length), new URLSearchParams(parameters));
}
