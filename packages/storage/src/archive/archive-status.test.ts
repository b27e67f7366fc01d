/** What an archive holds is told with its entries, revisions and times; what it lacks, too. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { archiveStatus, type ArchiveStatus } from './archive-status.ts';
import { LoggedMember, identity } from './logged-member.fixture.ts';

/** 30 entries and those that a release adds, in several segments, each marked. */
async function archived(name: string): Promise<LoggedMember> {
  const member = new LoggedMember(name);
  const archive = await member.archive();
  await member.write(30);
  await archive.close();
  return member;
}

const rangesOf = ({ stretches }: ArchiveStatus): (readonly [number, number])[] =>
  stretches.map(({ firstIndex, lastIndex }) => [firstIndex, lastIndex]);

const segmentsOf = (member: LoggedMember): string[] =>
  readdirSync(member.reader.directory)
    .filter((name) => name.endsWith('.wal'))
    .sort();

const firstIndexOf = (name: string | undefined): number => Number(`0x${name?.slice(17, 33) ?? ''}`);

test('an archive without gaps is one stretch, from its first mark to its last', async () => {
  const member = await archived('whole');
  const status = archiveStatus(member.reader);
  deepEqual(status.identity, identity);
  equal(status.segmentCount, segmentsOf(member).length);
  ok(status.bytes > 0);
  deepEqual(rangesOf(status), [[1, 30]]);
  const [{ firstMark, lastMark } = {}] = status.stretches;
  deepEqual([firstMark?.index, firstMark?.revision], [0, 1]);
  deepEqual([lastMark?.index, lastMark?.revision], [30, 31]);
  equal(lastMark?.timeMs, 1_000_030);
  deepEqual(status.faults, []);
  await member.end();
});

test('a copy that is under way is no damage', async () => {
  const member = await archived('under-way');
  const last = join(member.reader.directory, segmentsOf(member).at(-1) ?? '');
  truncateSync(last, 700);
  const status = archiveStatus(member.reader);
  deepEqual(status.faults, []);
  ok((status.stretches[0]?.lastIndex ?? 0) < 30);
  await member.end();
});

test('an end that was lost is told by the marks that speak of it', async () => {
  const member = await archived('lost-end');
  await (await member.archive()).close();
  const last = join(member.reader.directory, segmentsOf(member).at(-1) ?? '');
  truncateSync(last, 700);
  match(
    archiveStatus(member.reader).faults.join(),
    /^it ends with entry \d+, and its marks speak of entries up to 30$/,
  );
  rmSync(last);
  match(archiveStatus(member.reader).faults.join(), /^segment \d+ is missing$/);
  await member.end();
});

test('segments that are missing part what is before from what is behind', async () => {
  const member = await archived('missing');
  const [, second, third, fourth] = segmentsOf(member);
  for (const name of [second, third]) rmSync(join(member.reader.directory, name ?? ''));
  const status = archiveStatus(member.reader);
  deepEqual(status.faults, ['segments 1 to 2 are missing']);
  equal(rangesOf(status).length, 2);
  deepEqual(rangesOf(status)[1], [firstIndexOf(fourth), 30]);
  await member.end();
});

test('damage ends a stretch where it is, and the next segment begins another', async () => {
  const member = await archived('damaged');
  const [, second, third] = segmentsOf(member);
  const path = join(member.reader.directory, second ?? '');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(600) ^ 1, 600);
  writeFileSync(path, bytes);
  const { stretches, faults } = archiveStatus(member.reader);
  equal(faults.length, 1);
  match(
    faults[0] ?? '',
    /it is whole up to .*0001-\w+\.wal at offset 512: found a record of \d+ bytes/,
  );
  equal(
    stretches[0]?.lastIndex,
    firstIndexOf(second) - 2,
    'of the last one no hard state says that it is committed',
  );
  deepEqual([stretches[1]?.firstIndex, stretches[1]?.lastIndex], [firstIndexOf(third), 30]);
  await member.end();
});

test('what a member got as a snapshot is a gap in its log, and no gap where it begins with it', async () => {
  const member = new LoggedMember('sent');
  const skip = async (index: number): Promise<void> => {
    member.index = index;
    await new Promise<void>((done) => member.wal.reset({ index, term: 1 }, done));
  };
  const archive = await member.archive();
  await skip(500);
  await member.write(3);
  await skip(600);
  await member.write(3);
  await archive.close();
  const status = archiveStatus(member.reader);
  deepEqual(rangesOf(status), [
    [501, 502],
    [601, 606 - 3],
  ]);
  equal(status.faults.length, 1);
  match(
    status.faults[0] ?? '',
    /goes on behind entries 50\d to 600, which this member got in another way/,
  );
  await member.end();
});
