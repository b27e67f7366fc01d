/**
 * Goal: configuration by HTTP is the SDK's configuration: what one releases the other sees at once, with the same numbers
 * and histories. Method: the built gateway before a member of each backend, the SDK beside it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@concord/client';
import { Configuration } from '@concord/config';
import { EventStream, stateAfter } from './harness/event-stream.ts';
import { onEachBackend } from './harness/gateway-process.ts';

interface Item {
  readonly release: number;
  readonly revision: number;
  readonly source: string;
  readonly content?: string;
  readonly format: string;
  readonly isMasked: boolean;
  readonly plainKey?: string;
  readonly by?: string;
}
interface Released {
  readonly release: number;
  readonly revision: number;
}
interface Problem {
  readonly status: number;
  readonly type: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}
interface Page<Entry> {
  readonly items: readonly Entry[];
  readonly nextCursor?: string;
}

onEachBackend('configuration by HTTP', (target) => {
  let client: Client;
  let config: Configuration;
  before(async () => {
    client = await Client.connect({ endpoints: [target.server.endpoint], app: { name: 'orders' } });
    config = new Configuration(client, { environment: false });
  });
  after(async () => {
    await config.close();
    await client.close();
  });
  const url = (path: string): string => `/v1/configs/default/${path}`;
  const put = (path: string, body: object, headers: Record<string, string> = {}) =>
    target.gateway.json<Released & Problem>('PUT', url(path), { body, headers });
  const get = (path: string) => target.gateway.json<Item & Problem>('GET', url(path));

  test('what is released by HTTP reaches a watch of the SDK, and the other way round', async () => {
    const path = `${target.name('shop')}/db/url`;
    const live = await config.watch(`/${path}`, { optional: true });
    const updates = live[Symbol.asyncIterator]();
    await updates.next();
    const released = await put(path, { content: 'postgres://a', comment: 'first' });
    assert.equal(released.status, 200);
    assert.equal(released.body.release, 1);
    const update = (await updates.next()) as { value: { value: string } };
    assert.equal(update.value.value, 'postgres://a');
    using stream = await EventStream.open(`${target.gateway.url}${url(path)}/watch`);
    await stream.until((events) => events.length === 1);
    assert.equal(stateAfter(stream.events, 'path').get(path)?.['content'], 'postgres://a');
    const { revision } = await config.release(`/${path}`, 'postgres://b');
    await stream.until((events) => events.length === 2);
    assert.equal(stream.events[1]?.id, revision);
    assert.equal(stateAfter(stream.events, 'path').get(path)?.['content'], 'postgres://b');
    const item = await get(path);
    assert.deepEqual(
      [item.body.release, item.body.content, item.body.by],
      [2, 'postgres://b', 'orders'],
    );
    await live.close();
  });

  test('slashes of a path are the same as they are and percent-encoded', async () => {
    const path = `${target.name('shop')}/a/b`;
    await put(path, { content: 'one' });
    const encoded = encodeURIComponent(path);
    await put(encoded, { content: 'two' });
    for (const form of [path, encoded, `/${path}`, encodeURIComponent(`/${path}`)]) {
      assert.equal((await get(form)).body.release, 2, form);
      const history = await target.gateway.json<Page<Released>>('GET', `${url(form)}/history`);
      assert.deepEqual(
        history.body.items.map(({ release }) => release),
        [2, 1],
        form,
      );
    }
    // An item that is called like an operation.
    await put(encodeURIComponent(`${path}/history`), { content: 'mine' });
    assert.equal((await get(encodeURIComponent(`${path}/history`))).body.content, 'mine');
  });

  test('a write on a condition is done once, and refused when something came in between', async () => {
    const path = target.name('conditional');
    const first = await put(path, { content: '1' }, { 'if-none-match': '*' });
    assert.equal(first.status, 200);
    assert.equal((await put(path, { content: '1' }, { 'if-none-match': '*' })).status, 412);
    const tag = (await get(path)).headers.get('etag') ?? '';
    assert.equal(tag, first.headers.get('etag'));
    const unchanged = await target.gateway.json('GET', url(path), {
      headers: { 'if-none-match': tag },
    });
    assert.equal(unchanged.status, 304);
    assert.equal((await put(path, { content: '2' }, { 'if-match': '"1"' })).status, 200);
    const late = await put(path, { content: '3' }, { 'if-match': tag });
    assert.equal(late.status, 412);
    assert.match(late.body.detail, /release 2/);
    assert.equal((await put(path, { content: '3', base: 1 })).status, 409);
    assert.equal((await put(path, { content: '3' }, { 'if-match': 'W/x' })).status, 400);
  });

  test('a rollback is a new release of old content, and a diff shows what it changes', async () => {
    const path = `${target.name('pool')}.json`;
    await put(path, { content: { max: 5, min: 1 } });
    await put(path, { content: { max: 9, min: 1 } });
    const diff = await target.gateway.json<{ changes: unknown; lines: string[] }>(
      'GET',
      `${url(path)}/diff?from=1&to=2`,
    );
    assert.deepEqual(diff.body.changes, [{ path: 'max', kind: 'changed', before: 5, after: 9 }]);
    assert.ok(diff.body.lines.includes('-  "max": 5,') && diff.body.lines.includes('+  "max": 9,'));
    const back = await target.gateway.json<Released>('POST', `${url(path)}/rollback`, {
      body: { to: 1, comment: 'too many' },
    });
    assert.equal(back.body.release, 3);
    assert.deepEqual(JSON.parse((await get(path)).body.content ?? ''), { max: 5, min: 1 });
    const [newest] = await Array.fromAsync(config.history(path, { limit: 1 }));
    assert.deepEqual([newest?.from, newest?.comment], [1, 'too many']);
    const none = await target.gateway.json<Problem>('POST', `${url(path)}/rollback`, {
      body: { to: 77 },
    });
    assert.equal(none.status, 404);
  });

  test('a plain key is shown as what it is, until something is released over it', async () => {
    const path = `${target.name('plain')}/url`;
    assert.equal((await get(path)).status, 404);
    await client.kv.put(`/${path}`, 'by hand');
    const plain = await get(path);
    assert.deepEqual(
      [plain.body.source, plain.body.content, plain.body.plainKey, plain.body.release],
      ['plain', 'by hand', `/${path}`, 0],
    );
    using stream = await EventStream.open(`${target.gateway.url}${url(path)}/watch`);
    await stream.until((events) => events.length === 1);
    await client.kv.put(`/${path}`, 'by hand again');
    await stream.until((events) => events.length === 2);
    await put(path, { content: 'released' });
    await stream.until((events) => events.length === 3);
    const state = stateAfter(stream.events, 'path').get(path);
    assert.deepEqual([state?.['source'], state?.['content']], ['release', 'released']);
  });

  test('histories and lists come in pages that fit together', async () => {
    const prefix = `${target.name('many')}/`;
    for (let index = 0; index < 5; index++) await put(`${prefix}${index}`, { content: 'x' });
    const listed = async (cursor: Record<string, string>): Promise<Page<{ path: string }>> => {
      const query = new URLSearchParams({ prefix, limit: '2', ...cursor }).toString();
      const answer = await target.gateway.json<Page<{ path: string }>>(
        'GET',
        `/v1/configs/default?${query}`,
      );
      return answer.body;
    };
    const pages: string[][] = [];
    let page = await listed({});
    for (;;) {
      pages.push(page.items.map(({ path }) => path.slice(prefix.length)));
      if (page.nextCursor === undefined) break;
      page = await listed({ cursor: page.nextCursor });
    }
    assert.deepEqual(pages, [['0', '1'], ['2', '3'], ['4']]);
    const path = `${prefix}0`;
    for (let index = 0; index < 4; index++) await put(path, { content: String(index) });
    const first = await target.gateway.json<Page<Released>>('GET', `${url(path)}/history?limit=3`);
    assert.deepEqual(
      first.body.items.map(({ release }) => release),
      [5, 4, 3],
    );
    const rest = await target.gateway.json<Page<Released>>(
      'GET',
      `${url(path)}/history?limit=3&cursor=${first.body.nextCursor ?? ''}`,
    );
    assert.deepEqual(
      rest.body.items.map(({ release }) => release),
      [2, 1],
    );
    assert.equal(rest.body.nextCursor, undefined);
  });

  test('bad requests are refused with the field that is wrong, and where in the document', async () => {
    const path = `${target.name('bad')}.json`;
    const malformed = await put(path, { content: '{"a": 1,\n oops}' });
    assert.equal(malformed.status, 422);
    assert.equal(malformed.body.errors?.[0]?.field, 'body.content');
    assert.match(malformed.body.errors[0].message, /line 2, column 2/);
    const cases: [string, string, object | undefined, number, string][] = [
      ['PUT', url(path), { content: 'x', format: 'xml' }, 400, 'body.format'],
      ['PUT', url(path), { content: '{}', colour: 1 }, 400, 'body.colour'],
      ['PUT', '/v1/configs/de%20fault/x', { content: 'x' }, 400, 'path.namespace'],
      ['PUT', '/v1/configs/default/a%2F..%2Fb', { content: 'x' }, 400, 'path.path'],
      ['GET', `${url(path)}/history?limit=0`, undefined, 400, 'query.limit'],
      ['GET', `${url(path)}/history?cursor=nonsense`, undefined, 400, 'query.cursor'],
      ['GET', `${url(path)}/diff?from=x`, undefined, 400, 'query.from'],
      ['POST', `${url(path)}/rollback`, { to: 0 }, 400, 'body.to'],
    ];
    for (const [method, address, body, status, field] of cases) {
      const answer = await target.gateway.json<Problem>(method, address, { body });
      assert.equal(answer.status, status, `${method} ${address}`);
      assert.equal(answer.body.errors?.[0]?.field, field, `${method} ${address}`);
    }
  });
});
