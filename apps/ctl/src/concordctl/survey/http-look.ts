/** One look at a member's HTTP side: what it answers, and what it says the time is. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** As the command line has it: contents, not names of files. */
export interface TlsMaterial {
  readonly ca?: string | Uint8Array | undefined;
  readonly cert?: string | Uint8Array | undefined;
  readonly key?: string | Uint8Array | undefined;
  readonly serverName?: string | undefined;
  readonly isUnverified?: boolean | undefined;
}

export interface HttpPlace {
  readonly url: URL;
  /** Of a Unix socket, where the host of the URL is not what is connected to. */
  readonly socketPath?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Its header `Date`, which counts in seconds; milliseconds since the epoch. */
  readonly dateMs: number | undefined;
  /** By this machine's clock, of the same epoch. */
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
}

/** Of a busy member they are some hundred kilobytes. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** Whoever does not answer in time, or not in HTTP, has not answered: undefined. */
export function httpLook(
  { url, socketPath }: HttpPlace,
  tls: TlsMaterial | undefined,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<HttpAnswer | undefined> {
  return new Promise((resolve) => {
    const sentAtMs = Date.now();
    const { ca, cert, key, serverName, isUnverified } = tls ?? {};
    const options = {
      timeout: timeoutMs,
      ca,
      cert,
      key,
      // A connection of its own: no pool that keeps the process, or tells of an older moment.
      agent: false,
      ...(socketPath !== undefined && { socketPath }),
      ...(serverName !== undefined && { servername: serverName }),
      ...(isUnverified === true && { rejectUnauthorized: false }),
      ...(signal !== undefined && { signal }),
    };
    const ask = url.protocol === 'https:' ? requestHttps : requestHttp;
    const asked = ask(url, options as object, (response) => {
      const answeredAtMs = Date.now();
      const dateMs = Date.parse(response.headers.date ?? '');
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > BODY_BYTES_MAX) asked.destroy();
        else parts.push(part);
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString('utf8'),
          dateMs: Number.isNaN(dateMs) ? undefined : dateMs,
          sentAtMs,
          answeredAtMs,
        }),
      );
      response.on('error', () => resolve(undefined));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.on('close', () => resolve(undefined));
    asked.end();
  });
}
