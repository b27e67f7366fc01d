/** With the right to read items and nothing else, a service lives; what it may not do is said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { Configuration } from '@concord/config';
import { onEachBackend } from '../harness/each-backend.ts';
import { Recorder } from './stage.ts';

onEachBackend('a user who may read items alone', (target) => {
  test('follows them, and is told what is denied', async () => {
    const { endpoints } = target;
    await using setup = await Client.connect({ endpoints });
    const { auth } = setup;
    await auth.addUser('root', 'r');
    await auth.addRole('root');
    await auth.grantRole('root', 'root');
    await auth.addUser('shop', 's');
    await auth.addRole('reader');
    await auth.grantRole('shop', 'reader');
    const range = { prefix: '/concord/config/items/' };
    await auth.grantPermission('reader', { range, access: 'read' });
    await auth.enable();
    const as = (username: string, password: string): Promise<Client> =>
      Client.connect({ endpoints, credentials: { username, password } });
    await using root = await as('root', 'r');
    await using shop = await as('shop', 's');
    await using desk = new Configuration(root, { acknowledge: false });
    await using config = new Configuration(shop);
    await desk.release('db/url', 'one');

    const forbidden = (text: RegExp) => (error: unknown) =>
      ConcordError.is(error, 'FORBIDDEN') && text.test(error.message);
    await assert.rejects(
      config.watch('db/url'),
      forbidden(/the plain key "db\/url" of db\/url may not be read; .*plain: false/),
    );
    const failed = config.events.once('failed');
    const live = await config.watch('db/url', { plain: false });
    assert.equal(live.current, 'one');
    assert.equal((await failed).what, 'acknowledgement');
    const recorder = new Recorder(live);
    await desk.release('db/url', 'two');
    await recorder.until(({ value }) => value === 'two');
    await assert.rejects(config.release('db/url', 'three'), forbidden(/permission denied/));
  });
});
