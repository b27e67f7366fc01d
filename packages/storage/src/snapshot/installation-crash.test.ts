/**
 * Goal: a member that is killed at any moment of taking in and installing a snapshot comes back with its old content and
 * log, or the new one, and never with a mix of them or not at all; the same when it is killed while it comes back. What it
 * had taken in of a snapshot it goes on with.
 * Method: the real file system; before each operation on the member's directory and its log, and after each step of
 * the transfer, a copy of the directory is kept and opened.
 */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { entriesOf, hold, readApplied, TestMember } from '../harness/test-member.ts';
import type { Access, Done, OpenFile } from '../file-system.ts';
import { verifyMember } from '../member-verification.ts';
import { NodeFileSystem } from '../node-file-system.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-install-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

/** Takes all moments of a start, those too that concern the log alone, which `wal-crash.test.ts` covers. */
const isThorough = process.env['SWEEP'] === 'all';

type Look = (moment: string) => void;

/** Calls `look` before everything that changes names, or the log. */
class WatchedFileSystem extends NodeFileSystem {
  readonly #look: Look;

  constructor(look: Look) {
    super();
    this.#look = look;
  }

  override open(path: string, access: Access): OpenFile {
    if (access === 'create') this.#look(`create ${path}`);
    const file = super.open(path, access);
    const writeDurably = file.writeDurably.bind(file);
    file.writeDurably = (bytes, position, done) => {
      this.#look(`write ${path}`);
      writeDurably(bytes, position, done);
    };
    return file;
  }

  override rename(from: string, to: string): void {
    this.#look(`rename ${from} to ${to}`);
    super.rename(from, to);
  }

  override syncDirectory(directory: string): void {
    this.#look(`sync ${directory}`);
    super.syncDirectory(directory);
  }

  override remove(path: string): void {
    this.#look(`remove ${path}`);
    super.remove(path);
  }

  override publish(directory: string, from: string, to: string, done: Done): void {
    this.#look(`publish ${to}`);
    super.publish(directory, from, to, (error) => {
      this.#look(`published ${to}`);
      done(error);
    });
  }

  override discard(directory: string, names: readonly string[], done: Done): void {
    this.#look(`discard ${names.join()}`);
    super.discard(directory, names, done);
  }
}

interface Image {
  readonly moment: string;
  readonly path: string;
  /** Whether the member had been told by then that the snapshot is installed, and what follows it durable. */
  readonly isInstalled: boolean;
  readonly isAppended: boolean;
  /** How many chunks are in `incoming`. */
  readonly chunks: number;
}

const oldRows = { kept: 'old', gone: '1' };
const newRows = { kept: 'new', added: '1'.repeat(5000) };
const oldApplied = { term: 1, index: 10 };
/** Inside the old log, in another history. */
const position = { term: 3, index: 15 };

/** Of the snapshot that is installed. */
const chunks: Buffer[] = [];

/** Runs an installation, and keeps an image of every moment. */
async function imagesOfInstallation(): Promise<Image[]> {
  const path = join(root, 'member');
  const images: Image[] = [];
  const state = { isLooking: false, isInstalled: false, isAppended: false, chunks: 0 };
  const look: Look = (moment) => {
    if (!state.isLooking) return;
    const image = join(root, `image-${images.length}`);
    cpSync(path, image, { recursive: true });
    images.push({
      moment,
      path: image,
      isInstalled: state.isInstalled,
      isAppended: state.isAppended,
      chunks: state.chunks,
    });
  };
  const leader = new TestMember(join(root, 'leader'));
  await leader.commit(newRows, position);
  const member = new TestMember(path, new WatchedFileSystem(look));
  await member.append(entriesOf(1, 1, 20), { term: 3, votedFor: 5n, commit: 10 });
  await member.commit(oldRows, oldApplied);
  state.isLooking = true;

  const name = hold(leader);
  const source = leader.storage.snapshots.source.open(name, 0);
  assert.ok(source);
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  const incoming = member.storage.snapshots.sink.begin(name, name);
  for (const [number, chunk] of chunks.entries()) {
    await incoming.write(chunk);
    state.chunks++;
    look(`chunk ${number} was taken in`);
  }
  state.chunks = 0;
  await incoming.finish();
  look('the snapshot was finished');
  const installed = member.install(position, name).then(() => {
    state.isInstalled = true;
    look('installed');
  });
  const appended = member.append(entriesOf(3, 16, 18)).then(() => {
    state.isAppended = true;
    look('appended');
  });
  await Promise.all([installed, appended]);
  await member.commit({ behind: '1' }, { term: 3, index: 16 });
  look('a batch was committed');
  state.isLooking = false;
  await member.close();
  await leader.close();
  return images;
}

/** Which content the member has; throws for a mix. */
function contentOf(member: TestMember): 'old' | 'new' {
  const { applied, base, entries, hardState } = member.storage;
  assert.ok(hardState.term >= 3 && hardState.commit >= applied.index);
  assert.equal(hardState.votedFor, 5n);
  if (applied.index === oldApplied.index) {
    assert.deepEqual(member.rows(), oldRows);
    assert.deepEqual(entries, entriesOf(1, 11, 20));
    return 'old';
  }
  const isBatchThere = applied.index === 16;
  assert.deepEqual(applied, isBatchThere ? { term: 3, index: 16 } : position);
  assert.deepEqual(member.rows(), isBatchThere ? { ...newRows, behind: '1' } : newRows);
  assert.deepEqual(base, applied);
  assert.deepEqual(entries, entriesOf(3, applied.index + 1, applied.index + entries.length));
  return 'new';
}

/** Goes on with what the killed member had taken in, and installs it. Says whether there was anything. */
async function goOn(member: TestMember, taken: number): Promise<boolean> {
  const { sink } = member.storage.snapshots;
  const { interrupted } = sink;
  assert.equal(interrupted !== undefined, taken > 0);
  if (interrupted === undefined) return false;
  assert.deepEqual(interrupted.origin, interrupted.name);
  const incoming = sink.begin(interrupted.name, interrupted.origin);
  assert.equal(incoming.nextChunk, taken);
  for (const chunk of chunks.slice(incoming.nextChunk)) await incoming.write(chunk);
  await incoming.finish();
  await member.install(position, interrupted.name);
  assert.deepEqual(member.rows(), newRows);
  return true;
}

let resumed = 0;

async function reopen(image: Image, look: Look = () => undefined): Promise<'old' | 'new'> {
  const report = verifyMember(image.path, { readApplied });
  let isStarting = true;
  const fileSystem = new WatchedFileSystem((moment) => {
    if (isStarting) look(moment);
  });
  const member = new TestMember(image.path, fileSystem);
  isStarting = false;
  try {
    const content = contentOf(member);
    assert.deepEqual(report.applied, member.storage.applied);
    if (image.isInstalled) assert.equal(content, 'new');
    if (image.isAppended) assert.equal(member.storage.wal.lastIndex, 18);
    for (const left of ['next', 'replaced'])
      assert.equal(existsSync(join(image.path, 'member', left)), false, `${left} is removed`);
    // It goes on: what is appended and committed now is there the next time.
    await member.commit(content === 'old' ? oldRows : newRows, member.storage.applied);
    if (content === 'old' && (await goOn(member, image.chunks))) resumed++;
    else assert.equal(existsSync(join(image.path, 'member/incoming')), false);
    return content;
  } finally {
    await member.close();
  }
}

test('a kill at any moment of an installation leaves the old content or the new', async (context) => {
  const images = await imagesOfInstallation();
  const found = { old: 0, new: 0 };
  const again: Image[] = [];
  for (const image of images) {
    const isHalf = existsSync(join(image.path, 'member/next'));
    // What the start does is interrupted as well, where there is something for it to end.
    const look: Look = (moment) => {
      const isCovered = moment.includes('/wal') || moment.startsWith('sync');
      if (!isHalf || (isCovered && !isThorough)) return;
      const path = `${image.path}-${again.length}`;
      cpSync(image.path, path, { recursive: true });
      again.push({ ...image, moment: `${image.moment}, then ${moment}`, path });
    };
    try {
      found[await reopen(image, look)]++;
    } catch (error) {
      throw new Error(`killed at: ${image.moment}`, { cause: error });
    }
  }
  for (const image of again) {
    try {
      found[await reopen(image)]++;
    } catch (error) {
      throw new Error(`killed at: ${image.moment}`, { cause: error });
    }
  }
  assert.ok(found.old > 5 && found.new > 5 && resumed >= chunks.length);
  context.diagnostic(
    `${images.length} images, and ${again.length} of starts: ${found.old} old, ${found.new} new, ${resumed} gone on with`,
  );
});
