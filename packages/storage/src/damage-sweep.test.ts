/**
 * Goal: whatever byte of a member's files has changed while it was down, it serves what was written, or refuses and says
 * which file it is and what to do; the end of a log that was not closed may be taken for an interrupted write
 * (bug bank rows 17 to 20 and 25, fault F14).
 * Method: one bit of every byte of log and identity is turned, and the file is read by the production code; of whole
 * members a sample is taken, which `npm run damage` takes of every byte. `SWEEP=all` turns every bit of a log, `SEED=n` takes
 * other bits and another sample.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SimulatedDisk } from '@concord/testing';
import type { Entry, LogPosition } from '@concord/raft';
import { DataDirectory } from './data-directory.ts';
import { StorageError } from './errors.ts';
import { runCampaign, verdictOf, type Verdict } from './harness/damage/campaign.ts';
import { makeSubjects, type Subject } from './harness/damage/subject.ts';
import { entriesOf, TestMember } from './harness/test-member.ts';
import { createWal } from './wal/creation.ts';
import { readLog } from './wal/opening.ts';

const isThorough = process.env['SWEEP'] === 'all';
const seed = Number(process.env['SEED'] ?? 1);
const flipsPerFile = 12;

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-damage-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

interface Flip {
  readonly offset: number;
  readonly bit: number;
}

/** The bits that are turned in the bytes `[0, length)`: one of each, or all of them. */
function* bitsOf(length: number, isEvery = isThorough): Generator<Flip, void> {
  for (let offset = 0; offset < length; offset++) {
    if (isEvery) for (let bit = 0; bit < 8; bit++) yield { offset, bit };
    else yield { offset, bit: (offset * 5 + seed) % 8 };
  }
}

const directory = '/data/member/wal';
const identity = { clusterId: 0xc1n, memberId: 0xa1n };

interface LogCase {
  readonly disk: SimulatedDisk;
  readonly applied: LogPosition;
}

/** Nine records in several segments; the log was closed, or not, and begun anew, or not. */
function logOf(isClosed: boolean, isReset: boolean): LogCase {
  const disk = new SimulatedDisk();
  const onFailure = (error: Error): void => {
    throw error;
  };
  const wal = createWal({ directory, fileSystem: disk, identity, onFailure, segmentBytes: 2560 });
  const append = (term: number, from: number, to: number): void => {
    for (const entry of entriesOf(term, from, to)) {
      wal.append({ term, votedFor: 3n, commit: entry.index - 1 }, [entry], () => undefined);
      disk.run();
    }
  };
  append(1, 1, 5);
  const applied = isReset ? { term: 2, index: 4 } : { term: 0, index: 0 };
  if (isReset) wal.reset(applied, () => undefined);
  append(2, isReset ? 5 : 6, 9);
  if (isClosed) wal.close(() => undefined);
  disk.run();
  return { disk, applied };
}

/** What a start would have of the log. */
function read({ disk, applied }: LogCase): readonly Entry[] {
  const { entries, hardState } = readLog({ directory, fileSystem: disk, identity, applied });
  assert.equal(hardState.votedFor, 3n);
  return entries;
}

function assertDiagnosis(error: unknown, path: string): void {
  assert.ok(error instanceof StorageError, String(error));
  assert.ok(error.path.startsWith(path) && error.remedy !== '', error.message);
}

for (const isReset of [false, true]) {
  for (const isClosed of [true, false]) {
    const name = `${isClosed ? 'a closed log' : 'a log of a killed member'}${isReset ? ', begun anew,' : ''}`;
    test(`${name} is read as it was written or refused, whatever byte has changed (SEED=${seed})`, (context) => {
      const log = logOf(isClosed, isReset);
      const written = read(log);
      const counts = { equal: 0, refused: 0, shortened: 0 };
      const segments = log.disk.list(directory).filter((file) => file.endsWith('.wal'));
      for (const segment of segments.sort()) {
        const path = `${directory}/${segment}`;
        const file = log.disk.open(path, 'write');
        const byte = new Uint8Array(1);
        for (const { offset, bit } of bitsOf(file.size())) {
          file.read(byte, offset);
          file.write(
            byte.map((value) => value ^ (1 << bit)),
            offset,
          );
          try {
            const found = read(log);
            if (found.length < written.length) {
              assert.ok(!isClosed && segment === segments.at(-1), 'only the end may be cut');
              assert.deepEqual(found, written.slice(0, -1), 'the last record alone is lost');
              counts.shortened++;
            } else {
              assert.deepEqual(found, written);
              counts.equal++;
            }
          } catch (error) {
            assertDiagnosis(error, directory);
            counts.refused++;
          }
          file.write(byte, offset);
        }
      }
      assert.deepEqual(read(log), written);
      context.diagnostic(JSON.stringify(counts));
    });
  }
}

test(`an identity file that has changed is refused (SEED=${seed})`, async (context) => {
  const path = join(root, 'identity');
  const member = new TestMember(path);
  await member.append(entriesOf(1, 1, 1));
  await member.close();
  const file = join(path, 'member/identity');
  const written = readFileSync(file);
  const counts = { equal: 0, refused: 0 };
  for (const { offset, bit } of bitsOf(written.length)) {
    const changed = Buffer.from(written);
    changed[offset]! ^= 1 << bit;
    writeFileSync(file, changed);
    try {
      const opened = DataDirectory.open({ path });
      opened.close();
      assert.deepEqual(opened.identity, identity);
      counts.equal++;
    } catch (error) {
      assertDiagnosis(error, path);
      counts.refused++;
    }
  }
  context.diagnostic(JSON.stringify(counts));
});

test(`a start on files with a changed bit has what was written, or says what is wrong (SEED=${seed})`, async (context) => {
  const log = (line: string): void => context.diagnostic(line);
  const report = await runCampaign({
    root: join(root, 'campaign'),
    shards: 2,
    sample: flipsPerFile,
    isEveryBit: false,
    seed,
    only: () => true,
    log,
  });
  for (const [file, counts] of report.counts) log(`${file} ${JSON.stringify(counts)}`);
  assert.ok(report.tried > 10 * flipsPerFile, `${report.tried} flips`);
  assert.deepEqual(report.failures, []);
});

test('a row that nobody wrote, or that is lost, is told from what was written', async () => {
  const path = join(root, 'judged');
  const [closed, killed] = await makeSubjects(path);
  assert.ok(closed && killed);
  const last = killed.lastSegment;
  const served = { kind: 'served', appliedIndex: 25, entries: 1, repairedBytes: 0 } as const;
  const judge = (subject: Subject, file: string, content: string): Verdict =>
    verdictOf({ subject, file }, { ...served, content });
  assert.equal(judge(killed, last, killed.content), 'harmless');
  assert.equal(judge(killed, last, killed.contentBeforeLast ?? ''), 'repaired');
  assert.equal(judge(closed, last, killed.contentBeforeLast ?? ''), 'SILENTLY DIFFERENT');
  assert.equal(
    judge(killed, 'member/identity', killed.contentBeforeLast ?? ''),
    'SILENTLY DIFFERENT',
  );
  assert.equal(judge(closed, last, 'another digest'), 'SILENTLY DIFFERENT');
});
