/** A process that follows services by SSE, thousands of times, and notes how late each change arrives. */
import { Agent, get } from 'node:http';
import { serviceName } from './fleet.ts';

export interface ToSubscribers {
  readonly url: string;
  readonly subscribers: number;
  readonly services: number;
}

export interface FromSubscribers {
  readonly lagsMs: Float64Array;
}

const AT = /"at":"(\d+)"/g;
const BEGINNING_AT_ONCE = 100;

const lags: number[] = [];

/** Resolves with the first bytes: the snapshot that each stream begins with. */
function subscribe(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent: new Agent({ keepAlive: false }) }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
      let isFirst = true;
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        rest += text;
        const end = rest.lastIndexOf('\n\n');
        if (end < 0) return;
        const events = rest.slice(0, end).split('\n\n');
        rest = rest.slice(end + 2);
        if (isFirst) {
          isFirst = false;
          resolve();
        }
        for (const event of events) note(event);
      });
      response.once('error', reject);
    });
    asked.once('error', reject);
  });
}

/** Each instance in a change carries the moment at which it was asked for. */
function note(event: string): void {
  if (!event.includes('event: change')) return;
  const now = Date.now();
  for (const [, at] of event.matchAll(AT)) lags.push(now - Number(at));
}

async function begin({ url, subscribers, services }: ToSubscribers): Promise<void> {
  for (let first = 0; first < subscribers; first += BEGINNING_AT_ONCE) {
    const count = Math.min(BEGINNING_AT_ONCE, subscribers - first);
    await Promise.all(
      Array.from({ length: count }, (_, i) =>
        subscribe(`${url}/v1/services/${serviceName((first + i) % services)}/watch`),
      ),
    );
  }
  process.send?.('ready');
}

process.on('message', (message: ToSubscribers | 'end') => {
  if (message === 'end')
    process.send?.({ lagsMs: Float64Array.from(lags) } satisfies FromSubscribers);
  else void begin(message);
});
