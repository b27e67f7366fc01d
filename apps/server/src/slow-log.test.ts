/** Goal: who reads the log at night learns what was slow and what it waited for, in few lines, without any value. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KV, PutRequest, etcdErrors } from '@concord/protocol';
import type { Command } from '@concord/kv';
import type { Log } from './log.ts';
import { IndexTimes } from './metrics/index-times.ts';
import { SlowLog } from './slow-log.ts';

type Line = Record<string, unknown>;

function slowLog(times: { logged?: number; durable?: number; applied?: number } = {}) {
  const lines: Line[] = [];
  const warn = (fields: Line, msg: string): void => void lines.push({ ...fields, msg });
  const diskTimes = { logged: new IndexTimes(), durable: new IndexTimes() };
  if (times.logged !== undefined) diskTimes.logged.note(8, times.logged);
  if (times.durable !== undefined) diskTimes.durable.note(8, times.durable);
  const log = { warn } as unknown as Log;
  const slow = new SlowLog({
    log,
    warnApplyMs: 100,
    warnRequestMs: 300,
    diskTimes,
    appliedIndex: () => 7,
    applyBeganMs: () => times.applied ?? 0,
  });
  return { slow, lines };
}

const put: Command = {
  kind: 'put',
  request: PutRequest.create({ key: Buffer.from('/a'), value: Buffer.from('secret') }),
};

test('a slow entry is told as etcd tells it, with its key and without its value', () => {
  const { slow, lines } = slowLog();
  slow.applied(put, etcdErrors.ErrNoSpace, 123.4567);
  assert.deepEqual(lines, [
    {
      took: '123.457ms',
      'expected-duration': '100.000ms',
      prefix: '',
      request: 'put:<key:"/a" value_size:6 >',
      error: etcdErrors.ErrNoSpace.message,
      msg: 'apply request took too long',
    },
  ]);
});

test('a slow write is told with what it waited for', () => {
  const now = performance.now();
  const { slow, lines } = slowLog({ logged: now - 400, durable: now - 300, applied: now - 100 });
  slow.request(KV.methods.put.path, 0, 500);
  const [line = {}] = lines;
  assert.equal(line['msg'], 'request stats');
  assert.equal(line['response type'], '/etcdserverpb.KV/Put');
  const waits = ['queue', 'disk', 'network', 'apply'].map((name) => parseInt(String(line[name])));
  // The clock goes on between this line and the log's.
  for (const [i, expected] of [100, 100, 200, 100].entries()) {
    assert.ok(Math.abs((waits[i] ?? 0) - expected) < 60, waits.join());
  }
});

test('a read waits for no entry, and neither does a write that was refused', () => {
  const { slow, lines } = slowLog({ logged: 1, durable: 2, applied: 3 });
  slow.request(KV.methods.range.path, 0, 500);
  slow.request(KV.methods.put.path, etcdErrors.ErrNoSpace.code, 500);
  assert.deepEqual(
    lines.map((line) => 'queue' in line),
    [false, false],
  );
});

test('when everything is slow, lines are few and say how many they stand for', (t) => {
  const { slow, lines } = slowLog();
  let now = 5000;
  t.mock.method(performance, 'now', () => now);
  for (let i = 0; i < 100; i++) slow.read('key:"a" ', 200);
  now += 1000;
  slow.read('key:"a" ', 200);
  assert.equal(lines.length, 6);
  assert.equal(lines.at(-1)?.['not-logged-before'], 95);
});

test('what is remembered of entries is the last of them', () => {
  const times = new IndexTimes();
  assert.equal(times.at(1), undefined);
  for (let i = 1; i <= 10_000; i++) times.note(i * 2, i);
  assert.equal(times.at(20_000), 10_000);
  assert.equal(times.at(19_999), 10_000);
  assert.equal(times.at(19_998), 9999);
  assert.equal(times.at(20_001), undefined);
  assert.equal(times.at(1), undefined);
});
