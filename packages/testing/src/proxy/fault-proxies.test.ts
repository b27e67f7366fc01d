/** Goal: a plan is the same for the same seed and keeps its promises, and lines of a group fail apart from each other. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { planFaults, type PlannedFault } from './fault-plan.ts';
import { FaultProxies } from './fault-proxies.ts';

test('a plan is drawn from its seed alone, and keeps to its bounds', () => {
  const options = {
    lineCount: 5,
    durationMs: 60_000,
    faultMs: [10, 300],
    calmMs: [5, 100],
  } as const;
  const plan = planFaults({ seed: 1, ...options });
  assert.deepEqual(planFaults({ seed: 1, ...options }), plan);
  assert.notDeepEqual(planFaults({ seed: 2, ...options }), plan);
  assert.equal(new Set(plan.map(({ fault }) => fault.kind)).size, 6);
  let endedMs = 0;
  for (const { atMs, untilMs, lines } of plan) {
    assert.ok(atMs >= endedMs + 5 && untilMs >= atMs + 10 && untilMs <= 60_000);
    assert.ok(lines.length >= 1 && lines.length <= 2 && new Set(lines).size === lines.length);
    endedMs = untilMs;
  }
  assert.ok(plan.length > 100);
});

test('a plan is carried out in order and leaves the lines healed, even when it is given up', async () => {
  await using world = await targets(3);
  await using lines = await FaultProxies.start({ targets: world.endpoints });
  const plan = planFaults({
    seed: 3,
    lineCount: 3,
    durationMs: 400,
    faultMs: [5, 20],
    calmMs: [1, 5],
  });
  const seen: PlannedFault[] = [];
  await lines.carryOut(plan, { onFault: (fault) => seen.push(fault) });
  assert.deepEqual(seen, plan);
  assert.ok(seen.length > 5);
  const giveUp = new AbortController();
  const long = [{ atMs: 0, untilMs: 3_600_000, lines: [0, 1, 2], fault: { kind: 'cut' } }] as const;
  const onFault = (): void => giveUp.abort();
  await lines.carryOut(long, { signal: giveUp.signal, onFault });
  for (const endpoint of lines.endpoints) assert.equal(await ask(endpoint), 'hello');
});

test('one line is cut while the others carry', async () => {
  await using world = await targets(3);
  await using lines = await FaultProxies.start({ targets: world.endpoints });
  lines.at(1).cut();
  assert.deepEqual(await Promise.all(lines.endpoints.map(ask)), ['hello', 'ECONNRESET', 'hello']);
  lines.cut();
  assert.deepEqual(await Promise.all(lines.endpoints.map(ask)), Array(3).fill('ECONNRESET'));
  assert.throws(() => lines.at(3), /no line 3; they are 0 to 2/);
});

test('where one line cannot be had, none is left', async () => {
  await assert.rejects(FaultProxies.start({ targets: ['127.0.0.1:1', 'nowhere'] }), /"nowhere"/);
});

/** Servers that greet. */
async function targets(count: number): Promise<AsyncDisposable & { endpoints: string[] }> {
  const servers = Array.from({ length: count }, () =>
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('hello');
    }),
  );
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    endpoints: servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** What somebody hears who connects: the greeting, or the code of the failure. */
function ask(endpoint: string): Promise<string> {
  const [host = '', port] = endpoint.split(':');
  const socket = connect(Number(port), host);
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  return new Promise((resolve) => {
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
    socket.on('end', () => resolve(heard));
  });
}
