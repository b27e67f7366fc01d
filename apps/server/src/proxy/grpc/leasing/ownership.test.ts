/** Goal: a key is answered from memory exactly while nobody else can have changed it. Method: every way into and out of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromByteString, KeyValue, keyRange, ResponseHeader, singleKey } from '@concord/protocol';
import { Ownership } from './ownership.ts';

const SESSION = 7n;

class World {
  nowMs = 0;
  /** `key@since`, in the order in which they were to be deleted. */
  readonly released: string[] = [];
  readonly ownership = new Ownership({
    now: () => this.nowMs,
    release: (key, since) => this.released.push(`${key}@${since}`),
  });

  constructor() {
    this.ownership.begin(SESSION, 1000);
    this.observe(1);
  }

  observe(revision: number): void {
    this.ownership.observe(ResponseHeader.create({ revision }));
  }

  /** Owns a key, by a leasing key of this revision. */
  own(key: string, since: number, value = `of ${since}`): void {
    const acquisition = this.ownership.beginAcquiring(key);
    assert.ok(acquisition !== undefined, `${key} may be acquired`);
    this.observe(since);
    this.ownership.acquired(acquisition, since, since, pairOf(key, value, since));
  }

  /** What is answered without the cluster. */
  read(key: string): string | undefined {
    const read = this.ownership.read(key);
    return read && `${String(read.pair && Buffer.from(read.pair.value))}@${read.header.revision}`;
  }

  mayAcquire(key: string): boolean {
    const acquisition = this.ownership.beginAcquiring(key);
    if (acquisition === undefined) return false;
    this.ownership.revoked(key, 0);
    this.ownership.released(key, 0);
    this.released.pop();
    return true;
  }
}

const pairOf = (key: string, value: string, modRevision: number, lease = 0n): KeyValue =>
  KeyValue.create({ key: fromByteString(key), value: Buffer.from(value), modRevision, lease });

test('an owned key is answered, of the newest revision that is known; others and absent sessions are not', () => {
  const world = new World();
  assert.equal(world.read('a'), undefined);
  world.own('a', 5);
  assert.equal(world.read('a'), 'of 5@5');
  world.observe(9);
  assert.equal(world.read('a'), 'of 5@9');
  world.ownership.end();
  assert.equal(world.read('a'), undefined);
  assert.equal(world.ownership.beginAcquiring('a'), undefined);
});

test('nothing is answered after the time for which the lease lives for sure, until it was renewed', () => {
  const world = new World();
  world.own('a', 5);
  world.nowMs = 999;
  assert.equal(world.read('a'), 'of 5@5');
  world.nowMs = 1000;
  assert.equal(world.read('a'), undefined);
  assert.equal(world.ownership.beginAcquiring('b'), undefined);
  world.ownership.extend(3000);
  assert.equal(world.read('a'), 'of 5@5', 'the leasing key was there all the time');
});

test('an answer to a former session acquires nothing', () => {
  const world = new World();
  const late = world.ownership.beginAcquiring('a');
  assert.ok(late !== undefined);
  world.ownership.end();
  world.ownership.begin(8n, 1000);
  world.ownership.acquired(late, 5, 5, undefined);
  assert.equal(world.read('a'), undefined);
  assert.equal(world.ownership.size, 0);
});

test('while a write of its own is under way the cluster is asked, and then it is known what it left', () => {
  const world = new World();
  world.own('a', 5);
  const [first, second] = [singleKey('a'), singleKey('a')].map((range) =>
    world.ownership.beginWrite([range]),
  );
  assert.ok(first !== undefined && second !== undefined);
  assert.equal(world.ownership.since('a'), 5);
  world.observe(11);
  world.ownership.applied(second, 11, () => pairOf('a', 'second', 11));
  assert.equal(world.read('a'), undefined);
  // The answer that comes later tells of less.
  world.ownership.applied(first, 10, () => pairOf('a', 'first', 10));
  assert.equal(world.read('a'), 'second@11');
  const refused = world.ownership.beginWrite([singleKey('a')]);
  world.ownership.refused(refused);
  assert.equal(world.read('a'), 'second@11');
  const deleted = world.ownership.beginWrite([keyRange('a', 'c')]);
  world.observe(12);
  world.ownership.applied(deleted, 12, () => undefined);
  assert.equal(world.read('a'), 'undefined@12');
});

test('a write of which nobody knows gives the key up before it is acquired again', () => {
  const world = new World();
  world.own('a', 5);
  world.own('b', 6);
  world.ownership.unknown(world.ownership.beginWrite([keyRange('a', '\0')]));
  assert.deepEqual(world.released, ['a@5', 'b@6']);
  assert.equal(world.read('a'), undefined);
  world.nowMs = 10_000;
  world.ownership.extend(20_000);
  assert.equal(world.ownership.beginAcquiring('a'), undefined, 'its leasing key is still there');
  world.ownership.released('a', 4);
  assert.equal(world.ownership.beginAcquiring('a'), undefined, 'that was another one');
  world.ownership.released('a', 5);
  world.own('a', 12);
  assert.equal(world.read('a'), 'of 12@12');
});

test('a key that ends with a lease of its own, or of which it is not known what it holds, is given up', () => {
  const world = new World();
  world.own('a', 5);
  world.own('b', 6);
  const write = world.ownership.beginWrite([singleKey('a'), singleKey('b')]);
  world.ownership.applied(write, 8, (key) => (key === 'a' ? pairOf(key, '', 8, 3n) : 'unknown'));
  assert.deepEqual(world.released, ['a@5', 'b@6']);
});

test('a revoked key is given up at once, and left to others for two seconds', () => {
  const world = new World();
  world.ownership.extend(Infinity);
  world.own('a', 5);
  world.ownership.revoked('a', 5);
  assert.equal(world.read('a'), undefined);
  assert.deepEqual(world.released, ['a@5']);
  world.ownership.revoked('a', 5);
  assert.deepEqual(world.released, ['a@5'], 'once');
  world.ownership.deleted('a', 7);
  assert.equal(world.mayAcquire('a'), false);
  world.nowMs = 2000;
  world.own('a', 9);
  world.ownership.revoked('a', 5);
  assert.equal(world.read('a'), 'of 9@9', 'that was the one before');
  world.ownership.deleted('a', 8);
  assert.equal(world.read('a'), 'of 9@9');
  world.ownership.deleted('a', 10);
  assert.equal(world.read('a'), undefined, 'whoever has deleted it');
});

test('a key that was acquired without being heard of is given up when it is revoked', () => {
  const world = new World();
  const acquisition = world.ownership.beginAcquiring('a');
  assert.ok(acquisition !== undefined);
  world.ownership.revoked('a', 5);
  assert.deepEqual(world.released, ['a@5']);
  world.ownership.acquired(acquisition, 5, 5, undefined);
  assert.equal(world.read('a'), undefined);
  world.ownership.revoked('b', 6);
  assert.deepEqual(world.released, ['a@5', 'b@6']);
});

test('who wants to write waits for a read that is about to own the key', () => {
  const world = new World();
  const told: string[] = [];
  const acquire = (key: string) => {
    const acquisition = world.ownership.beginAcquiring(key);
    assert.ok(acquisition !== undefined);
    assert.equal(world.ownership.beginAcquiring(key), undefined, 'one at a time');
    assert.equal(
      world.ownership.afterAcquiring(key, () => told.push(key)),
      true,
    );
    return acquisition;
  };
  const [a, b] = [acquire('a'), acquire('b')];
  acquire('c');
  assert.deepEqual(world.ownership.acquiring(keyRange('b', '\0')), ['b', 'c']);
  world.ownership.acquired(a, 5, 5, undefined);
  world.ownership.abandoned(b);
  world.ownership.end();
  assert.deepEqual(told, ['a', 'b', 'c']);
  assert.equal(
    world.ownership.afterAcquiring('a', () => told.push('never')),
    false,
  );
});

test('nothing is acquired of a range that is about to be deleted', () => {
  const world = new World();
  {
    using blocked = new DisposableStack();
    blocked.use(world.ownership.block(keyRange('a', 'c')));
    assert.equal(world.mayAcquire('b'), false);
    assert.equal(world.mayAcquire('c'), true);
  }
  assert.equal(world.mayAcquire('b'), true);
});

test('it is bounded: the keys that were read longest ago are given up', () => {
  const world = new World();
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let i = 1; i <= 63; i++) world.own(`k${i}`, i, megabyte);
  assert.ok(world.read('k1') !== undefined);
  world.own('k64', 64, megabyte);
  assert.deepEqual(world.released, ['k2@2']);
  const small = new World();
  for (let i = 1; i <= 50_001; i++) small.own(`k${i}`, i, '');
  assert.deepEqual([small.ownership.size, small.released], [50_000, ['k1@1']]);
});
