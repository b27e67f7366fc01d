/**
 * What is deleted from an archive is what no restoration from the base reads: every entry behind it stays readable,
 * whenever the deletion ends, and whoever writes there meanwhile.
 */
import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { appendFileSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { NodeFileSystem } from '../node-file-system.ts';
import { planArchivePruning, pruneArchive } from './archive-pruning.ts';
import { ArchiveReader } from './archive-reader.ts';
import type { BaseSnapshot } from './base-snapshot.ts';
import { LoggedMember, directory, identity } from './logged-member.fixture.ts';
import { encodeMark } from './mark.ts';

/** Each entry of a logged member makes a revision. */
const baseAt = (index: number, changes: Partial<BaseSnapshot> = {}): BaseSnapshot => ({
  path: 'base.db',
  position: { index, term: 1 },
  revision: index + 1,
  memberIds: new Set([identity.memberId, 8n]),
  ...changes,
});

async function archived(name: string): Promise<LoggedMember> {
  const member = new LoggedMember(name);
  const archive = await member.archive();
  await member.write(30);
  await archive.close();
  return member;
}

const upTo = (last: number, first: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

let copies = 0;
function copyOf(member: LoggedMember): ArchiveReader {
  const path = join(directory, `copy-${copies++}`);
  cpSync(member.reader.directory, path, { recursive: true });
  return ArchiveReader.open(path);
}

function entriesBehind(path: string, index: number): number[] {
  return [...ArchiveReader.open(path).entries({ index, term: 1 })].map((entry) => entry.index);
}

test('of every entry as a base, all that is behind it stays, and nothing whole that is before', async () => {
  const member = await archived('every-base');
  let mostDeleted = 0;
  for (let index = 1; index <= 30; index++) {
    const archive = copyOf(member);
    const pruning = planArchivePruning(archive, baseAt(index));
    pruneArchive(pruning);
    deepEqual(entriesBehind(archive.directory, index), upTo(30, index + 1));
    const [first, second] = ArchiveReader.open(archive.directory).segments;
    equal(first?.firstIndex, pruning.firstIndex);
    ok(pruning.firstIndex <= index);
    ok(second === undefined || second.firstIndex > index, 'the next one begins behind the base');
    equal(
      pruning.segmentCount,
      archive.segments.length - ArchiveReader.open(archive.directory).segments.length,
    );
    mostDeleted = Math.max(mostDeleted, pruning.segmentCount);
    rmSync(archive.directory, { recursive: true });
  }
  ok(mostDeleted >= 4);
  await member.end();
});

test('a deletion that is interrupted leaves what can be restored, and the next one finishes it', async () => {
  const member = await archived('interrupted');
  const base = baseAt(28);
  const { files } = planArchivePruning(member.reader, base);
  ok(files.length > 4);
  for (let kept = 0; kept < files.length; kept++) {
    const archive = copyOf(member);
    const fileSystem = new NodeFileSystem();
    let left = kept;
    const dying = {
      remove: (path: string): void => {
        if (left-- === 0) throw new Error('killed');
        fileSystem.remove(path);
      },
      syncDirectory: (path: string): void => fileSystem.syncDirectory(path),
    };
    throws(() => pruneArchive(planArchivePruning(archive, base), dying), /killed/);
    deepEqual(entriesBehind(archive.directory, 28), [29, 30]);
    const first = ArchiveReader.open(archive.directory).segments[0]?.firstIndex ?? 0;
    deepEqual(
      entriesBehind(archive.directory, first),
      upTo(30, first + 1),
      'no gap has come about',
    );
    pruneArchive(planArchivePruning(ArchiveReader.open(archive.directory), base));
    deepEqual(
      files.filter((name) => existsSync(join(archive.directory, name))),
      [],
    );
    rmSync(archive.directory, { recursive: true });
  }
  await member.end();
});

test('a member that archives goes on behind a deletion, and starts behind one', async () => {
  const member = new LoggedMember('running');
  let archive = await member.archive();
  await member.write(20);
  await archive.close();
  archive = await member.archive();
  pruneArchive(planArchivePruning(member.reader, baseAt(19)));
  await member.write(20);
  await archive.close();
  pruneArchive(planArchivePruning(member.reader, baseAt(40)));
  await member.restart();
  archive = await member.archive();
  await member.write(5);
  await archive.close();
  deepEqual(member.archivedIndexes(40).indexes, upTo(45, 41));
  deepEqual(member.warnings, []);
  await member.end();
});

test('the newest segment stays, and a mark of what is still to come stays with it', async () => {
  const member = await archived('newest');
  const archive = copyOf(member);
  const [oldest] = archive.segments;
  const ahead = { timeMs: 2_000_000, revision: 41, index: 40, term: 1 };
  const marks = oldest?.name.replace('.wal', '.marks') ?? '';
  appendFileSync(join(archive.directory, marks), encodeMark(ahead));
  pruneArchive(planArchivePruning(archive, baseAt(30)));
  const left = readdirSync(archive.directory);
  equal(left.filter((name) => name.endsWith('.wal')).length, 1);
  ok(left.includes(marks));
  const kept = [...ArchiveReader.open(archive.directory).marks()];
  ok(kept.some(({ index }) => index === ahead.index));
  await member.end();
});

test('a base that does not belong to the archive is refused by what shows it', async () => {
  const member = await archived('foreign');
  const refused = (base: BaseSnapshot, expected: RegExp): void => {
    throws(
      () => planArchivePruning(member.reader, base),
      (error: Error) => {
        match(error.message, expected);
        return true;
      },
    );
  };
  refused(
    baseAt(20, { position: { index: 20, term: 2 } }),
    /found entry 20 of term 1, expected term 2/,
  );
  refused(
    baseAt(20, { memberIds: new Set([0x8n, 0x9n]) }),
    /base\.db: found a snapshot of a cluster with the members 8, 9, expected one that has member 7/,
  );
  refused(
    baseAt(20, { revision: 400 }),
    /base\.db: found revision 400 at entry 20 of term 1, expected what fits revision 31 at entry 30/,
  );
  refused(
    baseAt(31),
    /found no entry 31: it ends with .*, expected entry 31 of term 1, which base\.db was taken at\. Wait until/,
  );
  refused(
    baseAt(30, { position: { index: 30, term: 3 } }),
    /expected what fits revision 31 at entry 30 of term 1/,
  );
  await member.end();
});

test('a base in a gap, and one before the archive, are refused', async () => {
  const member = await archived('base-in-gap');
  const archive = copyOf(member);
  const [, second, third] = archive.segments;
  rmSync(join(archive.directory, second?.name ?? ''));
  const holed = ArchiveReader.open(archive.directory);
  throws(
    () => planArchivePruning(holed, baseAt(second?.firstIndex ?? 0)),
    /found no entry \d+: it is whole up to .*, expected segment 1, which is missing/,
  );
  const behind = third?.firstIndex ?? 0;
  pruneArchive(planArchivePruning(holed, baseAt(behind)));
  throws(
    () => planArchivePruning(ArchiveReader.open(archive.directory), baseAt(2)),
    /found an archive that begins with entry \d+, expected one that holds entry 3/,
  );
  const { files } = planArchivePruning(ArchiveReader.open(archive.directory), baseAt(behind - 1));
  deepEqual(files, [], 'an archive may begin right behind its base');
  await member.end();
});
