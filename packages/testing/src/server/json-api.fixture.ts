/** etcd's JSON API for tests of this package, which has no client of its own; each call on a connection of its own. */
import { request } from 'node:http';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What the server answers, be it a failure. Rejects where it can't be reached. */
export function call(
  endpoint: string | undefined,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${endpoint ?? ''}/v3/${path}`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json' },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('error', reject);
      response.on('end', () => resolve(JSON.parse(text) as Record<string, unknown>));
    });
    sent.end(JSON.stringify(body));
  });
}

export async function put(
  endpoint: string | undefined,
  key: string,
  lease?: unknown,
): Promise<void> {
  await call(endpoint, 'kv/put', { key: base64(key), value: base64('here'), lease });
}

export async function has(endpoint: string | undefined, key: string): Promise<boolean> {
  return (await call(endpoint, 'kv/range', { key: base64(key) }))['kvs'] !== undefined;
}
