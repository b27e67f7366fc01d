/** What operators do: number, compare and swap, look back, undo, try on a few, tell who has what. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { defineConfig } from '@concord/config';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { all, converged, Recorder, Stage } from './stage.ts';

const codeIs = (code: ConcordError['code'], text: RegExp) => (error: unknown) => {
  assert.ok(ConcordError.is(error), String(error));
  assert.equal(error.code, code);
  assert.match(error.message, text);
  return true;
};

onEachBackend('releases', (target) => {
  test('the layout of the keys is the one that other programs rely on', async () => {
    await using stage = new Stage(target);
    const config = await stage.config({ app: { name: 'desk' } });
    const { at } = await config.release('/db/url', 'one', { comment: 'first' });
    await config.release('/db/url', 'two', {
      gray: { name: 'eu', match: { region: 'eu' } },
      by: 'ann',
    });
    const { kvs } = await target.wire.must('Range', {
      key: Buffer.from(`${stage.corner}/concord/`),
      range_end: Buffer.from(`${stage.corner}/concord0`),
    });
    const stored = Object.fromEntries(
      kvs.map(({ key, value }) => [
        key.toString().slice(stage.corner.length),
        JSON.parse(value.toString()) as Record<string, unknown>,
      ]),
    );
    const second = stored['/concord/config/history/default/db%2Furl/0000000002']?.['at'];
    assert.deepEqual(stored, {
      '/concord/config/items/default/db/url': {
        release: 1,
        latest: 2,
        content: 'one',
        format: 'text',
        gray: [{ name: 'eu', match: { region: 'eu' }, release: 2, content: 'two' }],
        comment: 'first',
        by: 'desk',
        at,
      },
      '/concord/config/history/default/db%2Furl/0000000001': {
        release: 1,
        content: 'one',
        format: 'text',
        comment: 'first',
        by: 'desk',
        at,
      },
      '/concord/config/history/default/db%2Furl/0000000002': {
        release: 2,
        content: 'two',
        format: 'text',
        track: 'eu',
        by: 'ann',
        at: second,
      },
    });
  });

  test('an item that another language wrote is read, fields of tomorrow and all', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    const record = {
      release: 7,
      content: 'a: 1',
      format: 'yaml',
      at: '2026-01-01T00:00:00Z',
      color: 'red',
    };
    await client.kv.put('/concord/config/items/default/x', JSON.stringify(record));
    assert.deepEqual(await config.get('x'), { a: 1 });
    assert.equal((await config.release('x', 'a: 2')).release, 8);
    await client.kv.put('/concord/config/items/default/y', '"nonsense"');
    await assert.rejects(config.get('y'), codeIs('CONFIG_INVALID', /no record of a release/));
    await assert.rejects(config.release('y', '1'), codeIs('CONFIG_INVALID', /delete the key/));
  });

  test('of two changes made from the same release one is refused, with both numbers', async () => {
    await using stage = new Stage(target);
    const config = await stage.config();
    await config.release('x', 'one', { base: 0 });
    const both = await Promise.allSettled([
      config.release('x', 'two', { base: 1 }),
      config.release('x', 'zwei', { base: 1 }),
    ]);
    const refused = both.find((one) => one.status === 'rejected');
    assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.ok(
      codeIs(
        'CONFLICT',
        /x stands at release 2, and the change was made from release 1/,
      )(refused?.reason),
    );
    await assert.rejects(
      config.release('x', 'new', { base: 0 }),
      codeIs('CONFLICT', /stands at release 2, and the change was made from no release/),
    );
  });

  test('releases that do not care for a base get numbers of their own, however many come at once', async () => {
    await using stage = new Stage(target);
    const configs = await Promise.all([1, 2, 3].map(() => stage.config()));
    const releases = await Promise.all(
      configs.map((config, index) => config.release('x', `from ${index}`)),
    );
    assert.deepEqual(releases.map(({ release }) => release).sort(), [1, 2, 3]);
    const [config] = configs;
    assert.deepEqual(
      (await all(config!.history('x'))).map(({ release }) => release),
      [3, 2, 1],
    );
  });

  test('history is bounded, survives deletion, and numbers are never used twice', async () => {
    await using stage = new Stage(target);
    const config = await stage.config({ historyMax: 3 });
    for (const content of ['1', '2', '3', '4']) await config.release('x', content);
    assert.equal((await config.delete('x', { comment: 'not needed' })).release, 5);
    assert.equal((await config.release('x', '6')).release, 6);
    const history = await all(config.history('x'));
    assert.deepEqual(
      history.map(({ release, kind, content }) => [release, kind, content]),
      [
        [6, 'release', '6'],
        [5, 'deletion', undefined],
        [4, 'release', '4'],
      ],
    );
    assert.equal(history[1]?.comment, 'not needed');
    await assert.rejects(
      config.rollback('x', { to: 1 }),
      codeIs('NOT_FOUND', /no release 1 in its history/),
    );
    await assert.rejects(
      config.rollback('x', { to: 5 }),
      codeIs('INVALID_ARGUMENT', /is its deletion/),
    );
    assert.equal((await all(config.history('x', { limit: 1 }))).length, 1);
  });

  test('a rollback is a new release of old content, and a diff tells what it changed', async () => {
    await using stage = new Stage(target);
    const config = await stage.config();
    await config.release('x', { a: 1, b: [1] }, { format: 'json' });
    await config.release('x', { a: 2, b: [1, 2] });
    const { release } = await config.rollback('x', { to: 1, base: 2, comment: 'too fast' });
    assert.equal(release, 3);
    assert.deepEqual(await config.get('x'), { a: 1, b: [1] });
    const [newest] = await all(config.history('x'));
    assert.equal(newest?.from, 1);
    const diff = await config.diff('x', { from: 1, to: 2 });
    assert.deepEqual(diff.changes, [
      { path: 'a', kind: 'changed', before: 1, after: 2 },
      { path: 'b.1', kind: 'added', after: 2 },
    ]);
    assert.ok(diff.lines.includes('-  "a": 1,') && diff.lines.includes('+  "a": 2,'));
    assert.deepEqual((await config.diff('x', { from: 1, to: 3 })).changes, []);
  });

  test('content that a schema refuses is not released, and several items are released whole or not at all', async () => {
    await using stage = new Stage(target);
    const config = await stage.config();
    const db = defineConfig({ id: 'db', schema: z.object({ max: z.number() }) });
    await assert.rejects(
      config.release(db, { max: 'many' }),
      codeIs('CONFIG_INVALID', /the content for db is refused: max: .*nothing was changed/),
    );
    assert.deepEqual((await config.validate(db, '{ "max": }')).issues[0]?.column, 10);
    const both = [
      { item: db, content: { max: 1 } },
      { item: 'cache', content: 'on', base: 4 },
    ];
    await assert.rejects(config.release(both), codeIs('CONFLICT', /cache stands at no release/));
    assert.equal(await config.get('db', { optional: true }), undefined);
    const releases = await config.release([both[0]!, { item: 'cache', content: 'on' }]);
    assert.equal(new Set(releases.map(({ revision }) => revision)).size, 1);
    await assert.rejects(
      config.release([both[0]!, both[0]!]),
      codeIs('INVALID_ARGUMENT', /db is given twice/),
    );
    await assert.rejects(
      config.release('big', 'x'.repeat(800_000)),
      codeIs('INVALID_ARGUMENT', /the release takes 16\d{5} bytes/),
    );
  });

  test('a gray release reaches those whose labels match, is promoted to all or abandoned', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config();
    const eu = await stage.config({
      app: { name: 'shop', labels: { region: 'eu' } },
      clientId: 'eu-1',
    });
    const us = await stage.config({
      app: { name: 'shop', labels: { region: 'us' } },
      clientId: 'us-1',
    });
    await desk.release('x', 'old');
    const [inEu, inUs] = [await eu.watch('x'), await us.watch('x')];
    const [sawEu, sawUs] = [new Recorder(inEu), new Recorder(inUs)];
    await desk.release('x', 'new', { gray: { name: 'canary', match: { region: ['eu', 'uk'] } } });
    await sawEu.until(({ value }) => value === 'new');
    assert.deepEqual(
      [inEu.info.release, inEu.info.track, inUs.info.release, inUs.current],
      [2, 'canary', 1, 'old'],
    );
    const { clients } = await converged(desk, 'x', ({ counts }) => counts.applied === 2);
    assert.deepEqual(
      clients.map(({ client, track, target }) => [client, track, target]),
      [
        ['eu-1', 'canary', 2],
        ['us-1', 'base', 1],
      ],
    );
    await desk.abandon('x', 'canary');
    await sawEu.until(({ value }) => value === 'old');

    await desk.release('x', 'newer', { gray: { name: 'canary', match: { region: 'eu' } } });
    await sawEu.until(({ value }) => value === 'newer');
    const promoted = await desk.promote('x', 'canary');
    assert.equal(promoted.release, 4);
    await sawUs.until(({ value }) => value === 'newer');
    assert.deepEqual(sawEu.values, ['new', 'old', 'newer'], 'the promotion changed nothing there');
    await converged(desk, 'x', ({ counts, release }) => release === 4 && counts.applied === 2);
    await assert.rejects(
      desk.promote('x', 'canary'),
      codeIs('NOT_FOUND', /has no gray track "canary"; it has none/),
    );
  });

  test('acknowledgements go with the process, and silent clients are unknown', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config();
    await desk.release('x', '1');
    const shop = await stage.config({ clientId: 'shop-1' });
    await shop.watch('x');
    const expected = ['shop-1', 'shop-2'];
    await converged(desk, 'x', ({ counts }) => counts.applied === 1);
    const both = await desk.convergence('x', { expected });
    assert.deepEqual(
      both.clients.map(({ client, state }) => [client, state]),
      [
        ['shop-1', 'applied'],
        ['shop-2', 'unknown'],
      ],
    );
    assert.equal(both.isConverged, false);
    await shop.close();
    assert.deepEqual((await desk.convergence('x')).clients, []);
  });
});
