/**
 * The calendar against a list that is searched: what it gives out is due, nothing is forgotten, nothing is early.
 */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { BUCKET_MS, Calendar } from './calendar.ts';
import type { CalendarBucket, CalendarEntry } from './calendar.ts';

class Entry implements CalendarEntry {
  dueMs = 0;
  bucket: CalendarBucket | undefined;
  next: CalendarEntry | undefined;
  previous: CalendarEntry | undefined;
}

/** A linear congruential generator is random enough to choose steps with. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('entries come out once, never early, and late by less than a bucket', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(seed);
    let now = random(10_000);
    const calendar = new Calendar<Entry>(now);
    const waiting = new Set<Entry>();
    const entries = Array.from({ length: 50 }, () => new Entry());
    for (let step = 0; step < 2000; step++) {
      const entry = entries[random(entries.length)] as Entry;
      const action = random(4);
      if (action === 0) {
        calendar.set(entry, now + random(5000) - 500);
        waiting.add(entry);
      } else if (action === 1) {
        calendar.remove(entry);
        waiting.delete(entry);
      } else {
        now += random(300);
        calendar.advance(now, 1_000_000, (due) => {
          assert.ok(waiting.delete(due), `seed ${seed}: an entry that is not in came out`);
          assert.ok(due.dueMs <= now, `seed ${seed}: an entry came out early`);
        });
        for (const left of waiting) {
          assert.ok(left.dueMs > now - BUCKET_MS, `seed ${seed}: an entry is overdue`);
        }
      }
      assert.equal(calendar.size, waiting.size, `seed ${seed}`);
    }
  }
});

test('a call takes no more steps than allowed, and the next goes on', () => {
  const calendar = new Calendar<Entry>(0);
  for (let i = 0; i < 1000; i++) calendar.set(new Entry(), 1000);
  let out = 0;
  for (let call = 1; call <= 5; call++) {
    calendar.advance(1000, 200, () => {
      out++;
    });
    assert.ok(out <= call * 200);
  }
  calendar.advance(1000, 200, () => {
    out++;
  });
  assert.equal(out, 1000);
});

test('an entry that is set while others come out is not lost', () => {
  const calendar = new Calendar<Entry>(0);
  const again = new Entry();
  calendar.set(again, 500);
  let out = 0;
  calendar.advance(1000, 100, (entry) => {
    if (++out < 3) calendar.set(entry, 700);
  });
  assert.equal(out, 3);
});

test('a jump of a year costs a search and not a step for each bucket of it', () => {
  const calendar = new Calendar<Entry>(0);
  const yearMs = 365 * 86_400_000;
  calendar.set(new Entry(), yearMs);
  let out = 0;
  const steps = calendar.advance(yearMs + 1000, 1000, () => {
    out++;
  });
  assert.deepEqual([out, steps < 1000], [1, true]);
});
