/**
 * etcd's JSON gateway: every RPC as a POST of JSON, below `/v3/` and the prefixes that older versions had. It calls the
 * member's own RPCs, so that whatever holds for a remote call holds here.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { StatusCode } from '@concord/protocol';
import type { LocalCalls } from '../../rpc/local-call.ts';
import { clientNameOf, timeoutMsOf, unreadableHeader } from '../caller.ts';
import { targetOf } from '../request-target.ts';
import type { Mount } from '../router.ts';
import { sendNameUnused, sendRedirect, sendRoutingError } from './reply.ts';
import { gatewayLimits } from './request-message.ts';
import { GATEWAY_ROUTES } from './routes.ts';
import { exchangeStream } from './stream-exchange.ts';
import { exchangeUnary } from './unary-exchange.ts';

/** Prefixes of the same API: from 3.4 on, in 3.3 and 3.4, up to 3.3. */
const PREFIXES = ['/v3/', '/v3beta/', '/v3alpha/'];

/**
 * @param messageBytesMax what a remote call may send at most
 * @param isNameAUser whether the common name of a certificate says who calls, by gRPC: here it never does
 */
export function gatewayMounts(
  calls: LocalCalls,
  messageBytesMax: number,
  isNameAUser: () => boolean,
): Mount[] {
  return PREFIXES.map((prefix) => ({
    prefix,
    listener: listenerAt(prefix, calls, messageBytesMax, isNameAUser),
  }));
}

function listenerAt(
  prefix: string,
  calls: LocalCalls,
  messageBytesMax: number,
  isNameAUser: () => boolean,
): RequestListener {
  const limits = gatewayLimits(messageBytesMax);
  return (request, response) => {
    if (isNameAUser() && clientNameOf(request) !== '') {
      return drop(request, () => sendNameUnused(response));
    }
    const path = pathOf(request);
    if (UNCLEAN.test(path)) {
      return drop(request, () => sendRedirect(response, cleaned(path)));
    }
    const method = GATEWAY_ROUTES.get(path.slice(prefix.length));
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
    const exchange = method.kind === 'unary' ? exchangeUnary : exchangeStream;
    exchange(calls, method, limits, timeoutMs, request, response);
  };
}

/** The path, decoded; as it is where it cannot be, and then there is nothing there. */
function pathOf(request: IncomingMessage): string {
  const { path } = targetOf(request);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Empty segments, and those that mean this folder or the one above. */
const UNCLEAN = /\/\/|\/\.\.?(?:\/|$)/;

/** Where a path leads that has such segments. */
function cleaned(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const end = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.map(encodeURIComponent).join('/')}${end}`;
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
