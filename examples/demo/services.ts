/** The demo's services: each instance is an HTTP server with a registration, views of what it calls, and settings. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, type Concord, type Registration, type ServiceView } from '@concord/sdk';
import { checkoutSettings, poolSettings, searchSettings } from './settings.ts';

interface Plan {
  readonly name: string;
  readonly version: string;
  readonly zones: readonly string[];
  readonly weight: number;
  /** Services that each request calls. */
  readonly calls: readonly string[];
  /** How long an answer takes. */
  readonly workMs: number;
}

const plans: readonly Plan[] = [
  {
    name: 'storefront',
    version: '4.2.0',
    zones: ['eu-1a', 'eu-1b'],
    weight: 100,
    calls: ['checkout', 'search'],
    workMs: 4,
  },
  {
    name: 'checkout',
    version: '2.9.1',
    zones: ['eu-1a', 'eu-1b', 'eu-1c'],
    weight: 100,
    calls: ['payments', 'inventory'],
    workMs: 8,
  },
  {
    name: 'payments',
    version: '1.14.0',
    zones: ['eu-1a', 'eu-1b', 'eu-1c', 'eu-1a'],
    weight: 200,
    calls: [],
    workMs: 15,
  },
  {
    name: 'inventory',
    version: '3.0.3',
    zones: ['eu-1a', 'eu-1b'],
    weight: 150,
    calls: [],
    workMs: 3,
  },
  {
    name: 'search',
    version: '0.8.0',
    zones: ['eu-1b', 'eu-1c', 'eu-1c'],
    weight: 100,
    calls: [],
    workMs: 6,
  },
];

/** One running instance. */
export interface DemoInstance {
  readonly service: string;
  readonly registration: Registration;
  readonly concord: Concord;
  close(): Promise<void>;
}

export async function startServices(
  endpoints: readonly string[],
  signal: AbortSignal,
): Promise<readonly DemoInstance[]> {
  // Those that are called begin first.
  const instances: DemoInstance[] = [];
  for (const plan of [...plans].reverse()) {
    for (const [number, zone] of plan.zones.entries()) {
      if (signal.aborted) break;
      instances.push(await startInstance(endpoints, plan, zone, number));
    }
  }
  return instances;
}

async function startInstance(
  endpoints: readonly string[],
  plan: Plan,
  zone: string,
  number: number,
): Promise<DemoInstance> {
  const { name, version, weight } = plan;
  const concord = await connect({
    endpoints,
    app: { name, version, labels: { zone, instance: String(number + 1) } },
  });
  const views = await Promise.all(
    plan.calls.map((service) => concord.discover(service, { zone: { prefer: zone } })),
  );
  await Promise.all([
    concord.config.watch(checkoutSettings),
    concord.config.watch(poolSettings),
    concord.config.watch(searchSettings),
  ]);
  const server = await listen(plan, views);
  const { port } = server.address() as AddressInfo;
  const registration = await concord.registry.register({
    ...{ name, port, weight, zone, address: '127.0.0.1', ttl: '10s' },
    labels: { version, team: teams[name] ?? 'platform' },
    metadata: { commit: 'demo', startedBy: 'npm start -- --demo' },
  });
  const close = async (): Promise<void> => {
    // All end at once: nobody is left to see them go.
    await concord.close({ drain: { observers: 'skip' } });
    server.closeAllConnections();
    server.close();
  };
  return { service: name, registration, concord, close };
}

const teams: Readonly<Record<string, string>> = {
  storefront: 'web',
  checkout: 'orders',
  payments: 'orders',
  inventory: 'warehouse',
};

async function listen({ workMs }: Plan, views: readonly ServiceView[]): Promise<Server> {
  const server = createServer((_request, response) => {
    const called = views.map((view) =>
      view.call(({ endpoint }, signal) => fetch(`http://${endpoint}/`, { signal }).then(textOf)),
    );
    const worked = new Promise((resolve) => setTimeout(resolve, workMs * (0.5 + Math.random())));
    Promise.all([...called, worked]).then(
      () => response.end('ok'),
      () => response.writeHead(502).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** An answer is done with when its body is read. */
async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}`);
  return text;
}
