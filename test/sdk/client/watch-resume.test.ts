/**
 * Goal: a watch tells every change once and in order, whatever happens to its stream, and a mirror ends up with what a
 * fresh list has. Method: a line that breaks while changes are written, and the whole history compared.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, op, type Mirror, type Watch } from '@concord/client';
import { onEachBackend, type SdkTarget } from '../harness/each-backend.ts';

/** Writes made at once: one caller would take ten seconds for ten thousand. */
const WRITERS = 50;

onEachBackend('a watch whose line breaks', (target: SdkTarget) => {
  const clients: Client[] = [];
  after(() => Promise.all(clients.map((client) => client.close())));
  const connect = async (endpoints = target.endpoints): Promise<Client> => {
    const client = await Client.connect({ endpoints });
    clients.push(client);
    return client;
  };
  /** A client that no fault touches. */
  const direct = (): Promise<Client> => connect(target.processes.direct);

  /** Reads the watch until it has told revision `last`; answers the revisions. */
  const revisionsUpTo = async (watch: Watch, last: number): Promise<number[]> => {
    const revisions: number[] = [];
    for await (const batch of watch) {
      if (batch.type === 'changes') revisions.push(batch.revision);
      if (batch.revision >= last) break;
    }
    return revisions;
  };

  const write = async (client: Client, count: number): Promise<number> => {
    let [next, revision] = [0, 0];
    const writer = async (): Promise<void> => {
      while (next < count) {
        const number = next++;
        const put = await client.kv.put(`k${number % 100}`, `${number}`, { timeout: '30s' });
        revision = Math.max(revision, put.revision);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    return revision;
  };

  test('tells each revision once and in order over many breaks', async () => {
    const corner = `${target.corner()}/`;
    const [client, writer] = [
      (await connect()).namespace(corner),
      (await direct()).namespace(corner),
    ];
    const watch = client.watch({ prefix: '' });
    await watch.created();
    const first = watch.revision + 1;
    const breaking = setInterval(() => target.lines.at(0).breakConnections(), 40);
    const reading = revisionsUpTo(watch, first + 999);
    const last = await write(writer, 1000);
    clearInterval(breaking);
    assert.equal(last, first + 999);
    const wanted = Array.from({ length: 1000 }, (_, i) => first + i);
    assert.deepEqual(await reading, wanted);
  });

  test('a reader that sleeps holds no more than its bound, and misses nothing', async () => {
    const corner = `${target.corner()}/`;
    const client = (await direct()).namespace(corner);
    const watch = client.watch({ prefix: '' }, { bufferMax: 100 });
    const other = client.watch({ prefix: '' });
    await Promise.all([watch.created(), other.created()]);
    const first = watch.revision + 1;
    const last = await write(client, 1000);
    // The sleeper held nobody up.
    assert.equal((await revisionsUpTo(other, last)).length, 1000);
    const revisions = await revisionsUpTo(watch, last);
    assert.deepEqual(
      revisions,
      Array.from({ length: 1000 }, (_, i) => first + i),
    );
  });

  test('a transaction of many fragments is one batch', async () => {
    const client = (await direct()).namespace(`${target.corner()}/`);
    await using watch = client.watch({ prefix: '' }, { previous: true });
    await watch.created();
    // Five transactions of 64 times 20 kB; with the values before, a batch is larger than what a server sends at once.
    const value = 'x'.repeat(20_000);
    for (let round = 0; round < 2; round++) {
      const operations = Array.from({ length: 64 }, (_, i) => op.put(`k${i}`, value));
      await client.kv
        .txn()
        .then(...operations)
        .commit();
    }
    const sizes: number[] = [];
    for await (const batch of watch) {
      if (batch.type === 'changes') sizes.push(batch.changes.length);
      if (sizes.length === 2) break;
    }
    assert.deepEqual(sizes, [64, 64]);
  });

  test('watches that come and go while the line breaks disturb no other', async () => {
    const corner = `${target.corner()}/`;
    const [client, writer] = [
      (await connect()).namespace(corner),
      (await direct()).namespace(corner),
    ];
    const steady = client.watch({ prefix: '' });
    await steady.created();
    const first = steady.revision + 1;
    let isDone = false;
    const coming = async (): Promise<void> => {
      while (!isDone) {
        const watch = client.watch({ prefix: 'k1' });
        if (Math.random() < 0.5) await watch.created();
        if (Math.random() < 0.5) await watch.next();
        await watch.close();
      }
    };
    const breaking = setInterval(() => target.lines.at(0).breakConnections(), 100);
    const comers = Array.from({ length: 10 }, coming);
    const reading = revisionsUpTo(steady, first + 999);
    await write(writer, 1000);
    assert.equal((await reading).length, 1000);
    clearInterval(breaking);
    isDone = true;
    // Those that wait for a batch get one.
    await Promise.race([
      Promise.all(comers),
      (async () => {
        for (;;) await writer.kv.put('k1', '');
      })(),
    ]);
  });

  const assertSame = async (mirror: Mirror, client: Client): Promise<void> => {
    const listed = await client.kv.range({ prefix: '' });
    await mirror.reached(listed.revision, { timeout: '20s' });
    const shown = [...mirror.entries.values()].map(({ key, text, modRevision }) => [
      key,
      text,
      modRevision,
    ]);
    const wanted = listed.entries.map(({ key, text, modRevision }) => [key, text, modRevision]);
    assert.deepEqual(shown.sort(), wanted.sort());
  };

  // Scenario 3 of the research: watch, disconnect, 10,000 writes, compact past the cursor, reconnect, drop again.
  test('a mirror that comes back after a compaction resynchronizes once', async () => {
    const corner = `${target.corner()}/`;
    const [client, writer] = [
      (await connect()).namespace(corner),
      (await direct()).namespace(corner),
    ];
    await writer.kv.put('gone', 'before');
    await writer.kv.put('k0', 'before');
    await using mirror = client.mirror({ prefix: '' });
    await mirror.ready();
    const copy = new Map([...mirror.entries].map(([key, { text }]) => [key, text]));
    const types: string[] = [];
    mirror.onBatch(({ type, reason, changes }) => {
      types.push(reason === undefined ? type : `${type} ${reason}`);
      for (const change of changes) {
        if (change.kind === 'put') copy.set(change.entry.key, change.entry.text);
        else copy.delete(change.key);
      }
    });
    target.lines.at(0).cut();
    await writer.kv.delete('gone');
    // 10,000 puts, 20 a revision: one by one they would take ten seconds.
    let last = 0;
    for (let i = 0; i < 10_000; i += 20) {
      const puts = Array.from({ length: 20 }, (_, j) => op.put(`k${(i + j) % 1000}`, `${i}`));
      last = (
        await writer.kv
          .txn()
          .then(...puts)
          .commit()
      ).revision;
    }
    await writer.kv.compact(last);
    assert.equal(mirror.state, 'stale');
    assert.ok(mirror.staleMs > 0);
    target.lines.heal();
    // Again in the middle of what it has to catch up.
    await target.lines.at(0).next('reply');
    target.lines.at(0).breakConnections();
    await assertSame(mirror, writer);
    assert.deepEqual(
      types.filter((type) => type !== 'changes'),
      ['resync compacted'],
    );
    // A listener that applies changes has the same.
    assert.deepEqual(
      [...copy].sort(),
      [...mirror.entries].map(([key, { text }]) => [key, text] as [string, string]).sort(),
    );
    await writer.kv.put('k1', 'after');
    await assertSame(mirror, writer);
  });
});
