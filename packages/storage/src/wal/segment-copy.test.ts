/**
 * Goal: what a start has read is on the disk before anything follows it, also after a failed sync that left the record
 * in the page cache alone (bug bank row 24), whenever the power goes meanwhile; a log that is refused is not touched.
 * Method: the production log on the simulated disk, whose failed syncs leave pages clean, readable and not durable.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedDisk, uniformCrash } from '@concord/testing';
import type { Entry } from '@concord/raft';
import { StorageError } from '../errors.ts';
import { createWal } from './creation.ts';
import { openWal, type OpenedWal } from './opening.ts';
import type { Wal, WalOptions } from './wal.ts';

const directory = '/data/member/wal';
const start = { term: 0, index: 0 };
const loseAll = uniformCrash('lost', false);

function optionsFor(disk: SimulatedDisk): WalOptions {
  const identity = { clusterId: 0xc1n, memberId: 0xa1n };
  return { directory, fileSystem: disk, identity, segmentBytes: 8192, onFailure: () => {} };
}

function open(disk: SimulatedDisk): OpenedWal {
  return openWal({ ...optionsFor(disk), applied: start });
}

function entry(index: number): Entry {
  return { term: 1, index, kind: 'normal', data: new Uint8Array(700).fill(index) };
}

const indexes = (opened: OpenedWal): number[] => opened.entries.map((own) => own.index);

/** Two entries that are durable, and what `last` has written, whose sync has failed. */
function afterFailedSync(last: (wal: Wal) => void): SimulatedDisk {
  let isFailing = false;
  const disk = new SimulatedDisk({
    interfere: (operation) =>
      isFailing && operation === 'sync' ? new Error('EIO: i/o error, fdatasync') : undefined,
  });
  const wal = createWal(optionsFor(disk));
  wal.append(undefined, [entry(1), entry(2)], () => {});
  disk.run();
  isFailing = true;
  last(wal);
  disk.run();
  return disk;
}

const appendThird = (wal: Wal): void =>
  wal.append(undefined, [entry(3)], () => assert.fail('its sync has failed'));

for (const [what, last, found] of [
  ['an entry', appendThird, [1, 2, 3]],
  ['the seal', (wal: Wal) => wal.close(() => {}), [1, 2]],
] as const) {
  test(`${what} whose sync failed is durable once it was found, and the log goes on behind it`, () => {
    const failed = afterFailedSync(last);
    assert.deepEqual(indexes(open(failed.afterCrash(loseAll))), [1, 2]);
    const restarted = failed.afterKill();
    const opened = open(restarted);
    assert.deepEqual(indexes(opened), found);
    const next = found.length + 1;
    opened.wal.append(undefined, [entry(next)], () => {});
    restarted.run();
    const survivors = indexes(open(restarted.afterCrash(loseAll)));
    assert.deepEqual(survivors, [...found, next]);
  });
}

test('a power cut at any point of a start leaves a log, with what was acknowledged and in order', () => {
  const crashes: SimulatedDisk[] = [];
  const starting: SimulatedDisk = afterFailedSync(appendThird).afterKill({
    interfere: () => {
      for (const fate of ['lost', 'kept', 'torn', 'garbage'] as const) {
        for (const keepsNames of [false, true]) {
          crashes.push(starting.afterCrash(uniformCrash(fate, keepsNames)));
        }
      }
      return undefined;
    },
  });
  open(starting);
  assert.ok(crashes.length >= 5 * 8, `${crashes.length} crashes`);
  const found = new Set(crashes.map((crashed) => indexes(open(crashed)).join()));
  assert.deepEqual([...found].sort(), ['1,2', '1,2,3']);
});

test('a record that leaves the page cache while a log is opened is not continued from', () => {
  const failed = afterFailedSync(appendThird);
  const [name] = failed.list(directory).filter((file) => file.endsWith('.wal'));
  const path = `${directory}/${name}`;
  const restarted: SimulatedDisk = failed.afterKill({
    interfere: (operation) => {
      // No change: but what was cached is now what is durable.
      if (operation === 'create') restarted.damage(path, () => {});
      return undefined;
    },
  });
  assert.throws(
    () => open(restarted),
    (error) =>
      error instanceof StorageError && error.code === 'device-failed' && error.path === path,
  );
  assert.deepEqual(indexes(open(restarted.afterKill())), [1, 2]);
});

for (const failing of ['create', 'write', 'sync', 'rename', 'syncDirectory'] as const) {
  test(`a start that ends with a failing ${failing} can be repeated`, () => {
    const failed = afterFailedSync(appendThird);
    const starting = failed.afterKill({
      interfere: (operation) => (operation === failing ? new Error('EIO: i/o error') : undefined),
    });
    assert.throws(() => open(starting), /EIO/);
    assert.deepEqual(indexes(open(starting.afterCrash(loseAll))), [1, 2]);
    assert.deepEqual(indexes(open(starting.afterKill())), [1, 2, 3]);
  });
}

test('a log that is refused is left as it was, the prepared segment of whoever uses it included', () => {
  const disk = new SimulatedDisk();
  const wal = createWal(optionsFor(disk));
  for (let index = 1; index <= 6; index++) wal.append(undefined, [entry(index)], () => {});
  disk.run();
  const changes: string[] = [];
  const foreign = disk.afterCrash(uniformCrash('kept', true), {
    interfere: (operation, path) => void changes.push(`${operation} ${path}`),
  });
  assert.ok(foreign.list(directory).includes('next.tmp'));
  const identity = { clusterId: 0xc1n, memberId: 0xb2n };
  assert.throws(() => openWal({ ...optionsFor(foreign), identity }), StorageError);
  assert.deepEqual(changes, []);
});
