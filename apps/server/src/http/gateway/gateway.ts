/**
 * etcd's JSON gateway: every RPC as a POST of JSON or over a WebSocket, below `/v3/` and the prefixes that older versions had. It calls the
 * member's own RPCs, so that whatever holds for a remote call holds here.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Election, Lock, StatusCode, Watch } from '@concord/protocol';
import type { LocalCalls } from '../../rpc/local-call.ts';
import { clientNameOf, timeoutMsOf, unreadableHeader } from '../caller.ts';
import { answerLate } from '../http-server.ts';
import type { Mount } from '../router.ts';
import { cleaned, isClean, methodAt, pathOf } from './gateway-path.ts';
import { sendNameUnused, sendRedirect, sendRoutingError } from './reply.ts';
import { gatewayLimits, type GatewayLimits } from './request-message.ts';
import { exchangeStream } from './stream-exchange.ts';
import { exchangeUnary } from './unary-exchange.ts';
import { WebSockets } from './web-sockets.ts';

/** RPCs whose answer may be for an event to come, and that end with the client. */
const WAITING: ReadonlySet<string> = new Set([
  Watch.methods.watch.path,
  Lock.methods.lock.path,
  Election.methods.campaign.path,
  Election.methods.observe.path,
]);

/** Prefixes of the same API: from 3.4 on, in 3.3 and 3.4, up to 3.3. */
const PREFIXES = ['/v3/', '/v3beta/', '/v3alpha/'];

/** Whether a request shows a certificate whose name would say who calls, by gRPC: here it never does. */
type HasUnusedName = (request: IncomingMessage) => boolean;

export class Gateway {
  readonly mounts: readonly Mount[];
  readonly #webSockets: WebSockets;

  /**
   * @param messageBytesMax what a remote call may send at most
   * @param isNameAUser whether the common name of a certificate says who calls, by gRPC: here it never does
   */
  constructor(calls: LocalCalls, messageBytesMax: number, isNameAUser: () => boolean) {
    const limits = gatewayLimits(messageBytesMax);
    const hasUnusedName: HasUnusedName = (request) => isNameAUser() && clientNameOf(request) !== '';
    this.#webSockets = new WebSockets({ calls, limits });
    this.mounts = PREFIXES.map((prefix) => {
      const { takes, take } = this.#webSockets.at(prefix);
      return {
        prefix,
        listener: listenerAt(prefix, calls, limits, hasUnusedName),
        upgrade: { takes: (request) => takes(request) && !hasUnusedName(request), take },
      };
    });
  }

  /** Ends what would not end by itself. */
  stop(): void {
    this.#webSockets.stop();
  }
}

function listenerAt(
  prefix: string,
  calls: LocalCalls,
  limits: GatewayLimits,
  hasUnusedName: HasUnusedName,
): RequestListener {
  return (request, response) => {
    if (hasUnusedName(request)) return drop(request, () => sendNameUnused(response));
    const path = pathOf(request);
    if (!isClean(path)) {
      return drop(request, () => sendRedirect(response, cleaned(path)));
    }
    const method = methodAt(prefix, path);
    if (method === undefined) return refuse(request, response, StatusCode.NOT_FOUND, 'Not Found');
    if (request.method !== 'POST') {
      return refuse(request, response, StatusCode.UNIMPLEMENTED, 'Method Not Allowed');
    }
    const header = unreadableHeader(request);
    if (header !== undefined) {
      return refuse(request, response, StatusCode.INVALID_ARGUMENT, header);
    }
    const timeoutMs = timeoutMsOf(request);
    if (timeoutMs === 'invalid') {
      const text = `invalid grpc-timeout: ${String(request.headers['grpc-timeout'])}`;
      return refuse(request, response, StatusCode.INVALID_ARGUMENT, text);
    }
    if (!WAITING.has(method.path)) answerLate(request);
    const exchange = method.kind === 'unary' ? exchangeUnary : exchangeStream;
    exchange(calls, method, limits, timeoutMs, request, response);
  };
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  message: string,
): void {
  drop(request, () => sendRoutingError(response, { code, message }));
}

/** Answers without looking at the body, which has to go before the next request can come. */
function drop(request: IncomingMessage, answer: () => void): void {
  request.resume();
  answer();
}
