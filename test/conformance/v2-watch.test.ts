/**
 * Goal: waits on `/v2/keys` are told what etcd 3.4 tells. Method: the same waits and writes on both, whole answers
 * compared; where Concord does better on purpose (docs/v2-api.md), Concord alone.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exchange, type V2Answer, type V2Request } from './v2/exchange.ts';
import type { Server } from './harness/server.ts';
import { assertSame, Pair, skipReason } from './v2/pair.ts';

const put = (path: string, body = 'value=1'): V2Request => ({
  method: 'PUT',
  path: `/v2/keys${path}`,
  body,
});
const get = (path: string): V2Request => ({ path: `/v2/keys${path}` });
const remove = (path: string): V2Request => ({ method: 'DELETE', path: `/v2/keys${path}` });

/** A wait has reached the server well within this time: it is on the same machine. */
const UNDER_WAY_MS = 100;
/** What a wait that is told nothing is given. */
const SILENT_MS = 400;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('waiting on /v2/keys, on Concord and on etcd', { skip: skipReason }, () => {
  let pair: Pair;
  before(async () => (pair = await Pair.start()));
  after(async () => pair[Symbol.asyncDispose]());

  /** Both are told the same by `wait` while `writes` are done. */
  async function told(wait: V2Request, ...writes: readonly V2Request[]): Promise<V2Answer> {
    const answers = pair.ask(wait);
    await pause(UNDER_WAY_MS);
    for (const write of writes) await pair.same(write);
    const [ours, theirs] = await answers;
    assertSame(ours, theirs, JSON.stringify(wait));
    return ours;
  }

  test('a wait is told of a set, an update, a swap, a deletion and an expiry', async () => {
    await told(get('/w?wait=true'), put('/w'));
    await told(get('/w?wait=true'), put('/w?prevExist=true', 'value=2'));
    await told(get('/w?wait=true'), put('/w?prevValue=2', 'value=3'));
    await told(get('/w?wait=true'), remove('/w'));
    await told(get('/w?wait=true'), put('/w?prevExist=false', 'value=4&ttl=1'));
    await told(get('/w?wait=true'));
  });

  test('metrics count who waits, who has waited, and what has expired', async () => {
    const waitsOf = async (server: Server): Promise<readonly number[]> => {
      const { body } = await exchange(server.clientPort, { path: '/metrics' });
      return ['watch_requests_total', 'watchers', 'expires_total'].map((name) =>
        Number(new RegExp(`^etcd_debugging_store_${name} (\\S+)$`, 'm').exec(body)?.[1]),
      );
    };
    const waits = () => Promise.all([waitsOf(pair.concord), waitsOf(pair.etcd)]);
    const before = await waits();
    const silent = pair.ask({ ...get('/m?wait=true'), milliseconds: SILENT_MS });
    await pause(UNDER_WAY_MS);
    const during = await waits();
    await silent;
    await told(get('/m?wait=true'), put('/m', 'value=1&ttl=1'));
    await told(get('/m?wait=true'));
    const after = await waits();
    for (const at of [0, 1]) {
      const moved = (to: typeof before): readonly number[] =>
        (to[at] ?? []).map((value, i) => value - (before[at]?.[i] ?? 0));
      assert.deepEqual(moved(during), [1, 1, 0]);
      assert.deepEqual(moved(after), [3, 0, 1]);
    }
  });

  test('headers come at once, with the index at which the wait began', async () => {
    const silent = await told({ ...get('/silent?wait=true'), milliseconds: SILENT_MS });
    assert.equal(silent.status, 200);
    assert.equal(silent.body, '');
  });

  test('a recursive wait is told of what is below, another only of its own key', async () => {
    await told(get('/r?wait=true&recursive=true'), put('/r/a/b'));
    const wait = { ...get('/r?wait=true'), milliseconds: SILENT_MS };
    assert.equal((await told(wait, put('/r/a/b'), put('/rr'))).body, '');
    await told(get('/?wait=true&recursive=true'), put('/anything'));
    await told({ ...get('/?wait=true'), milliseconds: SILENT_MS }, put('/anything'));
  });

  test('hidden nodes are told of only to those who wait at them or below', async () => {
    await told(get('/h?wait=true&recursive=true'), put('/h/_x/y'), put('/h/_z'), put('/h/open'));
    await told(get('/h/_x?wait=true&recursive=true'), put('/h/_x/y'));
    await told(get('/h/_z?wait=true'), put('/h/_z'));
    await told(get('/_top?wait=true&recursive=true'), put('/_top/a'));
  });

  test('a refresh is told to nobody, now or later', async () => {
    await pair.same(put('/f'));
    const { headers } = await pair.same(put('/f?prevExist=true&refresh=true', 'ttl=500'));
    const wait = {
      ...get(`/f?wait=true&waitIndex=${headers['x-etcd-index']}`),
      milliseconds: SILENT_MS,
    };
    assert.equal((await told(wait, put('/f?prevExist=true&refresh=true', 'ttl=600'))).body, '');
  });

  test('who waits in a directory is told when it goes', async () => {
    await pair.same(put('/gone/a/b'));
    await told(get('/gone/a/b?wait=true'), remove('/gone?recursive=true'));
    await pair.same(put('/gone/a/b'));
    await told(get('/gone/a?wait=true&recursive=true'), remove('/gone?recursive=true'));
    await pair.same(put('/gone?dir=true', 'ttl=1'));
    await pair.same(put('/gone/x'));
    await told(get('/gone/x?wait=true'));
  });

  test('waitIndex finds every event, each once', async () => {
    const { headers } = await pair.same(put('/i', 'value=0'));
    const first = Number(headers['x-etcd-index']);
    for (let i = 1; i <= 20; i++)
      await pair.same(
        put(`/i${i % 2 === 0 ? '' : '/../j'}`.replace('/i/../j', '/j'), `value=${i}`),
      );
    let next = first;
    const values: string[] = [];
    while (values.length < 11) {
      const { body } = await pair.same(get(`/i?wait=true&waitIndex=${next}`));
      const { node } = JSON.parse(body) as { node: { value: string; modifiedIndex: number } };
      values.push(node.value);
      next = node.modifiedIndex + 1;
    }
    assert.deepEqual(values, ['0', '2', '4', '6', '8', '10', '12', '14', '16', '18', '20']);
    await told(get(`/i?wait=true&waitIndex=${next}`), put('/i', 'value=now'));
    await told(
      get(`/i?wait=true&waitIndex=${next + 3}`),
      put('/i'),
      put('/i'),
      put('/i', 'value=third'),
    );
  });

  test('a stream goes on, and is told of each change once', async () => {
    const stream = { ...get('/s?wait=true&stream=true&recursive=true'), lines: 4 };
    await told(stream, put('/s/a'), put('/other'), put('/s/b'), remove('/s/a'), put('/s/c'));
  });

  test('a quorum read does not wait', async () => {
    await pair.same(put('/quorum'));
    await pair.same(get('/quorum?wait=true&quorum=true'));
  });

  test('a thousand writes later, an index is too old', async () => {
    const { headers } = await pair.same(put('/old'));
    const first = Number(headers['x-etcd-index']);
    // Not compared one by one: only that there are as many.
    for (let i = 0; i < 1000; i++) await pair.ask(put('/filler', `value=${i}`));
    await pair.same(get(`/old?wait=true&waitIndex=${first}`));
    await pair.same(get('/old?wait=true&waitIndex=1'));
    await pair.same(get(`/filler?wait=true&waitIndex=${first + 1}`));
  });

  test('the history is there after a restart, and the index goes on', async () => {
    const { headers } = await pair.same(put('/restart', 'value=before'));
    const index = Number(headers['x-etcd-index']);
    await Promise.all([pair.concord.restart(), pair.etcd.restart()]);
    // etcd counts what a starting member writes about itself, so the indexes are no longer the same.
    for (const request of [get(`/restart?wait=true&waitIndex=${index}`), get('/restart')]) {
      const [ours, theirs] = await pair.ask(request);
      assert.equal(ours.body, theirs.body);
    }
    const wait = pair.ask(get('/restart?wait=true'));
    await pause(UNDER_WAY_MS);
    await pair.ask(put('/restart', 'value=after'));
    for (const { body } of await wait) assert.match(body, /"value":"after"/);
  });
});

describe('waiting on /v2/keys, where Concord does better on purpose', { skip: skipReason }, () => {
  let pair: Pair;
  before(async () => (pair = await Pair.start()));
  after(async () => pair[Symbol.asyncDispose]());

  const ask = (request: V2Request): Promise<V2Answer> => exchange(pair.concord.clientPort, request);
  const actions = ({ body }: V2Answer): string[] =>
    body
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { action: string }).action);

  test('a stream that begins in the past goes on through the present', async () => {
    const { headers } = await ask(put('/s'));
    await ask(put('/s?prevExist=true'));
    const path = `/s?wait=true&stream=true&waitIndex=${headers['x-etcd-index']}`;
    const stream = ask({ ...get(path), lines: 3 });
    await pause(UNDER_WAY_MS);
    await ask(remove('/s'));
    assert.deepEqual(actions(await stream), ['set', 'update', 'delete']);
  });

  test('a stream at a directory that goes is told of it once', async () => {
    await ask(put('/d/x'));
    const stream = ask({ ...get('/d?wait=true&stream=true&recursive=true'), lines: 2 });
    await pause(UNDER_WAY_MS);
    await ask(remove('/d?recursive=true'));
    await ask(put('/d'));
    assert.deepEqual(actions(await stream), ['delete', 'set']);
  });

  test('who waits for something that is not there yet is told when its directory goes', async () => {
    await ask(put('/e/x'));
    const wait = ask(get('/e/later?wait=true'));
    await pause(UNDER_WAY_MS);
    await ask(remove('/e?recursive=true'));
    assert.deepEqual(actions(await wait), ['delete']);
  });

  test('the end of a directory is no news for its namesakes', async () => {
    await ask(put('/foo/x'));
    const { headers } = await ask(remove('/foo?recursive=true'));
    const path = `/foobar?wait=true&waitIndex=${headers['x-etcd-index']}`;
    assert.equal((await ask({ ...get(path), milliseconds: SILENT_MS })).body, '');
  });
});
