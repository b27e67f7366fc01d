/** Services as a company has them: zones, labels, weights, an operator's decisions, and consumers that discover them. */
import { connect, type Concord } from '@concord/sdk';

const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] as const;

/** Names, with how many instances each has. */
export const exampleServices: Readonly<Record<string, number>> = {
  checkout: 6,
  orders: 12,
  payments: 9,
  catalogue: 8,
  search: 10,
  inventory: 5,
  shipping: 4,
  invoices: 3,
  notifications: 4,
  sessions: 6,
  recommendations: 7,
  'image-resizer': 5,
  'fraud-check': 3,
  'price-feed': 4,
  ledger: 3,
};

/** Longer than a test lasts: nobody heartbeats. */
const TTL = '1h';

type Send = (method: string, path: string, body?: unknown) => Promise<unknown>;

const sendTo =
  (gateway: string): Send =>
  async (method, path, body) => {
    const answer = await fetch(gateway + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };

/** The body that instance number `at` registers with. */
export const exampleInstance = (at: number): Readonly<Record<string, unknown>> => ({
  address: `10.20.${at % 3}.${10 + at}`,
  port: 8080,
  weight: at % 5 === 4 ? 50 : 100,
  ttl: TTL,
  zone: zones[at % zones.length],
  labels: { version: at % 4 === 3 ? '2.14.0' : '2.13.2', tier: at % 2 === 0 ? 'gold' : 'silver' },
  metadata: { shard: at },
  app: { name: 'shop', version: '2.13.2' },
});

/** Registers everything; `gateway` is its address without a slash at the end. */
export async function registerExamples(gateway: string): Promise<void> {
  const send = sendTo(gateway);
  for (const [service, count] of Object.entries(exampleServices)) {
    for (let at = 0; at < count; at += 1) {
      await send('PUT', `/v1/services/${service}/instances/${service}-${at}`, exampleInstance(at));
    }
  }
  await send('PUT', '/v1/services/orders/instances/orders-7/override', {
    weight: 10,
    reason: 'slow disk, INC-2231',
    until: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await send('POST', '/v1/services/payments/instances/payments-2/drain?wait=0s');
  await send('PATCH', '/v1/services/search/instances/search-3', { state: 'starting' });
}

/** Programs that discover `service`; they acknowledge what they have seen until they are disposed of. */
export async function consumersOf(
  endpoints: readonly string[],
  service: string,
  names: readonly string[],
): Promise<AsyncDisposable> {
  const consumers: Concord[] = [];
  for (const name of names) {
    const concord = await connect({ endpoints: [...endpoints], app: { name } });
    await concord.registry.discover(service, { waitFor: 1 });
    consumers.push(concord);
  }
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(consumers.map((concord) => concord.close()));
    },
  };
}
