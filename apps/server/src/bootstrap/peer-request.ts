/**
 * One plain HTTP question to a peer URL of a member that may not know us: `GET /members`, `GET /version`. Uses the
 * certificates that this member shows to other members.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import type { ConnectionOptions } from 'node:tls';

/** A member's list takes 300 bytes a member; a thousand members fit several times. */
const BODY_BYTES_MAX = 1024 * 1024;

/** What connections to `https` peer URLs need: the certificate to show, and who is trusted. */
export type PeerClientTls = ConnectionOptions;

export interface PeerAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Rejects with a reason that a person understands when the whole answer is not there when `signal` aborts. */
export function askPeer(url: string, tls: PeerClientTls, signal: AbortSignal): Promise<PeerAnswer> {
  return new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const options = { agent: false, signal, headers: { connection: 'close' } } as const;
    const request = secure ? https.get(url, { ...options, ...tls }) : http.get(url, options);
    const fail = (error: Error): void => reject(explained(error, signal));
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > BODY_BYTES_MAX) request.destroy(new Error('the answer is too long'));
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
  });
}

function explained(error: Error, signal: AbortSignal): Error {
  if (signal.aborted) return new Error('no answer in time');
  // All addresses of a name refused: the reasons are inside.
  if (error instanceof AggregateError) {
    return new Error(error.errors.map((inner) => (inner as Error).message).join(', '));
  }
  return error;
}
