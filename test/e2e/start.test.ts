/** `npm start -- --members 3`: a cluster on this machine that serves, stops cleanly, and is there again the next time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { freePortRun, start } from './npm-start.ts';

test('three members serve what one of them was told, and do so after a second start', async () => {
  const clientPort = await freePortRun(8);
  const gateway = ['--gateway-port', String(clientPort + 6)];
  const endpoints = [0, 2, 4].map((offset) => `127.0.0.1:${clientPort + offset}`);
  const key = Buffer.from('greeting');
  const at = async <Answer>(
    i: number,
    ask: (client: WireClient) => Promise<Answer>,
  ): Promise<Answer> => {
    const client = new WireClient(endpoints[i] ?? '');
    try {
      return await ask(client);
    } finally {
      client.close();
    }
  };

  const first = await start('--members', '3', '--client-port', String(clientPort), ...gateway);
  assert.match(first.lines.join('\n'), new RegExp(`etcdctl --endpoints ${endpoints.join()} put`));
  await at(0, (client) => client.must('Put', { key, value: Buffer.from('hello') }));
  const { members } = await at(1, (client) => client.must('MemberList', {}));
  assert.deepEqual(members.map(({ name }) => name).sort(), ['m1', 'm2', 'm3']);
  const shown = await fetch(`http://127.0.0.1:${clientPort + 6}/v1/cluster/members`);
  assert.equal(((await shown.json()) as { members: unknown[] }).members.length, 3);
  const page = await fetch(`http://127.0.0.1:${clientPort + 6}/`);
  assert.match(await page.text(), /<div id="root">/);
  assert.equal(await first.stop(), 0);
  assert.equal(first.lines.filter((line) => /^m[123] \| .* stopped$/.test(line)).length, 3);

  const second = await start(...gateway);
  const { kvs } = await at(2, (client) => client.must('Range', { key }));
  assert.equal(kvs[0]?.value.toString(), 'hello');
  assert.equal(await second.stop(), 0);
});
