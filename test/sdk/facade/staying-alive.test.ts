/**
 * Goal: what is followed or held keeps a process alive until it is closed, also while the cluster is away; what is idle does
 * not. Method: processes that close a thing by a timer which keeps nobody alive: if the process lives to see it, the thing did.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { onEachBackend, type SdkTarget } from '../harness/each-backend.ts';

/** Longer than what some processes that start together are apart. */
const CLOSE_AFTER_MS = 3_000;

/** Runs `body`, which makes a `thing`; answers whether the process lived until that was closed. */
async function stays(
  target: SdkTarget,
  body: string,
  onReady: () => void = () => undefined,
): Promise<boolean> {
  const options = { endpoints: target.endpoints, namespace: target.corner() };
  const script = `
    import { connect } from '@concord/sdk';
    const concord = await connect(${JSON.stringify(options)});
    const { client } = concord;
    let thing;
    ${body}
    console.log('ready');
    setTimeout(async () => {
      console.log('closed');
      await (thing?.release ?? thing?.close)?.call(thing);
    }, ${CLOSE_AFTER_MS}).unref();`;
  const args = ['--conditions=@concord/source', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    if (output === 'ready\n') onReady();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 0, `it was ended after it had said ${JSON.stringify(output)}`);
  assert.match(output, /^ready\n/);
  return output.endsWith('closed\n');
}

const holding = {
  'a watch': `thing = client.watch('a'); await thing.created();`,
  'a mirror': `thing = client.mirror({ prefix: 'a' }); await thing.ready();`,
  'a session': `thing = await client.session();`,
  'a registration': `thing = await concord.registry.register({ name: 'orders', port: 3000 });`,
  'a view of a service': `thing = await concord.discover('orders');`,
  'a live value': `thing = await concord.config.watch('/db/url', { fallback: 'none' });`,
  'a held lock': `thing = await concord.lock.acquire('/jobs');`,
  'a leadership': `thing = await concord.election.campaign('/leader', { value: 'me' });`,
};

const idle = {
  'a client': `await client.kv.put('a', '1');`,
  'a session that is told not to': `thing = await client.session({ keepsProcessAlive: false });`,
  'what was closed': `
    await using view = await concord.discover('orders');
    const value = await concord.config.watch('/db/url', { fallback: 'none' });
    const lock = await concord.lock.acquire('/jobs');
    for (const it of [view, value]) await it.close();
    await lock.release();`,
  'a configuration that is read': `await concord.config.get('/db/url', { fallback: 'none' });`,
};

onEachBackend('a process', (target) => {
  /** What of `bodies` kept its process alive; together, as each process takes a while to start. */
  const staying = async (
    bodies: Readonly<Record<string, string>>,
    onReady?: () => void,
  ): Promise<string[]> => {
    const all = Object.entries(bodies).map(async ([what, body]) =>
      (await stays(target, body, onReady)) ? [what] : [],
    );
    return (await Promise.all(all)).flat();
  };

  test('is kept alive by what it follows and holds, until that is closed', async () => {
    assert.deepEqual(await staying(holding), Object.keys(holding));
  });

  test('is kept alive by what it follows while the cluster is away, too', async () => {
    const { 'a mirror': mirror, 'a view of a service': view, 'a live value': value } = holding;
    const bodies = { mirror, view, value };
    let notReady = Object.keys(bodies).length;
    const cut = (): void => {
      notReady -= 1;
      if (notReady === 0) target.lines.at(0).cut();
    };
    assert.deepEqual(await staying(bodies, cut), Object.keys(bodies));
  });

  test('is not kept alive by what is idle', async () => {
    assert.deepEqual(await staying(idle), []);
  });
});
