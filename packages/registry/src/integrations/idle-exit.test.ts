import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

/** Leaves everything open: channels, dispatchers, breakers, ejected instances, picks that never ended. */
const program = `
  import { createServer } from 'node:http';
  const load = (path) => import(new URL(path, ${JSON.stringify(import.meta.url)}).href);
  const { MemoryDiscovery } = await load('./discovery.fixture.ts');
  const { EchoClient, EchoServer } = await load('./grpc/echo.fixture.ts');
  const { installGrpc } = await load('./grpc/index.ts');
  const { createDispatcher } = await load('./undici/index.ts');
  const { instanceOf } = await load('../balance/instance.fixture.ts');
  const registry = new MemoryDiscovery({ slowStart: '60s', breaker: { minVolume: 1 } });
  const echo = await EchoServer.start(() => 'a');
  const http = createServer((_, response) => response.end('b')).listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  registry.set('echo', [instanceOf('a', { port: echo.port })]);
  registry.set('http', [instanceOf('b', { port: http.address().port })]);
  installGrpc(registry);
  await new EchoClient('concord:///echo').echo();
  await (await fetch('http://http.concord/', { dispatcher: createDispatcher(registry) })).text();
  for (let n = 0; n < 9; n++) registry.service('http').balancer.pick().report('error');
  registry.service('http').balancer.pick();
  echo.kill();
  http.closeAllConnections();
  http.close();
  console.log('done');
`;

test('a process that is done can exit, whatever it left open', async () => {
  const args = ['--conditions=@concord/source', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const timer = setTimeout(() => child.kill(), 30_000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  assert.equal(output, 'done\n');
  assert.equal(code, 0, 'it had to be killed');
});
