/**
 * KV.Range: ranges, history, filters, sorting, cutting, counting, and what may be combined with what.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bytes, everything, names, revisionOf } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import type { RangeRequest, RangeResponse } from './harness/messages.ts';
import { assertFails } from './harness/outcome.ts';

onEachBackend('KV.Range', (target) => {
  test('refuses an empty key, with or without a range end', async () => {
    assertFails(await target.client.call('Range', {}), errors.emptyKey);
    const ranged = await target.client.call('Range', { range_end: bytes('\0') });
    assertFails(ranged, errors.emptyKey);
  });

  test('reads one key, a half-open range, everything from a key on, and everything', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      for (const key of ['\0', 'a', 'a\0', 'ab', 'b', '\xff', '\xff\xff']) {
        await client.must('Put', { key: bytes(key) });
      }
      const keys = async (key: string, range_end: string): Promise<string[]> => {
        const end = range_end === '' ? {} : { range_end: bytes(range_end) };
        const request = { key: bytes(key), ...end };
        return (await client.must('Range', request)).kvs.map((kv) => kv.key.toString('latin1'));
      };
      assert.deepEqual(await keys('a', ''), ['a']);
      assert.deepEqual(await keys('a', 'b'), ['a', 'a\0', 'ab']);
      assert.deepEqual(await keys('a', 'a\0'), ['a']);
      assert.deepEqual(await keys('ab', '\0'), ['ab', 'b', '\xff', '\xff\xff']);
      assert.deepEqual(await keys('\xff', '\0'), ['\xff', '\xff\xff']);
      assert.equal((await keys('\0', '\0')).length, 7);
      assert.deepEqual(await keys('b', 'a'), []);
      assert.deepEqual(await keys('b', 'b'), []);
      assert.deepEqual(await keys('\0', 'a'), ['\0']);
    });
  });

  test('reads the past, where deleted keys live and new ones do not', async () => {
    const { client } = target;
    const corner = target.corner();
    const key = corner.key('a');
    const first = revisionOf(await client.must('Put', { key, value: bytes('1') }));
    await client.must('Put', { key, value: bytes('2') });
    await client.must('DeleteRange', { key });
    await client.must('Put', { key: corner.key('b') });
    const at = async (revision: number): Promise<string[]> => {
      const answer = await client.must('Range', { ...corner.all, revision });
      assert.equal(revisionOf(answer), first + 3, 'the header tells the current revision');
      return answer.kvs.map(
        (kv) => `${String(kv.key.subarray(-1))}${String(kv.value)}v${kv.version}`,
      );
    };
    assert.deepEqual(await at(first - 1), []);
    assert.deepEqual(await at(first), ['a1v1']);
    assert.deepEqual(await at(first + 1), ['a2v2']);
    assert.deepEqual(await at(first + 2), []);
    assert.deepEqual(await at(first + 3), ['bv1']);
    assert.deepEqual(await at(0), ['bv1']);
    assert.deepEqual(await at(-1), ['bv1']);
  });

  test('refuses a future revision, however far', async () => {
    const key = bytes('a');
    const current = await target.client.revision();
    for (const revision of [current + 1, '9223372036854775807']) {
      assertFails(await target.client.call('Range', { key, revision }), errors.futureRevision);
    }
    const latest = { key, revision: '-9223372036854775808' };
    await target.client.must('Range', latest);
  });

  test('serializable reads see what this member has applied', async () => {
    const key = target.corner().key('a');
    await target.client.must('Put', { key });
    const answer = await target.client.must('Range', { key, serializable: true });
    assert.equal(answer.count, '1');
  });

  const corner = { all: everything };
  /** name: create, mod, version and value order all differ from key order. */
  let base = 0;
  before(async () => {
    const { client } = target;
    const place = target.corner();
    corner.all = place.all;
    base = await client.revision();
    const write = async (name: string, value: string): Promise<void> => {
      await client.must('Put', { key: place.key(name), value: bytes(value) });
    };
    await write('d', 'x'); // base+1
    await write('a', 'w'); // base+2
    await write('c', 'z'); // base+3
    await write('b', 'q'); // base+4
    await write('a', 'y'); // base+5, version 2
    await write('a', 'y'); // base+6, version 3
    await write('d', 'x'); // base+7, version 2
    await write('e', 'a'); // base+8
    for (let i = 0; i < 3; i++) await write('e', 'a'); // base+11, version 4
  });

  const range = (request: RangeRequest): Promise<RangeResponse> =>
    target.client.must('Range', { ...corner.all, ...request });

  const orders: readonly [string, string, readonly string[]][] = [
    ['KEY', 'ASCEND', ['a', 'b', 'c', 'd', 'e']],
    ['KEY', 'DESCEND', ['e', 'd', 'c', 'b', 'a']],
    ['KEY', 'NONE', ['a', 'b', 'c', 'd', 'e']],
    ['CREATE', 'ASCEND', ['d', 'a', 'c', 'b', 'e']],
    ['CREATE', 'DESCEND', ['e', 'b', 'c', 'a', 'd']],
    ['CREATE', 'NONE', ['d', 'a', 'c', 'b', 'e']],
    ['MOD', 'ASCEND', ['c', 'b', 'a', 'd', 'e']],
    ['MOD', 'DESCEND', ['e', 'd', 'a', 'b', 'c']],
    ['VALUE', 'ASCEND', ['e', 'b', 'd', 'a', 'c']],
    ['VALUE', 'DESCEND', ['c', 'a', 'd', 'b', 'e']],
  ];
  for (const [sort_target, sort_order, expected] of orders) {
    test(`sorts by ${sort_target} ${sort_order}`, async () => {
      assert.deepEqual(names((await range({ sort_target, sort_order })).kvs), expected);
    });

    test(`cuts after sorting by ${sort_target} ${sort_order}`, async () => {
      // NONE with another target than KEY reads limit+1 keys in key order before it sorts.
      const sorted = sort_order === 'NONE' ? expected.filter((name) => name <= 'c') : expected;
      const answer = await range({ sort_target, sort_order, limit: 2 });
      assert.deepEqual(names(answer.kvs), sorted.slice(0, 2));
      assert.deepEqual([answer.more, answer.count], [true, '5']);
    });
  }

  test('sorts by VERSION, ties in any order', async () => {
    for (const [sort_order, expected] of [
      ['ASCEND', ['1', '1', '2', '3', '4']],
      ['DESCEND', ['4', '3', '2', '1', '1']],
    ] as const) {
      const { kvs } = await range({ sort_target: 'VERSION', sort_order });
      assert.deepEqual(
        kvs.map((kv) => kv.version),
        expected,
      );
    }
  });

  test('reads the whole range before sorting when a filter is given, even without an order', async () => {
    const answer = await range({ sort_target: 'CREATE', limit: 2, min_mod_revision: 1 });
    assert.deepEqual(names(answer.kvs), ['d', 'a']);
  });

  test('refuses a sort order or target it does not know', async (t) => {
    const skip = target.changed({
      since: '3.5.0',
      now: '',
      then: 'the server panics',
      because: '3.4 does not look at the sort options before it sorts',
    });
    if (skip !== '') return t.skip(skip);
    for (const request of [{ sort_order: 3 }, { sort_target: 5 }, { sort_order: -1 }]) {
      const answer = await target.client.call('Range', { ...corner.all, ...request });
      assertFails(answer, errors.invalidSortOption);
    }
  });

  test('cuts to the limit, and tells whether there was more', async () => {
    const cut = async (limit: number): Promise<[number, boolean, string]> => {
      const answer = await range({ limit });
      return [answer.kvs.length, answer.more, answer.count];
    };
    assert.deepEqual(await cut(0), [5, false, '5']);
    assert.deepEqual(await cut(-3), [5, false, '5']);
    assert.deepEqual(await cut(4), [4, true, '5']);
    assert.deepEqual(await cut(5), [5, false, '5']);
    assert.deepEqual(await cut(6), [5, false, '5']);
    const absurd = await range({ limit: '9223372036854775807' });
    assert.deepEqual([absurd.kvs.length, absurd.more], [5, false]);
  });

  test('counts without keys, and the limit does not matter', async () => {
    const answer = await range({ count_only: true, limit: 2 });
    assert.deepEqual([answer.kvs, answer.more, answer.count], [[], false, '5']);
    const filtered = await range({ count_only: true, min_mod_revision: '9223372036854775807' });
    assert.equal(filtered.count, '5');
    const past = await range({ count_only: true, revision: base + 2 });
    assert.equal(past.count, '2');
  });

  test('leaves out the values after sorting by them', async () => {
    const { kvs } = await range({ keys_only: true, sort_target: 'VALUE', sort_order: 'DESCEND' });
    assert.deepEqual(names(kvs), ['c', 'a', 'd', 'b', 'e']);
    for (const kv of kvs) {
      assert.equal(kv.value.length, 0);
      assert.ok(Number(kv.version) >= 1 && Number(kv.mod_revision) > base);
    }
  });

  const filters: readonly [string, (at: number) => RangeRequest, readonly string[]][] = [
    ['min_mod_revision', (at) => ({ min_mod_revision: at + 6 }), ['a', 'd', 'e']],
    ['max_mod_revision', (at) => ({ max_mod_revision: at + 6 }), ['a', 'b', 'c']],
    ['min_create_revision', (at) => ({ min_create_revision: at + 3 }), ['b', 'c', 'e']],
    ['max_create_revision', (at) => ({ max_create_revision: at + 3 }), ['a', 'c', 'd']],
    [
      'all filters at once',
      (at) => ({
        min_mod_revision: at + 4,
        max_mod_revision: at + 7,
        min_create_revision: at + 2,
        max_create_revision: at + 4,
      }),
      ['a', 'b'],
    ],
  ];
  for (const [what, request, expected] of filters) {
    test(`filters by ${what}, bounds included, and counts without the filter`, async () => {
      const answer = await range(request(base));
      assert.deepEqual(names(answer.kvs), expected);
      assert.deepEqual([answer.count, answer.more], ['5', false]);
    });
  }

  test('filters before it cuts', async () => {
    const answer = await range({ min_mod_revision: base + 6, limit: 2 });
    assert.deepEqual([names(answer.kvs), answer.more], [['a', 'd'], true]);
    const exact = await range({ min_mod_revision: base + 6, limit: 3 });
    assert.deepEqual([names(exact.kvs), exact.more], [['a', 'd', 'e'], false]);
  });

  test('filters what was current at the revision asked for', async () => {
    const answer = await range({ revision: base + 5, min_mod_revision: base + 3 });
    assert.deepEqual(names(answer.kvs), ['a', 'b', 'c']);
  });

  test('a negative filter', async () => {
    const least = await range({ min_mod_revision: -5, min_create_revision: -5 });
    assert.equal(least.kvs.length, 5);
    const most = await range({ max_mod_revision: -5 });
    assert.equal(most.kvs.length, 0);
  });
});
