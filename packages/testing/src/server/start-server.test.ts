import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { startServer } from './start-server.ts';

test('a server answers on its endpoint, and leaves nothing behind', async () => {
  let directory: string;
  {
    await using server = await startServer();
    directory = server.dataDirectory;
    const response = await fetch(`http://${server.endpoints[0] ?? ''}/health`);
    assert.deepEqual(await response.json(), { health: 'true', reason: '' });
    assert.ok(existsSync(directory));
  }
  assert.equal(existsSync(directory), false);
});

test('a server that cannot start says why', async () => {
  await assert.rejects(
    startServer({ flags: ['--max-txn-ops', 'many'] }),
    /max-txn-ops.*whole number/,
  );
});

test('two servers run side by side', async () => {
  await using one = await startServer();
  await using two = await startServer();
  assert.notDeepEqual(one.endpoints, two.endpoints);
});
