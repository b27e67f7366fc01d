/**
 * The whole shop on this machine: a member, three payments, two orders, two workers. Ctrl-C stops all of it.
 *
 * Usage: npm run example [-- ENDPOINT ...]     a cluster that is there already, instead of a member of its own
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from '@concord/sdk';
import { startServer } from '@concord/testing';

const given = process.argv.slice(2);
await using member = given.length > 0 ? undefined : await startServer();
const endpoints = given.length > 0 ? given : (member?.endpoints ?? []);
const running = new Set<ChildProcess>();

/** Programs are built by `npm run build`: Node does not run decorators. */
async function start(program: string, weight = 100): Promise<ChildProcess> {
  const environment = {
    ...process.env,
    CONCORD: endpoints.join(),
    PORT: String(await freePort()),
    WEIGHT: String(weight),
  };
  const file = join(import.meta.dirname, `../dist/${program}.js`);
  const child = spawn(process.execPath, ['--conditions=@concord/source', file], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const weights = { payments: [100, 100, 200], orders: [100, 100], worker: [100, 100] };
for (const [program, all] of Object.entries(weights))
  for (const weight of all) await start(program, weight);

await using concord = await connect({ endpoints });
await using payments = await concord.discover('payments', { waitFor: weights.payments.length });
await using orders = await concord.discover('orders', { waitFor: weights.orders.length });
const shown = (view: typeof orders): string =>
  view.snapshot.instances
    .map(({ endpoint, weight }) => `${endpoint} (weight ${weight})`)
    .join(', ');
console.log(`
  The shop is open.   cluster   ${endpoints.join()}
                      orders    ${shown(orders)}
                      payments  ${shown(payments)}

  Buy:      curl -s http://${orders.snapshot.instances[0]?.endpoint}/orders -H 'content-type: application/json' -d '{"order":"1","cents":1200}'
  Reload:   ETCDCTL_API=3 etcdctl --endpoints ${endpoints.join()} put shop/settings '{"currency":"CHF","feeCents":30}'
  Settled:  ETCDCTL_API=3 etcdctl --endpoints ${endpoints.join()} get /shop/settled

  Ctrl-C closes it.
`);

await new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
});
await Promise.all(
  [...running].map((child) => {
    child.kill('SIGTERM');
    return new Promise((resolve) => child.once('exit', resolve));
  }),
);
