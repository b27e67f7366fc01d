/** Goal: what is called a snapshot is one, and old ones go. Method: pieces of made-up databases, good and bad. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { keepSnapshot } from './snapshot-keeping.ts';

const database = Buffer.alloc(4096, 7);
const digest = createHash('sha256').update(database).digest();

const serving = (...pieces: readonly Buffer[]) => ({
  async *snapshot() {
    await Promise.resolve();
    yield* pieces;
  },
});
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 2, hour));
const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'concord-snapshots-'));

test('the newest snapshots stay, and what else is in the directory', async () => {
  const directory = newDirectory();
  writeFileSync(join(directory, 'mine.db'), '');
  for (const hour of [1, 2, 3]) {
    await keepSnapshot(serving(database, digest), { directory, keep: 2, now: at(hour) });
  }
  assert.deepEqual(readdirSync(directory).sort(), [
    'mine.db',
    'snapshot-20260102T020000Z.db',
    'snapshot-20260102T030000Z.db',
  ]);
});

test('a snapshot that is cut short or damaged leaves nothing behind, and deletes nothing', async () => {
  const directory = newDirectory();
  await keepSnapshot(serving(database, digest), { directory, keep: 1, now: at(1) });
  for (const pieces of [[database], [database, Buffer.alloc(32)]]) {
    const kept = { directory, keep: 1, now: at(2) };
    await assert.rejects(keepSnapshot(serving(...pieces), kept), /does not fit its digest/);
  }
  assert.deepEqual(readdirSync(directory), ['snapshot-20260102T010000Z.db']);
});
