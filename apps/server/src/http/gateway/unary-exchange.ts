/** One JSON object in, one out: the exchange behind every RPC that does not stream. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonOfWire, StatusCode, type MethodDescriptor } from '@concord/protocol';
import type { LocalCalls, LocalStatus } from '../../rpc/local-call.ts';
import { callerOf } from '../caller.ts';
import { onBody } from '../request-body.ts';
import { bodyStatus, messageOfBody, type GatewayLimits } from './request-message.ts';
import { sendFailure, sendMessage, sendRefusal } from './reply.ts';

const DEADLINE_EXCEEDED: LocalStatus = {
  code: StatusCode.DEADLINE_EXCEEDED,
  message: 'context deadline exceeded',
};

/** No call is over in less, and no timer is faster. */
const SHORTEST_MS = 1;

export function exchangeUnary(
  calls: LocalCalls,
  method: MethodDescriptor,
  limits: GatewayLimits,
  timeoutMs: number | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const expire = (): void => sendRefusal(request, response, DEADLINE_EXCEEDED);
  // The answer to a call that has run out of time is not waited for; what it does is done all the same.
  const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
  response.once('close', () => clearTimeout(timer));
  const refuse = (status: LocalStatus): void => sendRefusal(request, response, status);
  onBody(
    request,
    response,
    limits.bodyBytesMax,
    (body) => {
      if (response.headersSent) return;
      const message = messageOfBody(method, body, limits);
      if ('code' in message) refuse(message);
      else if (timeoutMs !== undefined && timeoutMs < SHORTEST_MS) expire();
      else void answer(calls, method, message.wire, request, response);
    },
    (why) => refuse(bodyStatus(why)),
  );
}

async function answer(
  calls: LocalCalls,
  method: MethodDescriptor,
  wire: Uint8Array,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Who waits for a lock and goes away is to leave nothing in line.
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const outcome = await calls.unary(method.path, wire, callerOf(request), gone.signal);
  if (response.headersSent) return;
  if (outcome.kind === 'failed') sendFailure(request, response, outcome);
  else sendMessage(request, response, jsonOfWire(method.response.name, outcome.response));
}
