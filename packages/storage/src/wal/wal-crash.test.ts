/**
 * Goal: whatever moment the power goes at, and whatever subset of unsynced sectors and names the disk has kept,
 * every acknowledged append is there after a restart and nothing is there in half (bug bank rows 13, 14, 17-22).
 * Method: a workload runs on the simulated disk; before each operation of the disk, images of what a crash would
 * leave are taken and opened with the production code.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomCrash, SimulatedDisk, uniformCrash, type CrashChoices } from '@concord/testing';
import type { Entry, HardState, LogPosition } from '@concord/raft';
import { createWal } from './creation.ts';
import { hasWal, openWal, readSnapshotPosition, type OpenedWal } from './opening.ts';
import { verifyWal } from './verification.ts';
import type { Wal, WalOptions } from './wal.ts';

const directory = '/data/member/wal';
const identity = { clusterId: 0xc1n, memberId: 0xa1n };
const seed = Number(process.env['SEED'] ?? 1);

/** mulberry32. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function optionsFor(disk: SimulatedDisk): WalOptions {
  return {
    directory,
    fileSystem: disk,
    identity,
    segmentBytes: 8192,
    onFailure: (error) => {
      throw error;
    },
  };
}

function entry(term: number, index: number, length: number): Entry {
  return { term, index, kind: 'normal', data: new Uint8Array(length).fill(index & 0xff) };
}

/** The log as it is after an append: what follows the position it was begun at. */
interface History {
  readonly start: LogPosition;
  readonly entries: readonly Entry[];
}

const lastIndex = ({ start, entries }: History): number => start.index + entries.length;
const entryAt = ({ start, entries }: History, index: number): Entry | undefined =>
  entries[index - start.index - 1];

/** What a member has appended, and what it was told is durable. */
class Promises {
  /** The log after each append and reset, in order; the first is empty. */
  readonly histories: History[] = [{ start: { term: 0, index: 0 }, entries: [] }];
  /** Which of them is acknowledged. */
  #acknowledged = 0;
  #hardState: HardState = { term: 0, votedFor: 0n, commit: 0 };
  released: LogPosition = { term: 0, index: 0 };

  get appended(): History {
    return this.histories.at(-1) as History;
  }

  get acknowledged(): History {
    return this.histories[this.#acknowledged] as History;
  }

  append(wal: Wal, hardState: HardState | undefined, entries: readonly Entry[]): void {
    const { start, entries: before } = this.appended;
    const first = entries[0]?.index ?? lastIndex(this.appended) + 1;
    const kept = before.slice(0, first - 1 - start.index);
    const own = this.histories.push({ start, entries: [...kept, ...entries] }) - 1;
    wal.append(hardState, entries, () => {
      this.#acknowledge(own);
      this.#hardState = hardState ?? this.#hardState;
    });
  }

  /** The store that has the state at `start` is durable, as `next`. */
  reset(wal: Wal, start: LogPosition): void {
    const own = this.histories.push({ start, entries: [] }) - 1;
    wal.reset(start, () => {
      this.#acknowledge(own);
      this.released = start;
    });
  }

  #acknowledge(own: number): void {
    assert.equal(own, this.#acknowledged + 1, 'appends are acknowledged in order');
    this.#acknowledged = own;
  }

  /** Which store a restart takes: that of a snapshot that the log has begun anew behind, or the one before. */
  applied(disk: SimulatedDisk): LogPosition {
    const begun = readSnapshotPosition(optionsFor(disk));
    const starts = this.histories.slice(this.#acknowledged).map(({ start }) => start);
    const isNext = ({ term, index }: LogPosition): boolean =>
      index > this.released.index && begun?.index === index && begun.term === term;
    return starts.find(isNext) ?? this.released;
  }

  /** A restart finds the log as it was after an append that is not older than the last acknowledged one. */
  check({ base, entries, hardState }: OpenedWal, applied: LogPosition): void {
    assert.deepEqual(base, applied);
    const isFound = this.histories.slice(this.#acknowledged).some((history) => {
      const isAsLong = lastIndex(history) === base.index + entries.length;
      const isOfItsStore = applied === history.start || history.start.index <= applied.index;
      const hasBase =
        base.index === history.start.index || entryAt(history, base.index) !== undefined;
      const isEqual = entries.every((own) => isSame(own, entryAt(history, own.index)));
      return isAsLong && isOfItsStore && hasBase && isEqual;
    });
    assert.ok(isFound, 'the log is that of an append from the last acknowledged one on');
    assert.ok(hardState.term >= this.#hardState.term, 'the hard state is not older');
    const isSameTerm = hardState.term === this.#hardState.term;
    if (isSameTerm && this.#hardState.votedFor !== 0n)
      assert.equal(hardState.votedFor, this.#hardState.votedFor, 'a vote is not forgotten');
    assert.ok(hardState.commit >= applied.index, 'what is applied is committed');
  }
}

function isSame(a: Entry, b: Entry | undefined): boolean {
  return (
    b !== undefined &&
    a.index === b.index &&
    a.term === b.term &&
    Buffer.compare(a.data, b.data) === 0
  );
}

/** Runs a seeded workload, and calls `look` before every operation of the disk. */
function runWorkload(
  random: () => number,
  look: (disk: SimulatedDisk, promises: Promises) => void,
): void {
  const promises = new Promises();
  let isLooking = false;
  const disk: SimulatedDisk = new SimulatedDisk({
    interfere: () => {
      if (!isLooking) {
        isLooking = true;
        look(disk, promises);
        isLooking = false;
      }
      return undefined;
    },
  });
  const wal = createWal(optionsFor(disk));
  let term = 1;
  for (let step = 0; step < 60; step++) {
    const kind = random();
    const last = lastIndex(promises.appended);
    if (kind < 0.06) {
      // Ahead of the log, or inside it, in another history or the same; what was longer is void.
      const first = Math.max(promises.released.index, promises.appended.start.index) + 1;
      const index = random() < 0.3 ? last + 1 : first + Math.floor(random() * (last + 9 - first));
      const isOtherHistory = random() < 0.7;
      const own = entryAt(promises.appended, index);
      if (isOtherHistory) term++;
      promises.reset(wal, { term: isOtherHistory ? term : (own?.term ?? term), index });
    } else if (kind < 0.6) {
      const count = 1 + Math.floor(random() * 4);
      const entries = Array.from({ length: count }, (_, i) =>
        entry(term, last + 1 + i, Math.floor(random() * 900)),
      );
      promises.append(
        wal,
        random() < 0.3 ? { term, votedFor: BigInt(term), commit: last } : undefined,
        entries,
      );
    } else if (
      kind < 0.7 &&
      promises.appended.entries.length > 3 &&
      last > promises.released.index + 2
    ) {
      term++;
      const from = last - Math.floor(random() * 2);
      promises.append(wal, { term, votedFor: BigInt(term), commit: from - 1 }, [
        entry(term, from, 300),
      ]);
    } else if (kind < 0.8 && lastIndex(promises.acknowledged) > 4) {
      const index = Math.max(promises.released.index, lastIndex(promises.acknowledged) - 4);
      const released = entryAt(promises.acknowledged, index);
      const { start } = promises.appended;
      const isBehindReset = start !== promises.acknowledged.start && index >= start.index;
      // Raft takes no snapshot of what it has applied.
      if (released === undefined || isBehindReset) continue;
      promises.released = { term: released.term, index };
      wal.release(index, released.term);
    }
    for (let steps = Math.floor(random() * 6); steps > 0; steps--) {
      disk.step(Math.floor(random() * disk.pending));
    }
  }
  disk.run();
}

function reopen(disk: SimulatedDisk, applied: LogPosition): OpenedWal {
  return openWal({ ...optionsFor(disk), applied });
}

const uniform: readonly CrashChoices[] = [
  uniformCrash('lost', false),
  uniformCrash('lost', true),
  uniformCrash('kept', true),
  uniformCrash('kept', false),
  uniformCrash('garbage', true),
  uniformCrash('torn', true),
];

for (const workload of [1, 2, 3, 4]) {
  const start = seed * 1000 + workload;
  test(`no crash loses or halves anything that was acknowledged (SEED=${seed}, ${workload})`, (context) => {
    const random = randomFrom(start);
    const crashes = randomFrom(start + 500);
    let images = 0;
    let resets = 0;
    runWorkload(random, (disk, promises) => {
      const choices = [...uniform, ...Array.from({ length: 4 }, () => randomCrash(crashes))];
      for (const choice of choices) {
        const image = disk.afterCrash(choice);
        if (!hasWal(image, directory)) {
          assert.equal(
            promises.acknowledged.entries.length,
            0,
            'a log that was acknowledged is there',
          );
          continue;
        }
        verifyWal(image, directory);
        const applied = promises.applied(image);
        const opened = reopen(image, applied);
        promises.check(opened, applied);
        // What recovery has repaired stays repaired, and the log goes on from there.
        image.run();
        const next = opened.base.index + opened.entries.length + 1;
        let isDurable = false;
        opened.wal.append(undefined, [entry(99, next, 700)], () => (isDurable = true));
        image.run();
        assert.ok(isDurable);
        const again = reopen(image.afterCrash(uniformCrash('lost', false)), applied);
        assert.deepEqual(again.entries.slice(0, -1), opened.entries);
        assert.equal(again.entries.at(-1)?.term, 99);
        assert.equal(again.repairedBytes, 0);
        images++;
        if (applied !== promises.released) resets++;
      }
    });
    assert.ok(images > 300, `${images} crash images were opened`);
    context.diagnostic(`${images} crash images, ${resets} of them of a log begun anew`);
  });
}

test('a crash while a torn tail is being repaired is repaired by the next start', () => {
  const disk = new SimulatedDisk();
  const wal = createWal(optionsFor(disk));
  wal.append(undefined, [entry(1, 1, 100)], () => {});
  disk.run();
  wal.append(undefined, [entry(1, 2, 3000)], () => {});
  disk.step();
  const image = disk.afterCrash({
    fate: (_, sector) => (sector % 2 ? 'kept' : 'lost'),
    keepsName: () => true,
  });
  const crashes: SimulatedDisk[] = [];
  const repairing: SimulatedDisk = image.afterCrash(uniformCrash('kept', true), {
    interfere: () => {
      for (const choice of uniform) crashes.push(repairing.afterCrash(choice));
      return undefined;
    },
  });
  assert.ok(reopen(repairing, { term: 0, index: 0 }).repairedBytes > 0);
  assert.ok(crashes.length > 6);
  for (const crashed of crashes) {
    assert.deepEqual(
      reopen(crashed, { term: 0, index: 0 }).entries.map((own) => own.index),
      [1],
    );
  }
});
