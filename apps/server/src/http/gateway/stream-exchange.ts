/**
 * An RPC that streams: JSON values in, one after the other, as long as the body goes on; lines of JSON out, as long as
 * the stream does. The client going away ends the call.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonOfWire, JsonError, StatusCode, type MethodDescriptor } from '@concord/protocol';
import type { LocalCalls, LocalStatus, LocalStream } from '../../rpc/local-call.ts';
import { callerOf } from '../caller.ts';
import { spareFromTimeout } from '../http-server.ts';
import { onBody } from '../request-body.ts';
import { ANSWERED_HEAD, endEmpty, JSON_HEAD, sendRefusal } from './reply.ts';
import { bodyStatus, messageOfBody, messageOfJson, type GatewayLimits } from './request-message.ts';
import { errorLine, httpStatusOf } from './status-json.ts';
import { ValueSequence } from './value-sequence.ts';

const LINE: readonly [string, string] = ['{"result":', '}\n'];

/** How long a client may go on with a body after the answer: a cut connection could take the answer with it. */
const LINGER_MS = 1_000;

export function exchangeStream(
  calls: LocalCalls,
  method: MethodDescriptor,
  limits: GatewayLimits,
  timeoutMs: number | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const begin = (): StreamExchange =>
    new StreamExchange(calls, method, limits, timeoutMs, request, response);
  if (method.kind === 'bidi') return begin().readOn();
  onBody(
    request,
    response,
    limits.bodyBytesMax,
    (body) => {
      const message = messageOfBody(method, body, limits);
      if ('code' in message) sendRefusal(request, response, message);
      else begin().ask(message.wire);
    },
    (why) => sendRefusal(request, response, bodyStatus(why)),
  );
}

class StreamExchange {
  readonly #method: MethodDescriptor;
  readonly #limits: GatewayLimits;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #stream: LocalStream;
  #hasInputEnded = false;

  constructor(
    calls: LocalCalls,
    method: MethodDescriptor,
    limits: GatewayLimits,
    timeoutMs: number | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.#method = method;
    this.#limits = limits;
    this.#request = request;
    this.#response = response;
    this.#stream = calls.stream(method.path, callerOf(request), {
      message: (bytes) => this.#write(bytes),
      ended: (status) => this.#end(status),
      ready: () => request.resume(),
    });
    response.on('drain', () => this.#stream.drained());
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => this.#expire(), timeoutMs);
    response.once('close', () => {
      clearTimeout(timer);
      this.#stream.cancel();
    });
  }

  /** The one message of an RPC that streams its answer alone. */
  ask(wire: Uint8Array): void {
    this.#stream.send(wire);
    this.#stream.halfClose();
  }

  /** Sends each value of the body as it comes. As in etcd, what is no message ends what the client says, silently. */
  readOn(): void {
    spareFromTimeout(this.#request);
    const values = new ValueSequence(this.#limits.bodyBytesMax);
    this.#request.on('data', (chunk: Buffer) => {
      if (this.#hasInputEnded) return;
      try {
        values.push(chunk, (json) => this.#send(json));
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        this.#endInput();
      }
    });
    this.#request.on('end', () => this.#endInput());
  }

  #send(json: Buffer): void {
    if (this.#hasInputEnded) return;
    const message = messageOfJson(this.#method, json, this.#limits);
    if ('code' in message) {
      this.#stream.cancel();
      this.#end(message);
    } else if (!this.#stream.send(message.wire)) this.#request.pause();
  }

  #endInput(): void {
    if (this.#hasInputEnded) return;
    this.#hasInputEnded = true;
    this.#stream.halfClose();
  }

  #write(bytes: Uint8Array): boolean {
    if (!this.#response.headersSent) this.#response.writeHead(200, [...ANSWERED_HEAD]);
    return this.#response.write(jsonOfWire(this.#method.response.name, bytes, LINE));
  }

  #expire(): void {
    this.#stream.cancel();
    this.#end({ code: StatusCode.DEADLINE_EXCEEDED, message: 'context deadline exceeded' });
  }

  #end(status: LocalStatus): void {
    this.#hasInputEnded = true;
    const response = this.#response;
    // The rest of the body is of no interest, but it is in the way of the next request; and it may have no end.
    this.#request.resume();
    response.once('finish', () => {
      setTimeout(() => this.#request.complete || this.#request.destroy(), LINGER_MS).unref();
    });
    if (status.code === StatusCode.OK) {
      if (response.headersSent) response.end();
      else endEmpty(response);
      return;
    }
    if (!response.headersSent) response.writeHead(httpStatusOf(status.code), [...JSON_HEAD]);
    response.end(errorLine(status));
  }
}
