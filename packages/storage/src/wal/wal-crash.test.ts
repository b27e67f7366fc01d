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
import { hasWal, openWal, type OpenedWal } from './opening.ts';
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

/** What a member has appended, and what it was told is durable. */
class Promises {
  /** The log after each append, in order; the first is empty. */
  readonly histories: (readonly Entry[])[] = [[]];
  /** Which of them is acknowledged. */
  #acknowledged = 0;
  #hardState: HardState = { term: 0, votedFor: 0n, commit: 0 };
  released: LogPosition = { term: 0, index: 0 };

  get appended(): readonly Entry[] {
    return this.histories.at(-1) ?? [];
  }

  get acknowledged(): readonly Entry[] {
    return this.histories[this.#acknowledged] ?? [];
  }

  append(wal: Wal, hardState: HardState | undefined, entries: readonly Entry[]): void {
    const first = entries[0];
    const kept = first === undefined ? this.appended : this.appended.slice(0, first.index - 1);
    const own = this.histories.push([...kept, ...entries]) - 1;
    wal.append(hardState, entries, () => {
      assert.equal(own, this.#acknowledged + 1, 'appends are acknowledged in order');
      this.#acknowledged = own;
      this.#hardState = hardState ?? this.#hardState;
    });
  }

  /** A restart finds the log as it was after an append that is not older than the last acknowledged one. */
  check({ base, entries, hardState }: OpenedWal): void {
    assert.deepEqual(base, this.released);
    const isFound = this.histories.slice(this.#acknowledged).some((history) => {
      const isAsLong = history.length === base.index + entries.length;
      return isAsLong && entries.every((own) => isSame(own, history[own.index - 1]));
    });
    assert.ok(isFound, 'the log is that of an append from the last acknowledged one on');
    assert.ok(hardState.term >= this.#hardState.term, 'the hard state is not older');
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
    const last = promises.appended.length;
    if (kind < 0.6) {
      const count = 1 + Math.floor(random() * 4);
      const entries = Array.from({ length: count }, (_, i) =>
        entry(term, last + 1 + i, Math.floor(random() * 900)),
      );
      promises.append(
        wal,
        random() < 0.3 ? { term, votedFor: 1n, commit: last } : undefined,
        entries,
      );
    } else if (kind < 0.7 && last > promises.released.index + 2) {
      term++;
      const from = last - Math.floor(random() * 2);
      promises.append(wal, { term, votedFor: 2n, commit: from - 1 }, [entry(term, from, 300)]);
    } else if (kind < 0.8 && promises.acknowledged.length > 4) {
      const index = Math.max(promises.released.index, promises.acknowledged.length - 4);
      const released = promises.acknowledged[index - 1];
      if (released === undefined) continue;
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
  test(`no crash loses or halves anything that was acknowledged (SEED=${seed}, ${workload})`, () => {
    const random = randomFrom(start);
    const crashes = randomFrom(start + 500);
    let images = 0;
    runWorkload(random, (disk, promises) => {
      const choices = [...uniform, ...Array.from({ length: 4 }, () => randomCrash(crashes))];
      for (const choice of choices) {
        const image = disk.afterCrash(choice);
        if (!hasWal(image, directory)) {
          assert.equal(promises.acknowledged.length, 0, 'a log that was acknowledged is there');
          continue;
        }
        verifyWal(image, directory);
        const opened = reopen(image, promises.released);
        promises.check(opened);
        // What recovery has repaired stays repaired, and the log goes on from there.
        image.run();
        const next = opened.base.index + opened.entries.length + 1;
        let isDurable = false;
        opened.wal.append(undefined, [entry(99, next, 700)], () => (isDurable = true));
        image.run();
        assert.ok(isDurable);
        const again = reopen(image.afterCrash(uniformCrash('lost', false)), promises.released);
        assert.deepEqual(again.entries.slice(0, -1), opened.entries);
        assert.equal(again.entries.at(-1)?.term, 99);
        assert.equal(again.repairedBytes, 0);
        images++;
      }
    });
    assert.ok(images > 300, `${images} crash images were opened`);
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
