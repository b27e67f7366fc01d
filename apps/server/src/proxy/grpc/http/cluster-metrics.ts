/** `/metrics`: those of a member, fetched from the first endpoint that answers. */
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { PLAIN, type Endpoint, type HttpReply } from '../../../http/router.ts';

const FETCH_MS_MAX = 5000;
/** A member's are some hundred kilobytes. */
const BODY_BYTES_MAX = 64 * 1024 * 1024;

export function clusterMetrics(
  urls: () => readonly string[],
  tls: () => ConnectionOptions,
): Endpoint {
  return async () => {
    for (const url of urls()) {
      try {
        return await fetchText(`${url}/metrics`, tls);
      } catch {
        // The next one is as good.
      }
    }
    return { status: 500, contentType: PLAIN, body: 'Internal server error\n' };
  };
}

function fetchText(url: string, tls: () => ConnectionOptions): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(FETCH_MS_MAX);
    const asking = url.startsWith('https:')
      ? requestSecure(url, { ...tls(), agent: false, signal })
      : requestPlain(url, { agent: false, signal });
    asking.on('error', reject);
    asking.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > BODY_BYTES_MAX) response.destroy(new Error('the metrics are too large'));
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 500,
          contentType: 'text/plain; version=0.0.4',
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asking.end();
  });
}
