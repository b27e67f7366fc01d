/**
 * Goal: the simulated disk is as treacherous as a real one, and no more.
 * Method: each claim of its contract, one test.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomCrash, SimulatedDisk, uniformCrash } from './simulated-disk.ts';

const lose = uniformCrash('lost', false);
const keep = uniformCrash('kept', true);
const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

/** A disk with a synced file `/d/f` of two sectors of ones. */
function diskWithFile(options: ConstructorParameters<typeof SimulatedDisk>[0] = {}): SimulatedDisk {
  const disk = new SimulatedDisk(options);
  const file = disk.open('/d/f', 'create');
  file.write(bytes(1024, 1), 0);
  file.sync();
  disk.syncDirectory('/d');
  return disk;
}

test('what is synced survives the worst crash', () => {
  assert.deepEqual(diskWithFile().afterCrash(lose).content('/d/f'), bytes(1024, 1));
});

test('what is not synced is read back at once, and may be lost', () => {
  const disk = diskWithFile();
  disk.open('/d/f', 'write').write(bytes(512, 2), 512);
  assert.equal(disk.content('/d/f')[512], 2);
  assert.equal(disk.afterCrash(lose).content('/d/f')[512], 1);
  assert.equal(disk.afterCrash(keep).content('/d/f')[512], 2);
});

test('a crash keeps any subset of unsynced sectors, also the later ones alone', () => {
  const disk = diskWithFile();
  disk.open('/d/f', 'write').write(bytes(1024, 2), 0);
  const fate = (_: string, sector: number): 'lost' | 'kept' => (sector === 0 ? 'lost' : 'kept');
  const image = disk.afterCrash({ fate, keepsName: () => true }).content('/d/f');
  assert.deepEqual([image[0], image[511], image[512], image[1023]], [1, 1, 2, 2]);
});

test('a torn sector is new at its front and old behind', () => {
  const disk = diskWithFile();
  disk.open('/d/f', 'write').write(bytes(512, 2), 0);
  const image = disk.afterCrash(uniformCrash('torn', true)).content('/d/f');
  assert.deepEqual([image[0], image[511]], [2, 1]);
});

test('a file that grew is as long as what survived of it', () => {
  const disk = diskWithFile();
  disk.open('/d/f', 'write').write(bytes(1024, 2), 1024);
  assert.equal(disk.afterCrash(lose).content('/d/f').length, 1024);
  const fate = (_: string, sector: number): 'lost' | 'kept' => (sector === 2 ? 'kept' : 'lost');
  assert.equal(disk.afterCrash({ fate, keepsName: () => true }).content('/d/f').length, 1536);
});

test('a name is durable only once its directory is synced', () => {
  const disk = diskWithFile();
  disk.rename('/d/f', '/d/g');
  assert.deepEqual(disk.list('/d'), ['g']);
  assert.deepEqual(disk.afterCrash(lose).list('/d'), ['f']);
  assert.deepEqual(disk.afterCrash(keep).list('/d'), ['g']);
  disk.syncDirectory('/d');
  assert.deepEqual(disk.afterCrash(lose).list('/d'), ['g']);
});

test('after a failed sync the sectors count as clean, and a second sync saves nothing', () => {
  let syncs = 0;
  const disk = diskWithFile({
    interfere: (operation) =>
      operation === 'sync' && ++syncs === 2 ? new Error('EIO') : undefined,
  });
  const file = disk.open('/d/f', 'write');
  file.write(bytes(512, 2), 0);
  assert.throws(() => file.sync(), /EIO/);
  assert.equal(disk.unsynced.sectors.size, 0);
  file.sync();
  assert.equal(disk.content('/d/f')[0], 2);
  assert.equal(disk.afterCrash(keep).content('/d/f')[0], 1);
});

test('a full disk refuses what does not fit', () => {
  const disk = diskWithFile({ capacityBytes: 1536 });
  const file = disk.open('/d/f', 'write');
  file.write(bytes(512, 2), 1024);
  assert.throws(() => file.write(bytes(512, 2), 1536), { code: 'ENOSPC' });
});

test('an asynchronous write can be interrupted between its write and its sync', () => {
  const disk = diskWithFile();
  let isDone = false;
  disk.open('/d/f', 'write').writeDurably(bytes(512, 2), 0, () => (isDone = true));
  assert.equal(disk.pending, 1);
  disk.step();
  assert.equal(isDone, false);
  assert.equal(disk.afterCrash(lose).content('/d/f')[0], 1);
  disk.step();
  assert.equal(isDone, true);
  assert.equal(disk.afterCrash(lose).content('/d/f')[0], 2);
});

test('a killed process leaves the page cache, and what is under way half done', () => {
  const disk = diskWithFile();
  disk.open('/d/f', 'write').writeDurably(bytes(512, 2), 0, () => assert.fail('nobody is there'));
  disk.step();
  const next = disk.afterKill();
  assert.equal(next.pending, 0);
  assert.equal(next.content('/d/f')[0], 2);
  assert.equal(next.afterCrash(lose).content('/d/f')[0], 1);
  next.open('/d/f', 'write').sync();
  assert.equal(next.afterCrash(lose).content('/d/f')[0], 2);
});

test('the same random numbers give the same crash', () => {
  const disk = diskWithFile();
  disk.open('/d/f', 'write').write(bytes(1024, 2), 0);
  const crash = (): Uint8Array => {
    const numbers = [0.1, 0.9, 0.4, 0.7];
    return disk.afterCrash(randomCrash(() => numbers.shift() ?? 0)).content('/d/f');
  };
  assert.deepEqual(crash(), crash());
});
