/**
 * Goal: the log keeps its promises while nothing crashes, stops when the disk fails, and tells a torn tail
 * from damage (bug bank rows 17 to 19, 22 to 24).
 * Method: the production log on the simulated disk; the damage is done byte by byte.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedDisk, uniformCrash, type SimulatedDiskOptions } from '@concord/testing';
import type { Entry, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import { createWal } from './creation.ts';
import { openWal, type OpenedWal, type OpenWalOptions } from './opening.ts';
import { readSegmentPayload, segmentPayloadBytes, writeSegmentPayload } from './payload.ts';
import { sectorBytes } from './record.ts';
import { verifyWal } from './verification.ts';
import type { Wal, WalOptions } from './wal.ts';

const directory = '/data/member/wal';
const identity = { clusterId: 0xc1n, memberId: 0xa1n };
const start: LogPosition = { term: 0, index: 0 };
const keepAll = uniformCrash('kept', true);

function optionsFor(disk: SimulatedDisk, more: Partial<WalOptions> = {}): WalOptions {
  const onFailure = (error: Error): void => {
    throw error;
  };
  return { directory, fileSystem: disk, identity, segmentBytes: 8192, onFailure, ...more };
}

function entry(term: number, index: number, length = 40): Entry {
  return { term, index, kind: 'normal', data: new Uint8Array(length).fill(0x60 + (index % 26)) };
}

function reopen(disk: SimulatedDisk, more: Partial<OpenWalOptions> = {}): OpenedWal {
  const copy = disk.afterCrash(keepAll);
  return openWal({ ...optionsFor(copy), applied: start, ...more });
}

const indexes = (opened: OpenedWal): number[] => opened.entries.map((own) => own.index);

/** A log with one record for each of `count` entries, all durable, and where each record begins. */
function logOf(
  count: number,
  options: SimulatedDiskOptions = {},
): { disk: SimulatedDisk; wal: Wal; path: string; offsets: number[] } {
  const disk = new SimulatedDisk(options);
  const wal = createWal(optionsFor(disk));
  disk.run();
  const offsets: number[] = [];
  for (let index = 1; index <= count; index++) {
    offsets.push(wal.position.offset);
    wal.append(undefined, [entry(1, index)], () => {});
    disk.run();
  }
  const [name] = disk.list(directory).filter((file) => file.endsWith('.wal'));
  return { disk, wal, path: `${directory}/${name}`, offsets };
}

test('entries, kinds and hard state come back as they were appended', () => {
  const disk = new SimulatedDisk();
  const wal = createWal(optionsFor(disk));
  const entries: Entry[] = [
    { term: 1, index: 1, kind: 'normal', data: new Uint8Array(0) },
    { term: 1, index: 2, kind: 'membership', data: new Uint8Array([1, 2, 3]) },
    { term: 2 ** 40, index: 3, kind: 'normal', data: new Uint8Array(5000).fill(9) },
  ];
  const hardState = { term: 2 ** 40, votedFor: 0xfedc_ba98_7654_3210n, commit: 2 };
  wal.append(hardState, entries, () => {});
  disk.run();
  const opened = reopen(disk);
  assert.deepEqual(opened.entries, entries);
  assert.deepEqual(opened.hardState, hardState);
  assert.deepEqual(opened.base, start);
});

test('what is appended while the disk is busy goes in one write, and is called back in order', () => {
  let writes = 0;
  const disk = new SimulatedDisk({
    interfere: (operation) => {
      if (operation === 'write') writes++;
      return undefined;
    },
  });
  const wal = createWal(optionsFor(disk));
  disk.run();
  writes = 0;
  const order: number[] = [];
  for (let index = 1; index <= 10; index++) {
    wal.append(undefined, [entry(1, index)], () => order.push(index));
  }
  assert.deepEqual(order, []);
  disk.run();
  assert.deepEqual(order, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(writes, 2);
  assert.deepEqual(indexes(reopen(disk)), order);
});

test("the data is copied: the caller's buffer is free when append returns", () => {
  const disk = new SimulatedDisk();
  const wal = createWal(optionsFor(disk));
  wal.append(undefined, [entry(1, 1)], () => {});
  const data = new Uint8Array(100).fill(1);
  wal.append(undefined, [{ term: 1, index: 2, kind: 'normal', data }], () => {});
  data.fill(2);
  disk.run();
  assert.deepEqual(reopen(disk).entries[1]?.data, new Uint8Array(100).fill(1));
});

test('nothing is called durable before the sync has returned', () => {
  const { disk, wal } = logOf(0);
  let isDurable = false;
  wal.append(undefined, [entry(1, 1)], () => (isDurable = true));
  disk.step();
  assert.equal(isDurable, false);
  disk.step();
  assert.equal(isDurable, true);
});

test('what a killed process wrote but had not synced is durable once it is recovered', () => {
  const { disk, wal } = logOf(2);
  wal.append(undefined, [entry(1, 3)], () => assert.fail('the process is dead'));
  disk.step();
  const lose = uniformCrash('lost', false);
  assert.deepEqual(
    indexes(openWal({ ...optionsFor(disk.afterCrash(lose)), applied: start })),
    [1, 2],
  );
  assert.deepEqual(indexes(openWal({ ...optionsFor(disk), applied: start })), [1, 2, 3]);
  assert.deepEqual(
    indexes(openWal({ ...optionsFor(disk.afterCrash(lose)), applied: start })),
    [1, 2, 3],
  );
});

test('a later append replaces what it overlaps', () => {
  const { disk, wal } = logOf(5);
  wal.append({ term: 2, votedFor: 0n, commit: 2 }, [entry(2, 3), entry(2, 4)], () => {});
  disk.run();
  const terms = reopen(disk).entries.map((own) => own.term);
  assert.deepEqual(terms, [1, 1, 2, 2]);
});

test('a full segment is followed by the next, and an entry larger than a segment fits in', () => {
  const { disk, wal } = logOf(0);
  for (let index = 1; index <= 40; index++) {
    wal.append(undefined, [entry(1, index, index === 20 ? 30_000 : 1000)], () => {});
    disk.run();
  }
  assert.ok(disk.list(directory).filter((name) => name.endsWith('.wal')).length > 3);
  assert.equal(reopen(disk).entries.length, 40);
  assert.equal(reopen(disk).entries[19]?.data.length, 30_000);
});

test('released segments are deleted, the rest is replayed, and nothing that is needed goes', () => {
  const { disk, wal } = logOf(0);
  for (let index = 1; index <= 60; index++) {
    wal.append(undefined, [entry(1, index, 1000)], () => {});
    disk.run();
  }
  const before = disk.list(directory).length;
  wal.release(50, 1);
  disk.run();
  assert.ok(disk.list(directory).length < before - 3);
  const applied = { term: 1, index: 50 };
  assert.deepEqual(indexes(reopen(disk, { applied })), [51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
  const kept = reopen(disk, { applied: { term: 1, index: 57 }, entriesKept: 2 });
  assert.deepEqual([kept.base, indexes(kept)], [{ term: 1, index: 55 }, [56, 57, 58, 59, 60]]);
  const tooOld = { term: 1, index: 3 };
  assert.throws(() => reopen(disk, { applied: tooOld }), refusal('wal-mismatch', /entry 4/));
});

test('whatever entry is released, all after it are there', () => {
  for (let released = 1; released <= 30; released++) {
    const { disk, wal } = logOf(0);
    for (let index = 1; index <= 30; index++) {
      wal.append(undefined, [entry(1, index, 1000)], () => {});
      disk.run();
    }
    wal.release(released, 1);
    disk.run();
    const opened = reopen(disk, { applied: { term: 1, index: released } });
    assert.deepEqual(opened.base, { term: 1, index: released });
    assert.equal(opened.entries.length, 30 - released);
  }
});

test('the padding of a record is zero, whatever its memory held before', () => {
  const { disk, wal, path } = logOf(0);
  for (const length of [380, 380, 380, 1]) {
    wal.append(undefined, [entry(1, wal.position.offset / sectorBytes, length)], () => {});
    disk.run();
  }
  const last = disk.content(path).subarray(4 * sectorBytes, 5 * sectorBytes);
  assert.ok(last[32 + 32 + 24] !== 0);
  assert.ok(last.subarray(32 + 32 + 24 + 1).every((byte) => byte === 0));
});

test('a snapshot beyond the log empties it, and one of another history cuts what follows', () => {
  const { disk, wal } = logOf(5);
  wal.markSnapshot({ term: 3, index: 4 }, () => {});
  disk.run();
  const opened = reopen(disk, { applied: { term: 3, index: 4 } });
  assert.deepEqual([opened.base, opened.entries], [{ term: 3, index: 4 }, []]);
  wal.markSnapshot({ term: 3, index: 90 }, () => {});
  wal.append(undefined, [entry(3, 91)], () => {});
  disk.run();
  assert.deepEqual(indexes(reopen(disk, { applied: { term: 3, index: 90 } })), [91]);
});

test('a store that is ahead of its log goes on from where the store is', () => {
  const { disk } = logOf(5);
  const applied = { term: 2, index: 9 };
  const image = disk.afterCrash(keepAll);
  const opened = openWal({ ...optionsFor(image), applied });
  assert.deepEqual([opened.base, opened.entries], [applied, []]);
  opened.wal.append(undefined, [entry(2, 10)], () => {});
  image.run();
  assert.deepEqual(indexes(reopen(image, { applied })), [10]);
});

test("another member's log, and a store of another history, are refused", () => {
  const { disk } = logOf(5);
  const other = { ...identity, memberId: 7n };
  assert.throws(() => reopen(disk, { identity: other }), refusal('wal-mismatch', /member a1/));
  const applied = { term: 4, index: 3 };
  assert.throws(() => reopen(disk, { applied }), refusal('wal-mismatch', /entry 3 of term 1/));
  const empty = new SimulatedDisk();
  assert.throws(() => openWal(optionsFor(empty)), refusal('wal-mismatch', /--wal-dir/));
});

function refusal(code: string, pattern: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StorageError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  };
}

/** Opens the log after `change` was done to its file. */
function afterDamage(
  disk: SimulatedDisk,
  path: string,
  change: (content: Uint8Array) => void,
): OpenedWal {
  const image = disk.afterCrash(keepAll);
  image.damage(path, change);
  return openWal({ ...optionsFor(image), applied: start });
}

test('the last record, cut or zeroed or filled with garbage from any byte on, is dropped whole', () => {
  const { disk, path, offsets } = logOf(3);
  const last = offsets[2] as number;
  for (let cut = last; cut < last + sectorBytes; cut++) {
    // Behind the payload there is padding, whose loss is none.
    const isWhole = cut >= last + 32 + 32 + 24 + 40;
    const expected = isWhole ? [1, 2, 3] : [1, 2];
    const zeroed = afterDamage(disk, path, (content) => content.fill(0, cut));
    assert.deepEqual(indexes(zeroed), expected, `zeroed from ${cut}`);
    const garbage = afterDamage(disk, path, (content) => {
      for (let i = cut; i < last + sectorBytes; i++) content[i] = (i * 31 + 7) & 0xff;
    });
    assert.deepEqual(indexes(garbage), expected, `garbage from ${cut}`);
    if (!isWhole) assert.equal(garbage.repairedBytes, sectorBytes);
  }
});

test('a log whose file was cut is refused, wherever: what was lost with its end cannot be told', () => {
  const { disk, path } = logOf(3);
  const content = disk.content(path).slice();
  for (let cut = sectorBytes; cut < content.length; cut += 61) {
    const image = new SimulatedDisk();
    const file = image.open(path, 'create');
    file.write(content.subarray(0, cut), 0);
    file.sync();
    image.syncDirectory(directory);
    assert.throws(() => reopen(image), { code: 'wal-corrupt', path, offset: cut });
  }
});

test('a header of an earlier release, which does not say how long its file is, is read', () => {
  const view = new DataView(new ArrayBuffer(segmentPayloadBytes));
  const position = { term: 0, index: 0 };
  const written = {
    identity,
    isReset: false,
    firstIndex: 1,
    hardState: { term: 0, votedFor: 0n, commit: 0 },
    snapshot: position,
    segmentBytes: 8192,
  };
  writeSegmentPayload(view, 0, written);
  assert.equal(readSegmentPayload(view, 0)?.segmentBytes, 8192);
  assert.equal(readSegmentPayload(new DataView(view.buffer, 0, 80), 0)?.segmentBytes, 0);
});

test('a record that claims more bytes than the file has is a torn tail, and no reason to allocate', () => {
  const { disk, path, offsets } = logOf(3);
  const opened = afterDamage(disk, path, (content) =>
    content.fill(0xff, (offsets[2] as number) + 8, (offsets[2] as number) + 12),
  );
  assert.deepEqual(indexes(opened), [1, 2]);
});

test('any flipped bit before the last record is refused with file and offset', () => {
  const { disk, path, offsets } = logOf(3);
  const recordEnd = (offset: number): number => offset + 32 + 32 + 24 + 40;
  for (const [i, offset] of [0, offsets[0] as number, offsets[1] as number].entries()) {
    const end = i === 0 ? 32 + 80 : recordEnd(offset);
    for (let bit = offset * 8; bit < end * 8; bit += i === 1 ? 1 : 3) {
      const flip = (content: Uint8Array): void => {
        content[bit >> 3] = (content[bit >> 3] as number) ^ (1 << (bit & 7));
      };
      assert.throws(
        () => afterDamage(disk, path, flip),
        (error) =>
          error instanceof StorageError &&
          error.code === 'wal-corrupt' &&
          error.path === path &&
          error.offset === offset,
        `bit ${bit & 7} of byte ${bit >> 3}`,
      );
    }
  }
});

test('a closed log refuses damage to its last entry too', () => {
  const { disk, wal, path, offsets } = logOf(3);
  let isClosed = false;
  wal.close(() => (isClosed = true));
  disk.run();
  assert.ok(isClosed);
  assert.deepEqual(indexes(reopen(disk)), [1, 2, 3]);
  const flip = (content: Uint8Array): void => {
    content[(offsets[2] as number) + 70] = 1;
  };
  assert.throws(() => afterDamage(disk, path, flip), refusal('wal-corrupt', /acknowledged/));
});

test('a record in the place of another (a misdirected or stale sector) is refused', () => {
  const { disk, path, offsets } = logOf(4);
  const [first, second] = offsets as [number, number];
  const copied = (content: Uint8Array): void =>
    void content.copyWithin(second, first, first + sectorBytes);
  assert.throws(() => afterDamage(disk, path, copied), refusal('wal-corrupt', /offset/));
});

test('a missing or shortened segment in the middle is refused', () => {
  const { disk, wal } = logOf(0);
  for (let index = 1; index <= 40; index++) {
    wal.append(undefined, [entry(1, index, 1000)], () => {});
    disk.run();
  }
  const names = disk
    .list(directory)
    .filter((name) => name.endsWith('.wal'))
    .sort();
  const without = disk.afterCrash(keepAll);
  without.remove(`${directory}/${names[2]}`);
  assert.throws(() => reopen(without), refusal('wal-corrupt', /right after segment/));
  const flipped = disk.afterCrash(keepAll);
  flipped.damage(`${directory}/${names[2]}`, (content) => content.fill(1, 3600, 3601));
  assert.throws(() => reopen(flipped), refusal('wal-corrupt', /offset 3584: found a record/));
  const shortened = disk.afterCrash(keepAll);
  shortened.damage(`${directory}/${names[2]}`, (content) => content.fill(0, 3584));
  assert.throws(
    () => reopen(shortened),
    refusal('wal-corrupt', /which the next segment continues/),
  );
});

test('verification reports a sound log, leaves a torn one as it is, and refuses what opening refuses', () => {
  const { disk, path, offsets } = logOf(3);
  const image = disk.afterCrash(keepAll);
  const sound = { identity, segments: 1, records: 3, entries: 3, lastIndex: 3, repairableBytes: 0 };
  assert.deepEqual(verifyWal(image, directory), sound);
  image.damage(path, (content) =>
    content.fill(0xee, (offsets[2] as number) + 40, (offsets[2] as number) + 50),
  );
  const torn = { ...sound, records: 2, entries: 2, lastIndex: 2, repairableBytes: sectorBytes };
  assert.deepEqual(verifyWal(image, directory), torn);
  assert.deepEqual(verifyWal(image, directory), torn);
  image.damage(path, (content) =>
    content.fill(0xee, (offsets[0] as number) + 40, (offsets[0] as number) + 50),
  );
  assert.throws(() => verifyWal(image, directory), refusal('wal-corrupt', /acknowledged/));
});

for (const failing of ['write', 'sync', 'rename', 'syncDirectory', 'create'] as const) {
  test(`a failing ${failing} stops the log for good, and nothing is acknowledged any more`, () => {
    let isFailing = false;
    let failures = 0;
    let hasStopped = false;
    const disk: SimulatedDisk = new SimulatedDisk({
      interfere: (operation) => {
        assert.equal(hasStopped, false, `${operation} after the failure`);
        if (!isFailing || operation !== failing) return undefined;
        return new Error('EIO: i/o error');
      },
    });
    const onFailure = (error: Error): void => {
      assert.match(error.message, /EIO/);
      failures++;
      hasStopped = true;
    };
    const wal = createWal(optionsFor(disk, { onFailure }));
    disk.run();
    isFailing = true;
    let acknowledged = 0;
    for (let index = 1; index <= 60; index++) {
      wal.append(undefined, [entry(1, index, 1000)], () => {
        assert.equal(hasStopped, false, 'nothing is acknowledged after the failure');
        acknowledged++;
      });
      const steps = index % 3 === 0 ? 6 : 0;
      for (let step = 0; step < steps; step++) disk.step();
    }
    assert.equal(failures, 1);
    assert.ok(acknowledged < 60);
    // These are steps of every append.
    if (failing === 'write' || failing === 'sync') assert.equal(acknowledged, 0);
  });
}

test('a full disk stops the log, and after room was made everything acknowledged is there', () => {
  let hasFailed = false;
  const disk = new SimulatedDisk({ capacityBytes: 20_000 });
  const onFailure = (error: Error): void => {
    assert.match(error.message, /^\S+: found .*ENOSPC.* Check the disk and its free space/);
    hasFailed = true;
  };
  const wal = createWal(optionsFor(disk, { onFailure }));
  let acknowledged = 0;
  for (let index = 1; index <= 40; index++) {
    wal.append(undefined, [entry(1, index, 1000)], () => (acknowledged = index));
    disk.run();
  }
  assert.ok(hasFailed);
  assert.ok(acknowledged > 0);
  const roomy = disk.afterCrash(uniformCrash('lost', false));
  const found = openWal({ ...optionsFor(roomy), applied: start }).entries.length;
  assert.ok(found === acknowledged || found === acknowledged + 1, `${found} of ${acknowledged}`);
});
