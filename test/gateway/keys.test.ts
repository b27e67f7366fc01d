/** `/v1/keys`, `/v1/key-folders`, `/v1/leases`: the store as it lies there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '@concord/sdk';
import { EventStream, type StreamEvent } from './harness/event-stream.ts';
import { onEachBackend } from './harness/gateway-process.ts';

interface Shown {
  readonly key: string;
  readonly keyBase64?: string;
  readonly value?: { readonly text?: string; readonly base64?: string };
  readonly modRevision: number;
  readonly isTruncated?: boolean;
  readonly isProtected?: boolean;
}
interface Page {
  readonly items: readonly Shown[];
  readonly revision: number;
  readonly nextCursor?: string;
  readonly count?: number;
}
interface Problem {
  readonly type: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string }[];
}

onEachBackend('keys', (target) => {
  const path = (key: string): string => `/v1/keys/${encodeURIComponent(key)}`;
  const put = (key: string, text: string, headers = {}) =>
    target.gateway.json<{ revision: number }>('PUT', path(key), {
      body: { value: { text } },
      headers,
    });

  test('a walk through many keys shows each of them once, at one revision', async () => {
    const prefix = `${target.name('walk')}/`;
    for (let i = 0; i < 25; i += 1) await put(`${prefix}${String(i).padStart(2, '0')}`, `v${i}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    let revision: number | undefined;
    do {
      const query = new URLSearchParams({ prefix, limit: '7', ...(cursor && { cursor }) });
      const { body } = await target.gateway.json<Page>('GET', `/v1/keys?${query.toString()}`);
      if (revision === undefined) assert.equal(body.count, 25);
      revision ??= body.revision;
      assert.equal(body.revision, revision);
      seen.push(...body.items.map(({ key }) => key.slice(prefix.length)));
      cursor = body.nextCursor;
      // What is written meanwhile is of a later revision, and not in this walk.
      await put(`${prefix}zz`, 'later');
    } while (cursor !== undefined);
    assert.deepEqual(
      seen,
      [...Array(25).keys()].map((i) => String(i).padStart(2, '0')),
    );
  });

  test('folders are told from keys, and counted', async () => {
    const prefix = `${target.name('tree')}/`;
    for (const key of ['a', 'b/1', 'b/2', 'c/d/e']) await put(prefix + key, 'x');
    const { body } = await target.gateway.json<{
      items: { name: string; isFolder: boolean; count: number }[];
    }>('GET', `/v1/key-folders?prefix=${encodeURIComponent(prefix)}`);
    assert.deepEqual(
      body.items.map(({ name, isFolder, count }) => [name, isFolder, count]),
      [
        ['a', false, 1],
        ['b/', true, 2],
        ['c/', true, 1],
      ],
    );
  });

  test('a search finds a part of a key, page by page', async () => {
    const prefix = `${target.name('search')}/`;
    for (let i = 0; i < 6; i += 1)
      await put(`${prefix}${i}-${i % 2 === 0 ? 'even' : 'odd'}`, `v${i}`);
    const first = await target.gateway.json<Page>(
      'GET',
      `/v1/keys?prefix=${encodeURIComponent(prefix)}&search=even&limit=2`,
    );
    assert.deepEqual(
      first.body.items.map(({ value }) => value?.text),
      ['v0', 'v2'],
    );
    const second = await target.gateway.json<Page>(
      'GET',
      `/v1/keys?prefix=${encodeURIComponent(prefix)}&search=even&limit=2&cursor=${first.body.nextCursor ?? ''}`,
    );
    assert.deepEqual(
      second.body.items.map(({ value }) => value?.text),
      ['v4'],
    );
  });

  test('of two writers who read the same, one is told that it has changed', async () => {
    const key = target.name('cas');
    const created = await put(key, 'first', { 'if-none-match': '*' });
    assert.equal(created.status, 200);
    assert.equal((await put(key, 'again', { 'if-none-match': '*' })).status, 412);
    const etag = (await target.gateway.json('GET', path(key))).headers.get('etag') ?? '';
    assert.equal((await put(key, 'ann', { 'if-match': etag })).status, 200);
    const late = await put(key, 'bob', { 'if-match': etag });
    assert.equal(late.status, 412);
    assert.match((late.body as unknown as Problem).detail, /stands at revision \d+/);
    const { body } = await target.gateway.json<Shown>('GET', path(key));
    assert.equal(body.value?.text, 'ann');
    const unread = await put(key, 'x', { 'if-match': 'W/"weak"' });
    assert.equal(unread.status, 400, 'a condition that is not understood is never ignored');
  });

  test('the past of a key is shown, newest first, and as it was at a revision', async () => {
    const key = target.name('past');
    const revisions: number[] = [];
    for (const text of ['one', 'two', 'three'])
      revisions.push((await put(key, text)).body.revision);
    const { body } = await target.gateway.json<{ items: Shown[]; isComplete: boolean }>(
      'GET',
      `${path(key)}/history`,
    );
    assert.deepEqual(
      body.items.map(({ value }) => value?.text),
      ['three', 'two', 'one'],
    );
    assert.equal(body.isComplete, true);
    const then = await target.gateway.json<Shown>('GET', `${path(key)}?revision=${revisions[1]}`);
    assert.equal(then.body.value?.text, 'two');
  });

  test('keys and values that are no text come and go as they are', async () => {
    const key = Buffer.from([0xff, 0x00, 0xfe, 0x2f]);
    const at = `/v1/keys/${key.toString('base64url')}?encoding=base64url`;
    const value = Buffer.from([0xc3, 0x28]).toString('base64');
    const written = await target.gateway.json('PUT', at, { body: { value: { base64: value } } });
    assert.equal(written.status, 200);
    const { body } = await target.gateway.json<Shown>('GET', at);
    assert.equal(body.keyBase64, key.toString('base64'));
    assert.deepEqual(body.value, { base64: value });
    assert.equal((await target.gateway.json('DELETE', at)).status, 200);
    assert.equal((await target.gateway.json('GET', at)).status, 404);
  });

  test('a list shows the beginning of a long value, and cuts no character', async () => {
    const key = target.name('long');
    await put(key, 'ä'.repeat(300));
    const { body } = await target.gateway.json<Page>(
      'GET',
      `/v1/keys?prefix=${key}&valueBytesMax=101`,
    );
    assert.deepEqual(body.items[0]?.value, { text: 'ä'.repeat(50) });
    assert.equal(body.items[0].isTruncated, true);
  });

  test("the gateway's own secrets are listed, and neither shown nor written", async () => {
    await using concord = await connect({ endpoints: [target.server.endpoint] });
    const key = `/concord/gateway/tokens/${target.name('t')}`;
    await concord.client.kv.put(key, 'hash');
    const { body } = await target.gateway.json<Shown>('GET', path(key));
    assert.equal(body.value, undefined);
    assert.equal(body.isProtected, true);
    assert.equal((await put(key, 'mine')).status, 403);
  });

  test('changes are followed, and nothing is missed by who comes back', async () => {
    const prefix = `${target.name('watch')}/`;
    const url = `${target.gateway.url}/v1/keys/watch?prefix=${encodeURIComponent(prefix)}`;
    const puts = (events: readonly StreamEvent[]): unknown[] =>
      events.flatMap(({ data }) => data.put ?? []).map((entry) => entry['key']);
    using stream = await EventStream.open(url);
    await stream.until((events) => events.some(({ name }) => name === 'begin'));
    await put(`${prefix}a`, '1');
    await stream.until((events) => puts(events).length === 1);
    const place = stream.lastEventId;
    stream[Symbol.dispose]();
    await put(`${prefix}b`, '2');
    await target.gateway.json('DELETE', path(`${prefix}a`));
    using again = await EventStream.open(url, place);
    await again.until((events) => events.some(({ data }) => data.deleted?.length === 1));
    assert.deepEqual(puts(again.events), [`${prefix}b`]);
  });

  test('a lease is shown with its keys, and takes them along when it is ended', async () => {
    await using concord = await connect({ endpoints: [target.server.endpoint] });
    const { lease } = await concord.client.leases.grant('60s');
    const key = target.name('leased');
    const id = lease.toString(16);
    await target.gateway.json('PUT', path(key), { body: { value: { text: 'x' }, lease: id } });
    const { body } = await target.gateway.json<{ keys: string[]; ttlMs: number }>(
      'GET',
      `/v1/leases/${id}`,
    );
    assert.deepEqual([body.keys, body.ttlMs], [[key], 60_000]);
    assert.equal((await target.gateway.json('DELETE', `/v1/leases/${id}`)).status, 200);
    assert.equal((await target.gateway.json('GET', path(key))).status, 404);
    assert.equal((await target.gateway.json('DELETE', `/v1/leases/${id}`)).status, 404);
  });

  test('what cannot be meant is answered with the field that is wrong', async () => {
    const cases: readonly (readonly [string, string, unknown, string])[] = [
      ['GET', '/v1/keys?limit=0', undefined, 'query.limit'],
      ['GET', '/v1/keys?cursor=x', undefined, 'query.cursor'],
      ['GET', '/v1/leases/xyz', undefined, 'path.lease'],
      ['PUT', '/v1/keys/a', { value: 5 }, 'body.value'],
      ['PUT', '/v1/keys/a', { value: { base64: '%' } }, 'body.value'],
    ];
    for (const [method, url, body, field] of cases) {
      const answer = await target.gateway.json<Problem>(method, url, { body });
      assert.equal(answer.status, 400, `${method} ${url}`);
      assert.ok(
        answer.body.errors?.some((fault) => fault.field.startsWith(field)),
        `${method} ${url}: ${JSON.stringify(answer.body)}`,
      );
    }
  });
});
