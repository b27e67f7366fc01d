/**
 * One request to the peer port of another member: the way to a channel, or to a snapshot. Redirects are not followed,
 * and nothing is asked of an address that the membership does not name.
 */
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { parseAddress } from '../config/address.ts';
import { CHANNEL_PROTOCOL } from './channel.ts';
import type { PeerTls } from './peer-tls.ts';

export interface DialOptions {
  readonly url: string;
  readonly path: string;
  readonly method: 'GET' | 'DELETE';
  readonly headers: Record<string, string>;
  readonly tls: Pick<PeerTls, 'dial'> | undefined;
  /** Until the answer's head is there. */
  readonly deadlineMs: number;
}

export type DialOutcome =
  | { readonly kind: 'upgraded'; readonly socket: Socket; readonly head: Buffer }
  | { readonly kind: 'answered'; readonly response: IncomingMessage }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a refusal says, at most. */
const REASON_LENGTH_MAX = 200;

/**
 * Asks, and tells the outcome exactly once, never before it returns.
 *
 * @returns gives up; the outcome is then not told
 */
export function dial(options: DialOptions, done: (outcome: DialOutcome) => void): () => void {
  let isSettled = false;
  const settle = (outcome: DialOutcome): void => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(deadline);
    done(outcome);
  };
  const giveUp = (reason: string): void => {
    request?.destroy();
    settle({ kind: 'failed', reason });
  };
  const deadline = setTimeout(
    () => giveUp(`no answer within ${options.deadlineMs} ms`),
    options.deadlineMs,
  );
  const request = startRequest(options, giveUp);
  request?.on('error', (error) => settle({ kind: 'failed', reason: error.message }));
  request?.on('upgrade', (_response, socket, head) =>
    settle({ kind: 'upgraded', socket: socket, head }),
  );
  request?.on('response', (response) => {
    if (isSettled) response.destroy();
    else settle({ kind: 'answered', response });
  });
  request?.end();
  return () => {
    // Once the outcome is told, the socket is whose it was told to.
    if (isSettled) return;
    isSettled = true;
    clearTimeout(deadline);
    request?.destroy();
  };
}

/** Like `dial`, for an upgrade to a channel. */
export function dialChannel(
  options: Omit<DialOptions, 'method'>,
  done: (outcome: DialOutcome) => void,
): () => void {
  const headers = { ...options.headers, Connection: 'Upgrade', Upgrade: CHANNEL_PROTOCOL };
  return dial({ ...options, method: 'GET', headers }, done);
}

/** Reads the text of a refusal, cut to what a log line takes. */
export function readReason(stream: Duplex | IncomingMessage, done: (text: string) => void): void {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (part: string) => {
    text += part;
    if (text.length > REASON_LENGTH_MAX) stream.destroy();
  });
  stream.on('error', () => undefined);
  stream.on('close', () => done(text.slice(0, REASON_LENGTH_MAX).trim()));
}

function startRequest(
  { url, path, method, headers, tls }: DialOptions,
  failed: (reason: string) => void,
): ClientRequest | undefined {
  try {
    const { scheme, host, port } = parseAddress(url);
    const isSecure = scheme === 'https' || scheme === 'unixs';
    const to = scheme.startsWith('unix') ? { socketPath: host } : { host, port };
    // A connection of its own for each request: none may wait for another in an agent's queue.
    const common = { ...to, path, method, headers, agent: false } as const;
    if (!isSecure) return httpRequest(common);
    if (tls === undefined) throw new Error('this member has no TLS to dial https with');
    return httpsRequest({ ...common, ...tls.dial() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    setImmediate(() => failed(reason));
    return undefined;
  }
}
