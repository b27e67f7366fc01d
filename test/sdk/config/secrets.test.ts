/** A secret is clear where it is used, and nowhere else: not in the cluster, on disk, in logs, errors or acknowledgements. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ConcordError } from '@concord/client';
import { defineConfig } from '@concord/config';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { all, converged, Recorder, Stage } from './stage.ts';

const PASSWORD = 'hunter2-correct-horse';
const first = { current: 'a', keys: { a: randomBytes(32).toString('base64') } };
const both = { current: 'b', keys: { ...first.keys, b: randomBytes(32) } };
const db = defineConfig({
  id: 'orders/db',
  schema: z.object({ user: z.string(), password: z.string().min(8) }),
  secret: true,
});

onEachBackend('a secret', (target) => {
  /** Everything that is stored in the corner, as text. */
  async function stored(stage: Stage): Promise<string> {
    const { kvs } = await target.wire.must('Range', {
      key: Buffer.from(stage.corner),
      range_end: Buffer.from(`${stage.corner.slice(0, -1)}0`),
    });
    return kvs.map(({ key, value }) => `${key.toString()} = ${value.toString()}`).join('\n');
  }

  test('is sealed in the cluster and on disk, and redacted where people look', async () => {
    await using stage = new Stage(target);
    const directory = await mkdtemp(join(tmpdir(), 'concord-secret-'));
    try {
      const config = await stage.config({ keys: first, cache: { directory }, clientId: 'shop-1' });
      await config.release(db, { user: 'me', password: PASSWORD });
      const live = await config.watch(db);
      assert.equal(live.current.password, PASSWORD);
      const shown: string[] = [];
      live.onChange((update) => {
        shown.push(inspect(update, { depth: 9 }), JSON.stringify(update));
      });
      const recorder = new Recorder(live);
      await config.release(db, { user: 'you', password: PASSWORD });
      await recorder.until(({ value }) => value.user === 'you');
      // Rejected by the schema of a reader, whose text must not quote it.
      const rejected = config.events.once('rejected');
      const desk = await stage.config({ keys: first });
      await desk.release('orders/db', JSON.stringify({ user: PASSWORD, password: 7 }));
      const { error, issues } = await rejected;
      const { clients } = await converged(desk, 'orders/db', ({ counts }) => counts.rejected === 1);
      assert.match(clients[0]?.error ?? '', /password: its schema rejects it \(text withheld/);
      await config.close();
      shown.push(
        ...[live, live.select((value) => value), error, issues].flatMap((one) => [
          inspect(one, { depth: 9 }),
          JSON.stringify(one),
        ]),
        JSON.stringify(await desk.diff('orders/db', { from: 1, to: 3 })),
        await stored(stage),
        await readFile(join(directory, 'client.config.json'), 'utf8'),
      );
      for (const text of shown) assert.ok(!text.includes(PASSWORD), text);
      assert.ok(shown.every((text) => text.length > 2));
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('stays one when somebody releases it by its path', async () => {
    await using stage = new Stage(target);
    const config = await stage.config({ keys: first });
    await config.release(db, { user: 'me', password: PASSWORD });
    await config.release('orders/db', { user: 'you', password: PASSWORD });
    assert.ok(!(await stored(stage)).includes(PASSWORD));
    const blind = await stage.config();
    await assert.rejects(
      blind.release('orders/db', { user: 'you', password: PASSWORD }),
      (error) =>
        ConcordError.is(error, 'INVALID_ARGUMENT') && /no key to seal it with/.test(error.message),
    );
    await assert.rejects(
      blind.watch(db),
      (error) =>
        ConcordError.is(error, 'CONFIG_INVALID') &&
        /sealed with key "a", which option "keys" does not hold/.test(error.message),
    );
    const [newest] = await all(blind.history('orders/db', { limit: 1 }));
    assert.deepEqual([newest?.secret, newest?.content], [true, undefined]);
  });

  test('is sealed anew with a new key, history too, and no reader notices', async () => {
    await using stage = new Stage(target);
    const old = await stage.config({ keys: first });
    await old.release(db, { user: 'me', password: PASSWORD });
    await old.release(db, { user: 'you', password: PASSWORD });
    const config = await stage.config({ keys: both, clientId: 'shop-1' });
    const live = await config.watch(db);
    const recorder = new Recorder(live);
    assert.deepEqual(await config.reseal(db), { resealed: 3 });
    assert.deepEqual(await config.reseal(db), { resealed: 0 });
    assert.ok(!(await stored(stage)).includes('"key":"a"'));
    await config.release(db, { user: 'they', password: PASSWORD });
    await recorder.until(({ value }) => value.user === 'they');
    assert.equal(recorder.updates.length, 1);
    const onlyNew = await stage.config({ keys: { current: 'b', keys: { b: both.keys.b } } });
    const [, , oldest] = await all(onlyNew.history(db, { reveal: true }));
    assert.deepEqual(JSON.parse(oldest?.content ?? ''), { user: 'me', password: PASSWORD });
  });

  test('cannot be moved to another item', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config({ keys: first });
    await config.release('low', { password: PASSWORD }, { secret: true, format: 'json' });
    const entry = await client.kv.get('/concord/config/items/default/low');
    await client.kv.put('/concord/config/items/default/high', entry?.text ?? '');
    await assert.rejects(
      config.get('high'),
      (error) =>
        ConcordError.is(error, 'CONFIG_INVALID') && /key "a" does not open it/.test(error.message),
    );
  });
});
