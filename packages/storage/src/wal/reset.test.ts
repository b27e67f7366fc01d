/**
 * Goal: a log that begins anew behind a snapshot has forgotten everything but the hard state, whatever was in it.
 * Method: the production log on the simulated disk; every case is opened again. Crashes: `wal-crash.test.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedDisk, uniformCrash } from '@concord/testing';
import type { Entry, LogPosition } from '@concord/raft';
import { createWal } from './creation.ts';
import { openWal, readSnapshotPosition, type OpenedWal } from './opening.ts';
import { verifyWal } from './verification.ts';
import type { Wal, WalOptions } from './wal.ts';

const directory = '/data/member/wal';
const identity = { clusterId: 0xc1n, memberId: 0xa1n };

function optionsFor(disk: SimulatedDisk): WalOptions {
  const onFailure = (error: Error): void => {
    throw error;
  };
  return { directory, fileSystem: disk, identity, segmentBytes: 8192, onFailure };
}

const entriesOf = (term: number, from: number, to: number): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    term,
    index: from + i,
    kind: 'normal',
    data: new Uint8Array(400).fill(term),
  }));

/** A log of twenty entries of term 2 in three segments, with a vote in that term. */
function usedLog(): { disk: SimulatedDisk; wal: Wal } {
  const disk = new SimulatedDisk();
  const wal = createWal(optionsFor(disk));
  wal.append({ term: 2, votedFor: 7n, commit: 4 }, entriesOf(2, 1, 20), () => undefined);
  disk.run();
  return { disk, wal };
}

function reopen(disk: SimulatedDisk, applied: LogPosition, entriesKept = 0): OpenedWal {
  const copy = disk.afterCrash(uniformCrash('lost', false));
  return openWal({ ...optionsFor(copy), applied, entriesKept });
}

const positions = ({ entries }: OpenedWal): string =>
  entries.map(({ term, index }) => `${term}/${index}`).join(' ');

test('entries behind the position are void, of the same history or of another, overwritten or not', () => {
  for (const position of [
    { term: 2, index: 10 },
    { term: 3, index: 10 },
  ]) {
    const { disk, wal } = usedLog();
    wal.reset(position, () => undefined);
    disk.run();
    assert.equal(positions(reopen(disk, position, 100)), '');
    wal.append(undefined, entriesOf(3, 11, 12), () => undefined);
    disk.run();
    const opened = reopen(disk, position, 100);
    assert.equal(positions(opened), '3/11 3/12');
    assert.deepEqual(opened.base, position);
    assert.deepEqual(readSnapshotPosition(optionsFor(disk)), position);
  }
});

test('a log is left ahead of its end as well, and its old segments go', () => {
  const { disk, wal } = usedLog();
  const position = { term: 5, index: 1000 };
  wal.reset(position, () => undefined);
  wal.append(undefined, entriesOf(5, 1001, 1001), () => undefined);
  disk.run();
  const segments = disk.list(directory).filter((name) => name.endsWith('.wal'));
  assert.equal(segments.length, 1);
  assert.equal(positions(reopen(disk, position)), '5/1001');
  assert.equal(verifyWal(disk, directory).lastIndex, 1001);
});

test('term and vote go on; a newer term of the position has no vote yet', () => {
  const cases = [
    { position: { term: 1, index: 30 }, kept: { term: 2, votedFor: 7n, commit: 30 } },
    { position: { term: 2, index: 30 }, kept: { term: 2, votedFor: 7n, commit: 30 } },
    { position: { term: 3, index: 30 }, kept: { term: 3, votedFor: 0n, commit: 30 } },
  ];
  for (const { position, kept } of cases) {
    const { disk, wal } = usedLog();
    wal.reset(position, () => undefined);
    disk.run();
    assert.deepEqual(reopen(disk, position).hardState, kept);
  }
});

test('it waits for the appends before it, and those behind it wait for it', () => {
  const { disk, wal } = usedLog();
  const order: string[] = [];
  wal.append(undefined, entriesOf(2, 21, 22), () => order.push('before'));
  wal.reset({ term: 3, index: 15 }, () => order.push('reset'));
  wal.append({ term: 3, votedFor: 8n, commit: 15 }, entriesOf(3, 16, 16), () =>
    order.push('after'),
  );
  wal.release(14, 2);
  disk.run();
  assert.deepEqual(order, ['before', 'reset', 'after']);
  const opened = reopen(disk, { term: 3, index: 15 });
  assert.equal(positions(opened), '3/16');
  assert.deepEqual(opened.hardState, { term: 3, votedFor: 8n, commit: 15 });
});

test('a store from before is refused: it would go on in another history', () => {
  const { disk, wal } = usedLog();
  wal.reset({ term: 3, index: 15 }, () => undefined);
  disk.run();
  assert.throws(() => reopen(disk, { term: 2, index: 14 }), { code: 'wal-mismatch' });
  assert.throws(() => reopen(disk, { term: 2, index: 15 }), { code: 'wal-mismatch' });
});
