/**
 * Goal: a mirror of 10,000 entries follows 1,000 changes a second with less than 100 ms lag, and its memory stays flat.
 * Method: transactions of 20 puts, 50 a second; the lag is from the answer to the writer to the batch at the mirror.
 * Environment: `CONCORD_LOAD_SECONDS`, 2 by default.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client, op } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

const SECONDS = Number(process.env['CONCORD_LOAD_SECONDS'] ?? 2);
const ENTRIES = 10_000;
const TXNS_PER_SECOND = 50;
const CHANGES_PER_TXN = 20;
const LAG_MS_MAX = 100;
/**
 * What the buffers of sockets take goes up and down by some megabytes. A change that was kept would be a kilobyte: twenty
 * seconds of them show.
 */
const GROWTH_BYTES_MAX = 10_000_000;

onEachBackend('a mirror of 10,000 entries', (target) => {
  test('follows 1,000 changes a second closely, with flat memory', async (t) => {
    await using client = await Client.connect({ endpoints: target.endpoints });
    await using writer = await Client.connect({
      endpoints: target.processes.direct,
      timeout: '30s',
    });
    const key = (i: number): string => `k${String(i % ENTRIES).padStart(5, '0')}`;
    for (let i = 0; i < ENTRIES; i += 100) {
      const puts = Array.from({ length: 100 }, (_, j) => op.put(key(i + j), 'x'.repeat(200)));
      await writer.kv
        .txn()
        .then(...puts)
        .commit();
    }
    await using mirror = client.mirror({ prefix: 'k' });
    await mirror.ready();
    assert.equal(mirror.entries.size, ENTRIES);
    const seenAtMs = new Map<number, number>();
    let changes = 0;
    mirror.onBatch((batch) => {
      seenAtMs.set(batch.revision, performance.now());
      changes += batch.changes.length;
    });
    const lagsMs: number[] = [];
    const before = memory();
    const startMs = performance.now();
    for (let n = 0; n < SECONDS * TXNS_PER_SECOND; n++) {
      const waitMs = startMs + (n * 1000) / TXNS_PER_SECOND - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      const puts = Array.from({ length: CHANGES_PER_TXN }, (_, j) =>
        op.put(key(n * CHANGES_PER_TXN + j), `${n}`.padEnd(200, 'y')),
      );
      const { revision } = await writer.kv
        .txn()
        .then(...puts)
        .commit();
      const answeredAtMs = performance.now();
      await mirror.reached(revision, { timeout: '10s' });
      lagsMs.push(Math.max(0, (seenAtMs.get(revision) ?? NaN) - answeredAtMs));
    }
    assert.equal(changes, SECONDS * TXNS_PER_SECOND * CHANGES_PER_TXN);
    lagsMs.sort((a, b) => a - b);
    const [median, most] = [0.5, 0.95].map((part) => lagsMs[Math.floor(lagsMs.length * part)]!);
    t.diagnostic(`lag: median ${median!.toFixed(1)} ms, 95 % below ${most!.toFixed(1)} ms`);
    assert.ok(median! < LAG_MS_MAX, `${median} ms lag`);
    seenAtMs.clear();
    const growth = memory() - before;
    t.diagnostic(`memory: ${Math.round(growth / 1000)} kB more`);
    assert.ok(growth < GROWTH_BYTES_MAX, `${growth} bytes more`);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function memory(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
