/**
 * RangeStream, which etcd has since 3.7: merged, its pieces are what Range answers. Concord reports 3.6 and has it too.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, names, revisionOf } from './harness/answers.ts';
import { onEachBackend, type Target } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import type {
  KeyValue,
  RangeRequest,
  RangeResponse,
  RangeStreamResponse,
} from './harness/messages.ts';
import { assertFails } from './harness/outcome.ts';
import type { Failure } from './harness/outcome.ts';

const UNIMPLEMENTED = 12;

const isMissing = ({ backend, server }: Target): boolean =>
  backend.name === 'etcd' && !server.version.atLeast('3.7.0');

async function streamed(target: Target, request: RangeRequest): Promise<RangeResponse> {
  const pieces = await target.client.ask<RangeStreamResponse>('RangeStream', request).all();
  const responses = pieces.map(({ range_response: piece }) => {
    assert.ok(piece !== null, 'every piece is a part of a range');
    return piece;
  });
  const last = responses.at(-1);
  assert.ok(last !== undefined, 'there is at least one piece');
  for (const { header, more, count } of responses.slice(0, -1)) {
    assert.deepEqual([header, more, count], [null, false, '0']);
  }
  const kvs = responses.flatMap((piece): readonly KeyValue[] => piece.kvs);
  return { ...last, kvs };
}

async function failureOf(target: Target, request: RangeRequest): Promise<Failure> {
  return target.client.ask('RangeStream', request).inbox.ended();
}

onEachBackend('RangeStream', (target) => {
  const testHere = (name: string, body: () => Promise<void>): void =>
    void test(name, async (t) => {
      if (isMissing(target)) return t.skip('it came with 3.7');
      await body();
    });

  testHere('comes to what Range answers, whatever is asked of it', async () => {
    const corner = target.corner();
    for (let i = 0; i < 120; i++) {
      const key = corner.key(String(i).padStart(3, '0'));
      await target.client.must('Put', { key, value: bytes('v'.repeat(i)) });
    }
    const past = await target.client.revision();
    await target.client.must('DeleteRange', { key: corner.key('007') });
    const requests: readonly RangeRequest[] = [
      {},
      { limit: 1 },
      { limit: 10 },
      { limit: 11 },
      { limit: 118 },
      { limit: 119 },
      { limit: 500 },
      { limit: -1 },
      { keys_only: true },
      { keys_only: true, limit: 50 },
      { count_only: true },
      { count_only: true, limit: 2 },
      { serializable: true },
      { revision: past },
      { revision: past, limit: 60 },
      { sort_order: 'ASCEND' },
      { sort_order: 'NONE', sort_target: 'KEY' },
    ];
    for (const ask of requests) {
      const request = { ...corner.all, ...ask };
      const whole = await target.client.must('Range', request);
      assert.deepEqual(await streamed(target, request), whole, JSON.stringify(ask));
    }
    for (const key of ['050', 'none']) {
      const request = { key: corner.key(key) };
      assert.deepEqual(await streamed(target, request), await target.client.must('Range', request));
    }
  });

  testHere('refuses what Range refuses, and what cannot be streamed', async () => {
    assert.deepEqual(await failureOf(target, {}), errors.emptyKey);
    const range = target.corner().all;
    assert.deepEqual(
      await failureOf(target, { ...range, sort_order: 9 }),
      errors.invalidSortOption,
    );
    const orders: readonly RangeRequest[] = [
      { sort_order: 'DESCEND' },
      { sort_order: 'ASCEND', sort_target: 'MOD' },
    ];
    for (const order of orders) {
      const message = 'RangeStream does not support custom sort orders';
      assert.deepEqual(await failureOf(target, { ...range, ...order }), {
        code: UNIMPLEMENTED,
        message,
      });
    }
    const filters = ['min_mod', 'max_mod', 'min_create', 'max_create'].map(
      (name) => `${name}_revision`,
    );
    for (const filter of filters) {
      const message = 'RangeStream does not support revision filters';
      assert.deepEqual(await failureOf(target, { ...range, [filter]: 1 }), {
        code: UNIMPLEMENTED,
        message,
      });
    }
    const revision = (await target.client.revision()) + 1;
    assert.deepEqual(await failureOf(target, { ...range, revision }), errors.futureRevision);
  });

  testHere('refuses a compacted revision', async () => {
    const corner = target.corner();
    const key = corner.key('a');
    const revision = revisionOf(await target.client.must('Put', { key }));
    await target.client.must('Put', { key });
    await target.client.must('Compact', { revision: revision + 1 });
    assert.deepEqual(await failureOf(target, { ...corner.all, revision }), errors.compacted);
    assertFails(await target.client.call('Range', { ...corner.all, revision }), errors.compacted);
  });

  testHere(
    'tells one revision, however slowly it is read and whatever is written meanwhile',
    async () => {
      const corner = target.corner();
      const value = Buffer.alloc(100_000, 'x');
      for (let i = 0; i < 120; i++) {
        await target.client.must('Put', { key: corner.key(String(i).padStart(3, '0')), value });
      }
      const before = await target.client.revision();
      const stream = target.client.ask<RangeStreamResponse>('RangeStream', corner.all);
      const first = await stream.inbox.next();
      stream.pause();
      for (let i = 0; i < 120; i++) {
        await target.client.must('Put', {
          key: corner.key(String(i).padStart(3, '0')),
          value: bytes('new'),
        });
        await target.client.must('Put', { key: corner.key(`${String(i).padStart(3, '0')}new`) });
      }
      stream.resume();
      const pieces = [first, ...(await stream.all())];
      const kvs = pieces.flatMap(({ range_response: piece }) => piece?.kvs ?? []);
      assert.equal(kvs.length, 120);
      assert.ok(kvs.every((kv) => kv.value.length === value.length));
      assert.equal(names(kvs).at(-1), '119');
      const last = pieces.at(-1)?.range_response;
      assert.equal(last?.header?.revision, String(before));
    },
  );
});
