/** When a member takes its own alarm NOSPACE back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpaceWatch } from './space-watch.ts';

class Store {
  usedBytes: number;
  isRaised = false;
  disarmed = 0;
  fails = false;
  readonly watch: SpaceWatch;

  constructor(usedBytes: number) {
    this.usedBytes = usedBytes;
    this.watch = new SpaceWatch({
      quotaBytes: 100,
      usedBytes: () => this.usedBytes,
      isRaised: () => this.isRaised,
      disarm: (done) => {
        this.disarmed += 1;
        if (!this.fails) this.isRaised = false;
        done(!this.fails);
      },
    });
  }

  at(usedBytes: number): this {
    this.usedBytes = usedBytes;
    this.watch.tick();
    return this;
  }
}

test('the alarm is disarmed below the low-water mark, and not before', () => {
  const store = new Store(100);
  store.isRaised = true;
  assert.equal(store.at(100).at(90).at(80).disarmed, 0);
  assert.equal(store.at(79).disarmed, 1);
  assert.equal(store.at(79).disarmed, 1, 'once');
});

test('an alarm that this process raised is disarmed, however soon the store was emptied', () => {
  const store = new Store(100);
  store.isRaised = true;
  store.watch.raised();
  assert.equal(store.at(10).disarmed, 1);
});

test('an alarm that was raised by hand on a store with room stays', () => {
  const store = new Store(10);
  store.isRaised = true;
  assert.equal(store.at(10).at(5).disarmed, 0);
});

test('a store that was full without an alarm has nothing to disarm, and nothing is remembered of it', () => {
  const store = new Store(100).at(100).at(10);
  store.isRaised = true;
  assert.equal(store.at(10).disarmed, 0);
});

test('a disarming that failed is tried again', () => {
  const store = new Store(100);
  store.isRaised = true;
  store.fails = true;
  assert.equal(store.at(100).at(10).at(10).disarmed, 2);
});

test('an alarm raised by hand right after stays', () => {
  const store = new Store(100);
  store.isRaised = true;
  store.at(100).at(10);
  store.isRaised = true;
  assert.equal(store.at(10).disarmed, 1);
});

test('who is full again raises and disarms again', () => {
  const store = new Store(100);
  store.isRaised = true;
  store.at(100).at(10);
  store.isRaised = true;
  assert.equal(store.at(100).at(10).disarmed, 2);
});
