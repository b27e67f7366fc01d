/**
 * Goal: a member gets the whole store of another one as it was at one moment, whatever becomes of the transfer.
 * Method: two members on real disks; the transport is a loop that moves chunks.
 */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { entriesOf, hold, readApplied, TestMember, transfer } from '../harness/test-member.ts';
import { verifyMember } from '../member-verification.ts';
import { HeldSnapshots } from './held-snapshots.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-snapshots-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

const open = (name: string): TestMember => new TestMember(join(root, name));
const position = { term: 3, index: 500 };

/** 1.3 MB in a thousand rows and a large one, some with keys that share a row. */
function manyRows(): Record<string, string> {
  const rows: Record<string, string> = { large: 'x'.repeat(700_000) };
  for (let i = 0; i < 1000; i++) rows[`key${i}`] = `value ${i} `.repeat(60);
  for (let i = 0; i < 5; i++) rows['l'.repeat(3000) + String(i)] = `long ${i}`;
  return rows;
}

async function chunksOf(member: TestMember, name: Uint8Array, from = 0): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const source = member.storage.snapshots.source.open(name, from);
  assert.ok(source);
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return chunks;
}

test('a snapshot that was installed is what the member has, then and after a restart', async () => {
  const leader = open('leader');
  const follower = open('follower');
  const rows = manyRows();
  await leader.commit(rows, position);
  await follower.append(entriesOf(1, 1, 20));
  await follower.commit({ old: '1' }, { term: 1, index: 10 });

  const held = leader.storage.snapshots.hold();
  assert.ok(held);
  assert.deepEqual(readApplied(held.store), position);
  await leader.commit({ later: '1' }, { term: 3, index: 501 });
  const incoming = await transfer(leader, follower, held.name);
  await incoming.finish();
  leader.storage.snapshots.source.release(held.name);
  assert.deepEqual(follower.rows(), { old: '1' });

  const ofOld = hold(follower);
  const installed = follower.install(position, held.name);
  const appended = follower.append(entriesOf(4, 501, 503));
  const voided = follower.commit({ old: 'void' }, { term: 1, index: 11 });
  await Promise.all([installed, appended, voided]);
  assert.deepEqual(follower.rows(), rows);
  assert.equal(follower.storage.snapshots.source.open(ofOld, 0), undefined);
  await follower.commit({ old: '2' }, { term: 4, index: 501 });
  await follower.close();

  const report = verifyMember(join(root, 'follower'), { readApplied });
  assert.equal(report.keys.current, Object.keys(rows).length + 1);
  assert.deepEqual([report.applied.index, report.entriesToReplay], [501, 2]);
  const again = open('follower');
  assert.deepEqual(again.rows(), { ...rows, old: '2' });
  assert.deepEqual(again.storage.entries, entriesOf(4, 502, 503));
  const left = readdirSync(join(root, 'follower/member')).sort();
  assert.deepEqual(left, ['db', 'identity', 'lock', 'wal']);
  await again.close();
  await leader.close();
});

test('a snapshot that came a second time after it was installed takes nothing back at the next start', async () => {
  const leader = open('twice-from');
  const follower = open('twice');
  await leader.commit({ a: '1' }, position);
  for (const isFirst of [true, false]) {
    const held = leader.storage.snapshots.hold();
    assert.ok(held);
    const incoming = await transfer(leader, follower, held.name);
    await incoming.finish();
    leader.storage.snapshots.source.release(held.name);
    if (!isFirst) break;
    await follower.install(position, held.name);
    await follower.append(entriesOf(4, 501, 501));
    await follower.commit({ a: '2' }, { term: 4, index: 501 });
  }
  await follower.close();
  const again = open('twice');
  assert.deepEqual(again.rows(), { a: '2' });
  await again.close();
  await leader.close();
});

test('a chunk is the same whenever it is read, and a transfer goes on where it was interrupted', async () => {
  const leader = open('resumed-from');
  const follower = open('resumed');
  await leader.commit(manyRows(), position);
  const name = hold(leader);
  const chunks = await chunksOf(leader, name);
  assert.ok(chunks.length > 5, `${chunks.length} chunks`);
  await leader.commit({ key1: 'changed', added: '1' }, { term: 3, index: 501 });
  for (const from of [0, 3, chunks.length - 1, chunks.length])
    assert.deepEqual(await chunksOf(leader, name, from), chunks.slice(from));

  await transfer(leader, follower, name, 3);
  assert.equal(follower.storage.snapshots.sink.begin(name).nextChunk, 3);
  const incoming = await transfer(leader, follower, name);
  await incoming.finish();
  assert.equal(follower.storage.snapshots.sink.begin(name).nextChunk, chunks.length);
  await follower.install(position, name);
  assert.deepEqual(follower.rows(), manyRows());
  await follower.close();
  await leader.close();
});

test('a chunk that is damaged, missing, doubled or of another snapshot is refused, and the right one still fits', async () => {
  const leader = open('refused-from');
  const follower = open('refused');
  await leader.commit(manyRows(), position);
  const [name, other] = [hold(leader), hold(leader)];
  const chunks = await chunksOf(leader, name);
  const foreign = await chunksOf(leader, other);
  const incoming = follower.storage.snapshots.sink.begin(name);
  const refused = { code: 'snapshot-invalid', message: /incoming/ };
  await assert.rejects(incoming.finish(), refused);
  for (const [i, chunk] of chunks.entries()) {
    const bent = Buffer.from(chunk);
    bent[bent.length >> 1]! ^= 1;
    const wrong = [bent, chunk.subarray(0, -1), chunks[i + 1], chunks[i - 1], foreign[i]];
    for (const bytes of wrong)
      if (bytes !== undefined) await assert.rejects(incoming.write(bytes), refused);
    await assert.rejects(incoming.finish(), refused);
    await incoming.write(chunk);
    assert.equal(incoming.nextChunk, i + 1);
  }
  await assert.rejects(incoming.write(chunks[0] as Buffer), refused);
  await incoming.finish();
  await follower.install(position, name);
  assert.deepEqual(follower.rows(), manyRows());
  await follower.close();
  await leader.close();
});

test('what is given up, or begun by another snapshot, leaves no file behind', async () => {
  const leader = open('given-up-from');
  const follower = open('given-up');
  await leader.commit(manyRows(), position);
  const [first, second, third] = [hold(leader), hold(leader), hold(leader)];
  await transfer(leader, follower, first, 2);
  await transfer(leader, follower, second, 2);
  const incoming = await transfer(leader, follower, third, 2);
  await incoming.abort();
  await assert.rejects(incoming.write(Buffer.alloc(9)), { code: 'device-failed' });
  assert.equal(follower.storage.snapshots.sink.begin(third).nextChunk, 0);
  await transfer(leader, follower, third, 2);
  await follower.storage.snapshots.sink.begin(third).abort();
  await follower.close();
  const again = open('given-up');
  assert.equal(again.storage.snapshots.sink.interrupted, undefined);
  assert.equal(existsSync(join(root, 'given-up/member/incoming')), false);
  await again.close();
  await leader.close();
});

test('a transfer goes on after a restart of the receiver, and another one takes its place', async () => {
  const leader = open('restarted-from');
  await leader.commit(manyRows(), position);
  const [name, other] = [hold(leader), hold(leader)];
  const chunks = await chunksOf(leader, name);
  const origin = new Uint8Array(Buffer.from('from whom'));
  for (const from of [0, 3, chunks.length]) {
    const before = open('restarted');
    const incoming = before.storage.snapshots.sink.begin(name, origin);
    for (const chunk of chunks.slice(0, from)) await incoming.write(chunk);
    await before.close();

    const after = open('restarted');
    const { sink } = after.storage.snapshots;
    assert.equal(sink.interrupted !== undefined, from > 0);
    if (from > 0) assert.deepEqual(sink.interrupted?.origin, origin);
    const again = sink.begin(name, origin);
    assert.equal(again.nextChunk, from);
    assert.equal(sink.interrupted, undefined);
    for (const chunk of chunks.slice(from)) await again.write(chunk);
    await again.finish();
    await after.install(position, name);
    assert.deepEqual(after.rows(), manyRows());
    await after.close();
    rmSync(join(root, 'restarted'), { recursive: true });
  }

  const before = open('superseded');
  await transfer(leader, before, name, 3);
  await before.close();
  const after = open('superseded');
  await (await transfer(leader, after, other)).finish();
  await after.install(position, other);
  assert.deepEqual(after.rows(), manyRows());
  await after.close();
  assert.deepEqual(readdirSync(join(root, 'superseded/member/incoming')), []);
  await leader.close();
});

test('what is left of a transfer and has changed on disk is begun anew, or refused by the first chunk', async () => {
  const leader = open('rotten-from');
  const follower = open('rotten');
  await leader.commit(manyRows(), position);
  const name = hold(leader);
  await transfer(leader, follower, name, 4);
  await follower.close();
  const file = join(root, 'rotten/member/incoming/1/data.mdb');
  const sound = readFileSync(file);

  const bentRow = Buffer.from(sound);
  const at = bentRow.lastIndexOf('value 1 value 1');
  assert.ok(at > 0);
  bentRow[at] = 0x56;
  writeFileSync(file, bentRow);
  const reopened = open('rotten');
  const incoming = reopened.storage.snapshots.sink.begin(name);
  assert.equal(incoming.nextChunk, 4);
  const chunks = await chunksOf(leader, name, 4);
  await assert.rejects(incoming.write(chunks[0] as Buffer), { code: 'device-failed' });
  assert.equal(reopened.storage.snapshots.sink.begin(name).nextChunk, 0);
  await reopened.storage.snapshots.sink.begin(name).abort();
  await reopened.close();

  mkdirSync(dirname(file), { recursive: true });
  const bentPage = Buffer.from(sound);
  bentPage.fill(0xff, 4096, 4200);
  writeFileSync(file, bentPage);
  const again = open('rotten');
  assert.equal(again.storage.snapshots.sink.interrupted, undefined);
  assert.equal(again.storage.snapshots.sink.begin(name).nextChunk, 0);
  await again.close();
  await leader.close();
});

test('a whole snapshot that is never installed makes room for a later one, and a restart forgets it', async () => {
  const leader = open('unwanted-from');
  const follower = open('unwanted');
  await follower.commit({ own: '1' }, { term: 1, index: 1 });
  await leader.commit({ a: '1' }, position);
  const first = hold(leader);
  await (await transfer(leader, follower, first)).finish();
  await leader.commit({ a: '2' }, { term: 3, index: 501 });
  const second = hold(leader);
  await (await transfer(leader, follower, second)).finish();
  assert.throws(() => follower.storage.snapshots.install(position, first, () => undefined));
  await follower.close();
  const again = open('unwanted');
  assert.deepEqual(again.rows(), { own: '1' });
  assert.equal(existsSync(join(root, 'unwanted/member/next')), false);
  await again.close();
  await leader.close();
});

test('a second snapshot is installed right behind the first', async () => {
  const leader = open('twice-from');
  const follower = open('twice');
  await leader.commit({ a: '1' }, position);
  const first = hold(leader);
  await leader.commit({ a: '2', b: '1' }, { term: 3, index: 502 });
  const second = hold(leader);
  await (await transfer(leader, follower, first)).finish();
  const installed = follower.install(position, first);
  const incoming = await transfer(leader, follower, second);
  await incoming.finish();
  await follower.install({ term: 3, index: 502 }, second);
  await installed;
  assert.deepEqual(follower.rows(), { a: '2', b: '1' });
  await follower.close();
  const again = open('twice');
  assert.deepEqual(again.rows(), { a: '2', b: '1' });
  await again.close();
  await leader.close();
});

test('three snapshots are held at most, and reading one that was let go ends with an error', async () => {
  const member = open('holder');
  await member.commit(manyRows(), position);
  const { snapshots } = member.storage;
  const names = [hold(member), hold(member), hold(member)];
  assert.equal(snapshots.hold(), undefined);
  const [first] = names as [Uint8Array];
  await assert.rejects(
    async () => {
      for await (const chunk of snapshots.source.open(first, 0) ?? [])
        if (chunk.length > 1000) snapshots.source.release(first);
    },
    { code: 'snapshot-gone' },
  );
  assert.equal(snapshots.source.open(first, 0), undefined);
  assert.equal(snapshots.source.open(new Uint8Array(16), 0), undefined);
  snapshots.source.release(first);
  assert.ok(snapshots.hold());
  await member.close();
});

test('a snapshot that nobody reads is let go, one that is read is not', async () => {
  const member = open('idle');
  await member.commit(manyRows(), position);
  const held = new HeldSnapshots(member.storage.store, 200);
  const read = held.hold()?.name as Uint8Array;
  const idle = held.hold()?.name as Uint8Array;
  const started = performance.now();
  let chunks = held.open(read, 0);
  while (held.open(idle, 0) !== undefined) {
    assert.ok(chunks, 'it is held while it is read');
    for await (const chunk of chunks) if (chunk.length > 1000) break;
    chunks = held.open(read, 0);
  }
  assert.ok(performance.now() - started > 150);
  assert.ok(held.open(read, 0));
  held.close();
  assert.equal(held.open(read, 0), undefined);
  await member.close();
});

test('a store without rows is a snapshot too, and memory and turns stay small while a larger one is read', async () => {
  const empty = open('empty');
  const follower = open('emptied');
  const name = hold(empty);
  await (await transfer(empty, follower, name)).finish();
  await follower.install({ term: 0, index: 0 }, name);
  assert.deepEqual(follower.rows(), {});
  await follower.close();
  await empty.close();

  const member = open('turns');
  for (let i = 0; i < 4; i++)
    await member.commit(
      Object.fromEntries(Array.from({ length: 10_000 }, (_, k) => [`${i}-${k}`, 'v'.repeat(200)])),
      position,
    );
  const source = member.storage.snapshots.source.open(hold(member), 0);
  assert.ok(source);
  let turns = 0;
  const count = (): void => {
    turns++;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  let chunks = 0;
  for await (const chunk of source) {
    assert.ok(chunk.length <= 512 * 1024);
    chunks++;
  }
  clearImmediate(next);
  assert.ok(chunks > 15 && turns > 4 * chunks, `${turns} turns for ${chunks} chunks`);
  await member.close();
});
