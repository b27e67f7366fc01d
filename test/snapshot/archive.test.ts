/**
 * Goal: a snapshot and the archive of a member's log give every state that came behind the snapshot. Method: a member does
 * random work, is killed and started again meanwhile; what it was at some revisions is recorded, and compared with what
 * restorations to them hold: history, keys, leases, users and roles.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { EtcdExport, parseRevisionKey } from '@concord/kv';
import { ArchiveReader, readStoppedStore, useStoppedMember, type Mark } from '@concord/storage';
import { Random } from '@concord/testing';
import { runConcordutl } from '../../apps/ctl/src/concordutl/program.ts';
import { writeSnapshot } from '../../apps/ctl/src/concordutl/snapshot.fixture.ts';
import { concord, type Backend } from '../conformance/harness/backend.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { MemberProcess, clusterFlags, memberPlaces, type MemberPlace } from './member-process.ts';
import { SnapshotCall } from './snapshot-call.ts';
import { wander, type Workplace } from './wandering.ts';

const seed = Number(process.env['SEED'] ?? 20261126);
const random = new Random(seed);
const ours = concord() as Backend;
const directory = mkdtempSync(join(tmpdir(), 'concord-archive-'));
const archives = join(directory, 'archive');
const base = join(directory, 'base.db');
after(() => rmSync(directory, { recursive: true, force: true }));

/** What a member was at a revision. */
interface Recorded {
  readonly revision: number;
  readonly hash: number;
  /** From the snapshot that was taken there. */
  readonly rows: readonly string[];
}

const recorded: Recorded[] = [];
let marked: Mark & { readonly rows: readonly string[] };
let final: { readonly rows: readonly string[]; readonly revision: number };
let place: MemberPlace;

const stepsPerPhase = 25;

before(async () => {
  const [only] = await memberPlaces(directory, 1);
  assert.ok(only);
  place = only;
  const work: Workplace = { random, leases: [], names: 0, compactable: 0 };
  {
    await using member = await startArchived();
    await wanderOn(member, work, stepsPerPhase);
    writeFileSync(base, await snapshotOf(member));
    for (let i = 0; i < 2; i++) {
      await wanderOn(member, work, stepsPerPhase);
      recorded.push(await record(member, join(directory, `${i}.db`)));
    }
    member.kill();
  }
  await using member = await startArchived();
  await wanderOn(member, work, stepsPerPhase);
  const mark = await newMark(member);
  recorded.push(await record(member, join(directory, 'killed.db')));
  marked = { ...mark, rows: recorded.at(-1)?.rows ?? [] };
  await wanderOn(member, work, stepsPerPhase);
  await closeToStrangers(member, work);
  await member[Symbol.asyncDispose]();
  const rows = rowsOfDirectory(place.directory);
  final = { rows, revision: ArchiveReader.open(archives).lastMark?.revision ?? 0 };
});

const startArchived = (): Promise<MemberProcess> =>
  MemberProcess.start(ours, place, [place], ['--archive-dir', archives]);

async function wanderOn(member: MemberProcess, work: Workplace, steps: number): Promise<void> {
  const client = new WireClient(member.endpoint);
  await wander(client, work, steps);
  client.close();
}

/** Authentication comes on, and somebody who is known writes. */
async function closeToStrangers(member: MemberProcess, work: Workplace): Promise<void> {
  const client = new WireClient(member.endpoint);
  await client.must('UserAdd', { name: 'root', password: 'pass' });
  await client.must('UserGrantRole', { user: 'root', role: 'root' });
  await client.must('AuthEnable', {});
  const { token } = await client.must('Authenticate', { name: 'root', password: 'pass' });
  await wander(client, work, 10, { metadata: { token } });
  const refused = await client.call('Put', { key: Buffer.from('stranger') });
  assert.ok('message' in refused);
  client.close();
}

async function snapshotOf(member: MemberProcess): Promise<Buffer> {
  using call = new SnapshotCall(member.endpoint);
  return await call.blobs();
}

/** Behind it comes the next revision at once: what makes none belongs to the revision before. */
async function record(member: MemberProcess, path: string): Promise<Recorded> {
  writeFileSync(path, await snapshotOf(member));
  const client = new WireClient(member.endpoint);
  await client.must('Put', { key: Buffer.from('fence') });
  client.close();
  const restored = `${path}.restored`;
  await succeed('snapshot', 'restore', path, '--data-dir', restored);
  const { hash, hashRevision } = await hashOf(restored);
  return { revision: hashRevision, hash, rows: rowsOfDirectory(restored) };
}

/** Waits for a mark of all that has been written. */
async function newMark(member: MemberProcess): Promise<Mark> {
  const client = new WireClient(member.endpoint);
  const { raftIndex } = await client.must('Status', {});
  client.close();
  for (;;) {
    const mark = ArchiveReader.open(archives).lastMark;
    if (mark !== undefined && mark.index >= Number(raftIndex)) return mark;
    await delay(50);
  }
}

async function run(
  ...words: string[]
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const output = { stdout: '', stderr: '' };
  const exitCode = await runConcordutl(words, {
    stdout: (text) => (output.stdout += text),
    stderr: (text) => (output.stderr += text),
  });
  return { exitCode, ...output };
}

async function succeed(...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(...words);
  assert.equal(exitCode, 0, `SEED=${seed}: ${stderr}`);
  return stdout;
}

const hashOf = async (path: string): Promise<{ hash: number; hashRevision: number }> =>
  JSON.parse(await succeed('hashkv', path, '-w', 'json')) as { hash: number; hashRevision: number };

/** As etcd would have them, without those that are of the cluster, and those that compaction has yet to take. */
function rowsOfDirectory(path: string): string[] {
  const rows: string[] = [];
  let bucket = '';
  let compacted = 0;
  const show = (key: string, value: Uint8Array): string =>
    `${Buffer.from(key, 'latin1').toString('hex')} ${createHash('sha1').update(value).digest('hex')}`;
  useStoppedMember(path, {}, (member) => {
    readStoppedStore(member, (view) => {
      const source = new EtcdExport(view, {
        bucket: (name) => (bucket = name),
        put: (key, value) => {
          if (key === 'scheduledCompactRev') {
            compacted = parseRevisionKey(Buffer.from(value).toString('latin1')).main;
          }
          if (!/^(?:members|members_removed|meta|cluster)$/.test(bucket)) {
            rows.push(`${bucket} ${show(key, value)}`);
          }
        },
      });
      while (source.step(1 << 20));
    });
  });
  return rows.filter((row) => {
    const key = /^key (\S+)/.exec(row)?.[1];
    return (
      key === undefined ||
      parseRevisionKey(Buffer.from(key, 'hex').toString('latin1')).main > compacted
    );
  });
}

let targets = 0;

async function restored(archive: string, ...flags: string[]): Promise<string> {
  const target = join(directory, `target-${targets++}`);
  await succeed('snapshot', 'restore', base, '--archive', archive, '--data-dir', target, ...flags);
  return target;
}

async function refusal(archive: string, ...flags: string[]): Promise<string> {
  const target = join(directory, `target-${targets++}`);
  const words = ['snapshot', 'restore', base, '--archive', archive, '--data-dir', target, ...flags];
  const { exitCode, stderr } = await run(...words);
  assert.equal(exitCode, 1, stderr);
  assert.equal(statSync(target, { throwIfNoEntry: false }), undefined);
  return stderr.split('\n').find((line) => line.startsWith('Error: ')) ?? '';
}

/** Of the archive's own directory, to be damaged. */
function copyOfArchive(): { readonly path: string; readonly segments: readonly string[] } {
  const path = join(directory, `archive-${targets++}`);
  cpSync(ArchiveReader.open(archives).directory, path, { recursive: true });
  return { path, segments: segmentsIn(path) };
}

const segmentsIn = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith('.wal'))
    .sort();

/** Of another cluster. */
async function foreignSnapshot(): Promise<string> {
  const path = join(directory, 'foreign.db');
  if (!existsSync(path)) await writeSnapshot(join(directory, 'foreign-store'), path);
  return path;
}

/** The recorded state that a segment leads up to, and the one behind it. */
const firstAndLast = (): readonly [Recorded, Recorded] => {
  const [first, last] = [recorded[0], recorded.at(-1)];
  assert.ok(first !== undefined && last !== undefined);
  return [first, last];
};

describe('a snapshot and an archive', () => {
  test('give the state of any revision', async () => {
    assert.ok(copyOfArchive().segments.length >= 3, 'the work fills several segments');
    for (const { revision, hash, rows } of recorded) {
      const target = await restored(archives, '--to-revision', String(revision));
      const { hash: ownHash, hashRevision } = await hashOf(target);
      assert.deepEqual([ownHash, hashRevision], [hash, revision], `SEED=${seed}`);
      assert.deepEqual(rowsOfDirectory(target), rows, `SEED=${seed}: revision ${revision}`);
    }
  });

  test('give the state of a time', async () => {
    const at = new Date(marked.timeMs).toISOString();
    const target = await restored(archives, '--to-time', at);
    assert.deepEqual(rowsOfDirectory(target), marked.rows);
    await succeed('verify', '--data-dir', target);
    const late = await refusal(archives, '--to-time', new Date(Date.now() + 1e6).toISOString());
    assert.match(
      late,
      /found a last mark of .*, expected one of .* or later\. Give an earlier --to-time/,
    );
    assert.match(await refusal(archives, '--to-time', '2001-01-01T00:00:00Z'), /later marks alone/);
  });

  test('give all that is archived, on which a member starts', async () => {
    const own = { ...place, directory: join(directory, 'started') };
    await succeed('snapshot', 'restore', base, '--archive', archives, ...clusterFlags(own, [own]));
    assert.deepEqual(rowsOfDirectory(own.directory), final.rows);
    await using member = await MemberProcess.start(ours, own);
    const client = new WireClient(member.endpoint);
    const { token } = await client.must('Authenticate', { name: 'root', password: 'pass' });
    const request = { key: Buffer.from('after'), value: Buffer.from('1') };
    const { header } = await client.must('Put', request, { metadata: { token } });
    assert.equal(Number(header?.revision), final.revision + 1);
    client.close();
  });

  test('can leave users out, and raise the revision', async () => {
    const bump = ['--bump-revision', '1000', '--mark-compacted', '--without-auth'];
    const target = await restored(archives, ...bump);
    assert.equal((await hashOf(target)).hashRevision, final.revision + 1000);
    const auth = rowsOfDirectory(target).filter((row) => row.startsWith('auth'));
    assert.deepEqual(
      auth.map((row) => row.split(' ')[0]),
      ['auth', 'auth'],
    );
  });

  test('whose last segment was copied in part give what is whole', async () => {
    const { path, segments } = copyOfArchive();
    const last = join(path, segments.at(-1) ?? '');
    truncateSync(last, Math.floor(statSync(last).size / 2) + 100);
    const [first] = firstAndLast();
    const target = await restored(path, '--to-revision', String(first.revision));
    assert.deepEqual(rowsOfDirectory(target), first.rows);
    await restored(path);
    const message = await refusal(path, '--to-revision', String(final.revision));
    assert.match(message, /and no more: it (?:ends with|is whole up to) .*\.wal at offset \d+/);
  });

  test('with a segment missing lead up to the gap, and say so', async () => {
    const { path, segments } = copyOfArchive();
    rmSync(join(path, segments[1] ?? ''));
    const [, last] = firstAndLast();
    const message = await refusal(path, '--to-revision', String(last.revision));
    assert.match(message, /expected segment 1, which is missing, expected revision \d+\./);
    assert.match(await refusal(path), /segment 1, which is missing/);
  });

  test('with a bit turned lead up to the damage, and say where it is', async () => {
    const { path, segments } = copyOfArchive();
    const name = join(path, segments[1] ?? '');
    const bytes = readFileSync(name);
    bytes.writeUInt8(bytes.readUInt8(600_000) ^ 16, 600_000);
    writeFileSync(name, bytes);
    const [, last] = firstAndLast();
    assert.match(
      await refusal(path),
      /0001-\w+\.wal at offset \d+: found a record of \d+ bytes that/,
    );
    assert.match(await refusal(path, '--to-revision', String(last.revision)), /at offset \d+/);
  });

  test('of different clusters are refused', async () => {
    const foreign = await foreignSnapshot();
    const target = join(directory, 'foreign-target');
    const words = ['snapshot', 'restore', foreign, '--archive', archives, '--data-dir', target];
    const { exitCode, stderr } = await run(...words);
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /found entry 9 of term 1, expected term 2, which the snapshot was taken at/,
    );
  });
});

describe('an archive', () => {
  interface Document {
    readonly archives: readonly {
      readonly state: string;
      readonly segments: number;
      readonly stretches: readonly { readonly lastRevision: number }[];
      readonly faults: readonly string[];
    }[];
  }

  test('says what it holds, in every format', async () => {
    const { archives: all } = JSON.parse(
      await succeed('archive', 'status', archives, '-w', 'json'),
    ) as Document;
    assert.equal(all.length, 1);
    assert.equal(all[0]?.state, 'sound');
    assert.deepEqual(
      all[0].stretches.map(({ lastRevision }) => lastRevision),
      [final.revision],
    );
    const table = await succeed('archive', 'status', archives, '-w', 'table');
    assert.match(table, /\| +MEMBER +\| .*\| +1-\d+ \| +1-\d+ \| 20\S+Z \| 20\S+Z \| sound \|/s);
    assert.match(
      await succeed('archive', 'status', ArchiveReader.open(archives).directory),
      /: sound: \d+ segments, .*\n {2}entries 1-\d+, revisions 1-\d+, from 20\S+Z to 20\S+Z\n$/,
    );
  });

  test('says what it lacks, with status 1', async () => {
    const { path, segments } = copyOfArchive();
    rmSync(join(path, segments[1] ?? ''));
    const { exitCode, stdout, stderr } = await run('archive', 'status', path);
    assert.equal(exitCode, 1);
    assert.match(stdout, /: incomplete: .*\n {2}entries 1-\d+.*\n {2}entries \d+-\d+/);
    assert.match(stderr, /^Error: .*: segment 1 is missing\.\n$/);
    const nothing = await run('archive', 'status', join(directory, 'nothing'));
    assert.equal(nothing.exitCode, 1);
    assert.match(nothing.stderr, /found no segments of a log, expected the archive of one member/);
  });

  test('without what a base does not need leads to the oldest and the newest revision all the same', async () => {
    const { path, segments } = copyOfArchive();
    const newBase = join(directory, 'killed.db');
    const prune = ['archive', 'prune', path, '--base', newBase];
    const rehearsed = await succeed(...prune, '--dry-run');
    assert.match(rehearsed, /^would delete .*\.marks\nwould delete .*0000-\w+\.wal\n/);
    assert.deepEqual(segmentsIn(path), segments);
    assert.equal((await run(...prune, '-w', 'protobuf')).exitCode, 4);
    assert.deepEqual(
      segmentsIn(path),
      segments,
      'an unknown format is refused before anything goes',
    );
    assert.equal(
      await succeed(...prune),
      rehearsed.replaceAll('would delete', 'deleted').replace('would begin', 'begins'),
    );
    assert.ok(segmentsIn(path).length < segments.length);
    assert.match(
      await succeed(...prune),
      /: nothing to delete: what begins with entry \d+ is needed\n$/,
    );

    const [, oldest] = firstAndLast();
    const from = async (...flags: string[]): Promise<string> => {
      const target = join(directory, `target-${targets++}`);
      await succeed(
        'snapshot',
        'restore',
        newBase,
        '--archive',
        path,
        '--data-dir',
        target,
        ...flags,
      );
      return target;
    };
    const atBase = await from('--to-revision', String(oldest.revision));
    assert.equal((await hashOf(atBase)).hash, oldest.hash);
    assert.deepEqual(rowsOfDirectory(atBase), oldest.rows);
    const atEnd = await from();
    assert.deepEqual(await hashOf(atEnd), await hashOf(place.directory));
    assert.deepEqual(rowsOfDirectory(atEnd), final.rows);
    assert.match(await refusal(path), /found an archive that begins with entry \d+/);
    assert.match(await succeed('archive', 'status', path), /: sound: /);
  });

  test('is not pruned by a snapshot that does not belong to it, nor by one that is damaged', async () => {
    const { path, segments } = copyOfArchive();
    const foreign = await foreignSnapshot();
    const refused = async (file: string): Promise<string> => {
      const { exitCode, stdout, stderr } = await run('archive', 'prune', path, '--base', file);
      assert.deepEqual([exitCode, stdout], [1, '']);
      assert.deepEqual(segmentsIn(path), segments);
      return stderr;
    };
    assert.match(
      await refused(foreign),
      /^Error: .*foreign\.db: found (?:a snapshot of a cluster with the members 7|revision \d+ at entry 9 of term 2), expected /,
    );
    const bytes = readFileSync(join(directory, 'killed.db'));
    const damaged = join(directory, 'damaged.db');
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    writeFileSync(damaged, bytes);
    assert.match(await refused(damaged), /^Error: expected sha256 /);
    assert.match(await refused(join(directory, 'none.db')), /none\.db: no such file/);
    // Of several in a directory, one that ends before the base is left alone, and keeps no other.
    const shared = join(directory, `shared-${targets++}`);
    const [first, ended] = [join(shared, '1-1'), join(shared, '1-2')];
    for (const copy of [first, ended]) cpSync(path, copy, { recursive: true });
    for (const name of segments.slice(1)) rmSync(join(ended, name));
    const words = ['archive', 'prune', shared, '--base', join(directory, 'killed.db')];
    const { exitCode, stdout, stderr } = await run(...words);
    assert.equal(exitCode, 1);
    assert.match(stdout, /1-1: deleted \d+ segments?, /);
    assert.doesNotMatch(stdout, /1-2/);
    assert.match(
      stderr,
      /^Error: .*1-2: found no entry \d+: it ends with .* expected entry \d+ of/,
    );
    assert.ok(segmentsIn(first).length < segments.length);
    assert.deepEqual(segmentsIn(ended), segments.slice(0, 1));
    const without = await run('archive', 'prune', path);
    assert.match(without.stderr, /required flag\(s\) "base" not set/);
  });
});

test('flags of an archive that do not fit together are refused', async () => {
  const refused = async (...flags: string[]): Promise<string> => {
    const { exitCode, stderr } = await run('snapshot', 'restore', base, ...flags);
    assert.equal(exitCode, 128, stderr);
    return stderr;
  };
  assert.match(await refused('--to-revision', '5'), /need --archive/);
  const both = ['--archive', archives, '--to-revision', '5', '--to-time', '2026-11-26T04:20:00Z'];
  assert.match(await refused(...both), /cannot be given together/);
  assert.match(
    await refused('--archive', archives, '--to-time', 'noon'),
    /invalid argument "noon"/,
  );
  assert.match(await refusal(join(directory, 'nothing')), /found no segments of a log/);
});

test('a member made anew does not write into the archive of the one before', async () => {
  const anew = { ...place, directory: join(directory, 'anew') };
  await assert.rejects(
    MemberProcess.start(ours, anew, [anew], ['--archive-dir', archives]),
    /found records of another log, of a member with the same ids/,
  );
});
