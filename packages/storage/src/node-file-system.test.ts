/**
 * Goal: the real file system keeps the contract that the log was tested with on the simulated one.
 * Method: real files, and the real thread.
 */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Done } from './file-system.ts';
import { NodeFileSystem } from './node-file-system.ts';

let root: string;
let directory: string;
let fileSystem: NodeFileSystem;
before(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'concord-files-'));
  fileSystem = new NodeFileSystem();
});
beforeEach(() => {
  directory = fs.mkdtempSync(join(root, 'case-'));
});
after(() => {
  fileSystem.close();
  fs.rmSync(root, { recursive: true, force: true });
});

/** The outcome of an asynchronous operation, which must not come before the call returns. */
function outcome(start: (done: Done) => void): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let hasReturned = false;
    start((error) => {
      assert.ok(hasReturned, 'the answer comes after the call');
      resolve(error);
    });
    hasReturned = true;
  });
}

const mode = (path: string): number => fs.statSync(path).mode & 0o777;

test('durable writes land where they belong, from more memories than the thread keeps', async () => {
  const path = join(directory, 'f');
  const file = fileSystem.open(path, 'create');
  assert.equal(mode(path), 0o600);
  const memories = Array.from({ length: 11 }, (_, i) => fileSystem.allocate(64).fill(i + 1));
  for (let round = 0; round < 3; round++) {
    for (const [i, memory] of memories.entries()) {
      const part = memory.subarray(8, 8 + 16);
      const error = await outcome((done) => file.writeDurably(part, (round * 11 + i) * 16, done));
      assert.equal(error, undefined);
    }
  }
  const content = fs.readFileSync(path);
  assert.equal(content.length, 33 * 16);
  for (let i = 0; i < content.length; i++) assert.equal(content[i], (Math.floor(i / 16) % 11) + 1);
  const target = new Uint8Array(40);
  assert.equal(file.read(target, content.length - 20), 20);
  file.close();
});

test('a write that fails is reported, and the thread goes on for others', async () => {
  const path = join(directory, 'f');
  fileSystem.open(path, 'create').close();
  const readOnly = fileSystem.open(path, 'read');
  const memory = fileSystem.allocate(16);
  const error = await outcome((done) => readOnly.writeDurably(memory, 0, done));
  assert.equal((error as NodeJS.ErrnoException).code, 'EBADF');
  readOnly.close();
  const file = fileSystem.open(path, 'write');
  assert.equal(await outcome((done) => file.writeDurably(memory, 0, done)), undefined);
  file.close();
});

test('memory that the thread cannot share is refused, and does not block the next write', async () => {
  const file = fileSystem.open(join(directory, 'f'), 'create');
  assert.throws(() => file.writeDurably(new Uint8Array(16), 0, () => {}), /FileSystem\.allocate/);
  const memory = fileSystem.allocate(16);
  assert.equal(await outcome((done) => file.writeDurably(memory, 0, done)), undefined);
  file.close();
});

test('a prepared file holds zeros, replaces what was there, and is published and discarded', async () => {
  const temporary = join(directory, 'next.tmp');
  fs.writeFileSync(temporary, 'old');
  const bytes = 3 * 1024 * 1024 + 5;
  assert.equal(await outcome((done) => fileSystem.createZeroed(temporary, bytes, done)), undefined);
  assert.deepEqual(Buffer.compare(fs.readFileSync(temporary), Buffer.alloc(bytes)), 0);
  const publish = (done: Done): void => fileSystem.publish(directory, 'next.tmp', 'segment', done);
  assert.equal(await outcome(publish), undefined);
  assert.deepEqual(fileSystem.list(directory), ['segment']);
  assert.match(String(await outcome(publish)), /ENOENT/);
  const discard = (done: Done): void => fileSystem.discard(directory, ['segment'], done);
  assert.equal(await outcome(discard), undefined);
  assert.deepEqual(fileSystem.list(directory), []);
  assert.match(String(await outcome(discard)), /ENOENT/);
});

test('directories are made with their parents, for the owner alone; a missing one is empty', () => {
  const nested = join(directory, 'a/b/c');
  assert.deepEqual(fileSystem.list(nested), []);
  fileSystem.makeDirectory(nested);
  fileSystem.makeDirectory(nested);
  assert.equal(mode(join(directory, 'a')), 0o700);
  assert.equal(mode(nested), 0o700);
});

test('a file is created once', () => {
  const path = join(directory, 'f');
  assert.throws(() => fileSystem.open(path, 'write'), { code: 'ENOENT' });
  fileSystem.open(path, 'create').close();
  assert.throws(() => fileSystem.open(path, 'create'), { code: 'EEXIST' });
});

test('a closed file system answers with an error instead of not at all', async () => {
  const other = new NodeFileSystem();
  const file = other.open(join(directory, 'f'), 'create');
  const memory = other.allocate(16);
  assert.equal(await outcome((done) => file.writeDurably(memory, 0, done)), undefined);
  const pending = outcome((done) => file.writeDurably(memory, 0, done));
  other.close();
  await pending;
  file.close();
});
