/** An archive follows a log through rotations, removals and restarts, and tells what it could not follow. */
import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ArchiveReader } from './archive-reader.ts';
import { LogArchive } from './log-archive.ts';
import { LoggedMember, directory, fail, identity } from './logged-member.fixture.ts';
import { encodeMark, parseMark } from './mark.ts';

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

test('segments stay until they are copied, and go then', async () => {
  const member = new LoggedMember('kept');
  const archive = await member.archive();
  await member.write(30);
  const before = member.segments;
  ok(before.length > 4);
  await member.release();
  const archived = readdirSync(member.reader.directory);
  deepEqual(
    before.filter((name) => !member.segments.includes(name) && !archived.includes(name)),
    [],
  );
  await archive.close();
  await member.release();
  await member.release();
  ok(!member.segments.includes(before[0] ?? ''));
  deepEqual(member.archivedIndexes().indexes, upTo(32));
  await member.end();
});

test('an archive goes on behind a restart, and behind what a crash has left of a copy', async () => {
  const member = new LoggedMember('restarted');
  let archive = await member.archive();
  await member.write(10);
  await archive.close();
  const { directory: own } = member.reader;
  const newest =
    readdirSync(own)
      .filter((name) => name.endsWith('.wal'))
      .sort()
      .at(-1) ?? '';
  appendFileSync(join(own, newest), Buffer.alloc(3000, 0xaa));
  await member.restart();
  archive = await member.archive();
  await member.write(10);
  await archive.close();
  deepEqual(member.archivedIndexes().indexes, upTo(20));
  deepEqual(member.archivedIndexes(7).indexes, upTo(20, 8));
  deepEqual(member.warnings, []);
  const marks = [...member.reader.marks()].map(({ index }) => index);
  deepEqual(marks, [0, 10, 10, 20]);
  equal(member.reader.markAt(1_000_019)?.index, 10);
  equal(member.reader.markAt(999_999), undefined);
  await member.end();
});

test('what went while nothing was archived is told, and is the end of what came before', async () => {
  const member = new LoggedMember('gap');
  await (await member.archive()).close();
  await member.restart();
  await member.write(30);
  await member.release();
  await member.release();
  const archive = await member.archive();
  match(member.warnings.join(), /has a gap: it ends with segment 0, and the log begins with \d+\./);
  await member.write(3);
  await archive.close();
  const { indexes, reason } = member.archivedIndexes();
  deepEqual(indexes, []);
  match(reason, /expected segment 1, which is missing/);
  // How much was removed before the archive began to look is up to the log's own thread.
  let before = 30;
  while (before < 36 && member.archivedIndexes(before).indexes.length === 0) before += 1;
  deepEqual(member.archivedIndexes(before).indexes, upTo(37, before + 1));
  await member.end();
});

test('the archive of another log with the same ids is left alone', async () => {
  const member = new LoggedMember('before');
  const archive = await member.archive();
  await member.write(3);
  await archive.close();
  const { directory: own } = member.reader;
  const path = join(own, readdirSync(own).find((name) => name.endsWith('.wal')) ?? '');
  const content = readFileSync(path);
  await member.end();
  const other = new LoggedMember('before-2');
  other.index = 100;
  await new Promise<void>((done) => other.wal.markSnapshot({ index: 100, term: 1 }, done));
  await other.write(2);
  const start = LogArchive.start({
    directory: join(directory, 'before', 'archive'),
    walDirectory: other.walDirectory,
    identity,
    wal: other.wal,
    applied: () => ({ revision: 1, index: 0, term: 0 }),
    now: () => 0,
    warn: fail as never,
  });
  await rejects(start, { code: 'directory-foreign' });
  deepEqual(readFileSync(path), content);
  await other.end();
});

test('a directory that cannot be written to is refused by name', async () => {
  const member = new LoggedMember('refused');
  writeFileSync(join(directory, 'refused', 'archive'), '');
  await rejects(member.archive(), { code: 'directory-inaccessible' });
  await member.end();
});

test('an archive whose disk goes and comes back has no gap, and its progress tells of it', async () => {
  const member = new LoggedMember('unmounted');
  const archive = await member.archive();
  await member.write(3);
  renameSync(member.archives, `${member.archives}.gone`);
  await member.warned(/cannot be written \(ENOENT.*segments wait for it, at most 16/);
  await member.write(20);
  const { failures, waitingSegments, gaps } = archive.progress;
  ok(failures > 0 && waitingSegments > 1);
  equal(gaps, 0);
  renameSync(`${member.archives}.gone`, member.archives);
  await member.warned(/^the archive of the log is written again$/);
  await archive.close();
  equal(archive.progress.lastMark?.index, 23);
  equal(archive.progress.waitingSegments, 0);
  deepEqual(member.archivedIndexes().indexes, upTo(23));
  await member.end();
});

test('a disk that does not answer keeps nobody from stopping', async () => {
  const member = new LoggedMember('hung');
  const archive = await member.archive({ closeMsMax: 50 });
  const [marks = ''] = member.reader.marksFiles.map(({ name }) =>
    join(member.reader.directory, name),
  );
  rmSync(marks);
  // Opening a pipe waits for whoever reads it.
  execFileSync('mkfifo', [marks]);
  await member.write(1);
  await archive.close();
  match(member.warnings.join(), /has not answered for 50 ms: the member stops without it/);
  closeSync(openSync(marks, 'r'));
  await member.end();
});

test('an archive that begins behind the snapshot, and a directory of several, are refused', async () => {
  const member = new LoggedMember('late');
  await member.write(30);
  await member.release();
  await member.release();
  const archive = await member.archive();
  await archive.close();
  throws(
    () => member.archivedIndexes(),
    /found an archive that begins with entry \d+, expected one/,
  );
  throws(() => ArchiveReader.open(directory), { code: 'directory-inaccessible' });
  await member.end();
});

test('a mark is a line that tells when it is torn', () => {
  const mark = { timeMs: 1_795_670_343_451, revision: 5, index: 7, term: 2 };
  const line = encodeMark(mark);
  match(line, /^2026-11-26T\S+Z 5 7 2 [0-9a-f]{8}\n$/);
  deepEqual(parseMark(line.slice(0, -1)), mark);
  equal(parseMark(line.slice(0, -4)), undefined);
  equal(parseMark(''), undefined);
});
