/**
 * One RPC over one WebSocket: the client's messages are its body, piece by piece, and each answer is a message of its
 * own. As over HTTP, an RPC that takes one message takes the first value, and answers as soon as that is whole.
 */
import { jsonOfWire, JsonError, StatusCode, type MethodDescriptor } from '@concord/protocol';
import type { WebSocket } from 'ws';
import type { LocalCaller, LocalCalls, LocalStatus, LocalStream } from '../../rpc/local-call.ts';
import { messageOfJson, type GatewayLimits, type RequestMessage } from './request-message.ts';
import { errorBody, errorLine } from './status-json.ts';
import { ValueSequence } from './value-sequence.ts';

/** The RPC has ended, and the client has been told how (RFC 6455 section 7.4.1). */
export const NORMAL_CLOSURE = 1000;
/** What may wait for a client before the member waits for it. */
const WAITING_BYTES_MAX = 1024 * 1024;
const STREAMED: readonly [string, string] = ['{"result":', '}'];
/** Between two messages, so that numbers at their ends are two. */
const BETWEEN = Buffer.from('\n');

export interface WebSocketCall {
  readonly socket: WebSocket;
  readonly method: MethodDescriptor;
  readonly calls: LocalCalls;
  readonly caller: LocalCaller;
  readonly limits: GatewayLimits;
}

/** Begins the exchange; it ends by itself, with the RPC or with the connection. */
export function exchangeOverWebSocket(call: WebSocketCall): void {
  const { socket, limits } = call;
  const exchange = call.method.kind === 'unary' ? new UnaryCall(call) : new StreamCall(call);
  const values = new ValueSequence(limits.bodyBytesMax);
  let hasInputEnded = false;
  const take = (piece: Buffer): void => {
    if (hasInputEnded) return;
    try {
      values.push(piece, (json) => exchange.take(() => messageOfJson(call.method, json, limits)));
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      hasInputEnded = true;
      exchange.inputFailed(error);
    }
  };
  socket.on('message', (data: Buffer) => {
    take(data);
    take(BETWEEN);
  });
  socket.on('close', () => exchange.gone());
}

/** Sends the last message, and closes. */
function finish(socket: WebSocket, text: Uint8Array | undefined): void {
  if (socket.readyState !== socket.OPEN) return;
  // The client's own goodbye is behind whatever it has said.
  socket.resume();
  if (text !== undefined) socket.send(text, { binary: false });
  socket.close(NORMAL_CLOSURE);
}

interface Exchange {
  /** One value of the client. `read` throws `JsonError` where it is not the message that it should be. */
  take(read: () => RequestMessage): void;
  /** What the client sends is no JSON. */
  inputFailed(error: JsonError): void;
  /** The client has gone away. */
  gone(): void;
}

/** One message in, one out. */
class UnaryCall implements Exchange {
  readonly #call: WebSocketCall;
  readonly #gone = new AbortController();
  #hasAsked = false;

  constructor(call: WebSocketCall) {
    this.#call = call;
  }

  take(read: () => RequestMessage): void {
    if (this.#hasAsked) return;
    const message = read();
    if ('code' in message) return this.#fail(message);
    this.#hasAsked = true;
    void this.#answer(message.wire);
  }

  inputFailed({ message }: JsonError): void {
    if (!this.#hasAsked) this.#fail({ code: StatusCode.INVALID_ARGUMENT, message });
  }

  gone(): void {
    this.#gone.abort();
  }

  async #answer(wire: Uint8Array): Promise<void> {
    const { socket, calls, caller, method } = this.#call;
    const outcome = await calls.unary(method.path, wire, caller, this.#gone.signal);
    if (outcome.kind === 'failed') this.#fail(outcome);
    else finish(socket, jsonOfWire(method.response.name, outcome.response));
  }

  #fail(status: LocalStatus): void {
    this.#hasAsked = true;
    finish(this.#call.socket, errorBody(status));
  }
}

/** Messages out for as long as the RPC goes on; in, one or as many as the client likes. */
class StreamCall implements Exchange {
  readonly #call: WebSocketCall;
  readonly #stream: LocalStream;
  /** The member has been told to wait. */
  #isFull = false;
  #hasAsked = false;

  constructor(call: WebSocketCall) {
    this.#call = call;
    this.#stream = call.calls.stream(call.method.path, call.caller, {
      message: (bytes) => this.#send(bytes),
      ready: () => call.socket.resume(),
      ended: (status) => finish(call.socket, isOk(status) ? undefined : errorMessage(status)),
    });
  }

  take(read: () => RequestMessage): void {
    const isBidi = this.#call.method.kind === 'bidi';
    if (this.#hasAsked && !isBidi) return;
    this.#hasAsked = true;
    const message = read();
    if ('code' in message) return this.#fail(message);
    if (!this.#stream.send(message.wire)) this.#call.socket.pause();
    if (!isBidi) this.#stream.halfClose();
  }

  /** As in etcd, what is no message ends what the client says, silently; only a first one has to be one. */
  inputFailed({ message }: JsonError): void {
    if (this.#call.method.kind === 'bidi') this.#stream.halfClose();
    else if (!this.#hasAsked) this.#fail({ code: StatusCode.INVALID_ARGUMENT, message });
  }

  gone(): void {
    this.#stream.cancel();
  }

  #send(bytes: Uint8Array): boolean {
    const { socket, method } = this.#call;
    socket.send(jsonOfWire(method.response.name, bytes, STREAMED), { binary: false }, () =>
      this.#sent(),
    );
    this.#isFull = socket.bufferedAmount > WAITING_BYTES_MAX;
    return !this.#isFull;
  }

  #sent(): void {
    if (!this.#isFull || this.#call.socket.bufferedAmount > WAITING_BYTES_MAX) return;
    this.#isFull = false;
    this.#stream.drained();
  }

  #fail(status: LocalStatus): void {
    this.#stream.cancel();
    finish(this.#call.socket, errorMessage(status));
  }
}

const isOk = ({ code }: LocalStatus): boolean => code === StatusCode.OK;
/** Without the end of the line that it is over HTTP. */
const errorMessage = (status: LocalStatus): Uint8Array => errorLine(status).subarray(0, -1);
