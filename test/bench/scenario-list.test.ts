/**
 * Goal: the figures are of what their names say. Method: on a real server, each prepared call's answer is
 * looked into once, and each scenario runs for a moment without a failed call.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { H2Client } from './h2-client.ts';
import { RequestTemplate } from './key-space.ts';
import { generateLoad } from './generator-process.ts';
import { preload } from './preload.ts';
import { FieldCursor } from './protobuf.ts';
import { SCENARIOS } from './scenario-list.ts';
import { UNARY_CALLS } from './scenarios/unary.ts';
import { ServerUnderTest, concordKind, etcdKind } from './server-under-test.ts';

const SPACE = { keys: 3_000, keyBytes: 32, valueBytes: 256 };
const CALLERS = 20;
const kind = concordKind() ?? etcdKind();

describe('scenarios', { skip: kind === undefined && 'there is neither concord nor etcd' }, () => {
  let folder: string;
  let server: ServerUnderTest;
  let client: H2Client;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'concord-bench-test-'));
    const files = { dataDir: join(folder, 'data'), logFile: join(folder, 'log') };
    server = await ServerUnderTest.start({ kind: kind!, ...files });
    client = await H2Client.connect('127.0.0.1', server.ports.client);
    await preload('127.0.0.1', server.ports.client, SPACE);
  });

  after(async () => {
    client.close();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The answer to a prepared call aimed at a key: how often each field occurs, and its last number. */
  async function answerTo(name: string, index: number): Promise<Map<number, [number, number]>> {
    const call = UNARY_CALLS.find((candidate) => candidate.name === name)!;
    const template = new RequestTemplate(SPACE, call.request(SPACE), call.aheads ?? [0]);
    template.aim(index);
    const answer = await client.request(call.path, template.message);
    const cursor = new FieldCursor().reset(answer, 0, answer.length);
    const fields = new Map<number, [number, number]>();
    for (let field = cursor.next(); field !== 0; field = cursor.next()) {
      fields.set(field, [(fields.get(field)?.[0] ?? 0) + 1, cursor.value]);
    }
    return fields;
  }

  const KVS = 2;
  const COUNT = 4;
  for (const [name, keys] of [
    ['get', 1],
    ['get-serializable', 1],
    ['range-1000', 1_000],
  ] as const) {
    test(`${name} returns ${keys} of the keys, wherever it aims`, async () => {
      for (const index of [0, 1, 999, 1_234, 2_000]) {
        const fields = await answerTo(name, index);
        assert.deepEqual([fields.get(KVS)?.[0], fields.get(COUNT)?.[1]], [keys, keys]);
      }
    });
  }

  test('txn finds its key and puts it', async () => {
    const SUCCEEDED = 2;
    assert.equal((await answerTo('txn', 2_999)).get(SUCCEEDED)?.[1], 1);
  });

  for (const { name } of SCENARIOS) {
    test(`${name} runs without a failed call`, async () => {
      const where = {
        host: '127.0.0.1',
        ports: [server.ports.client],
        serverPids: [server.pid],
      };
      const job = {
        scenario: name,
        callers: CALLERS,
        keySpace: SPACE,
        warmUpSeconds: 0,
        seconds: 0.5,
      };
      const measurement = await generateLoad({ ...where, ...job }, undefined);
      assert.ok(measurement.operationsPerSecond > 0);
      assert.ok(measurement.latency.p50Milliseconds > 0);
      assert.ok(measurement.residentBytes > 0);
    });
  }
});
