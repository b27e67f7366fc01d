import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { opossumBreakers } from './breaker.ts';

const limits = { errorThreshold: 0.5, minVolume: 10, windowMs: 10_000, resetMs: 5000 };

/** opossum settles what it is told in promises. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function record(
  breaker: { record(isOk: boolean): void },
  outcomes: readonly boolean[],
): Promise<void> {
  for (const isOk of outcomes) breaker.record(isOk);
  await settled();
}

const failures = (count: number): boolean[] => Array.from({ length: count }, () => false);

test('it opens above the threshold when there were enough calls, lets one try later, and closes when that works', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  try {
    const changes: string[] = [];
    const breaker = opossumBreakers(limits)('a', () => changes.push(breaker.state));
    await record(breaker, failures(9));
    assert.equal(breaker.state, 'closed');
    await record(breaker, failures(1));
    assert.equal(breaker.state, 'open');
    mock.timers.tick(5000);
    assert.equal(breaker.state, 'half-open');
    await record(breaker, failures(1));
    assert.equal(breaker.state, 'open');
    mock.timers.tick(5000);
    await record(breaker, [true]);
    assert.equal(breaker.state, 'closed');
    assert.deepEqual(changes, ['open', 'half-open', 'open', 'half-open', 'closed']);
    breaker.close();
  } finally {
    mock.timers.reset();
  }
});

test('failures that lie further back than the window do not count', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  try {
    const breaker = opossumBreakers(limits)('a', () => undefined);
    await record(breaker, failures(9));
    mock.timers.tick(11_000);
    await record(breaker, failures(9));
    assert.equal(breaker.state, 'closed');
    breaker.close();
  } finally {
    mock.timers.reset();
  }
});

test('as many successes as failures keep it closed', async () => {
  const breaker = opossumBreakers(limits)('a', () => undefined);
  await record(
    breaker,
    Array.from({ length: 100 }, (_, n) => n % 2 === 0),
  );
  assert.equal(breaker.state, 'closed');
  breaker.close();
});

test('one timer serves all breakers, and none is left when they are closed', async () => {
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const factory = opossumBreakers(limits);
  const breakers = Array.from({ length: 100 }, (_, n) => factory(`i${n}`, () => undefined));
  await record(breakers[0]!, failures(20));
  for (const breaker of breakers) breaker.close();
  breakers[0]!.close();
  assert.equal(timers(), before);
});
