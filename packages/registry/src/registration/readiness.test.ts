/** What a check that answers, throws or hangs makes of an instance. Real timers, of a few milliseconds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadinessPoller } from './readiness.ts';

const options = { interval: 1, timeout: 20, failuresMax: 2 } as const;

/** The answers that a check gives, the last one for ever, and what becomes of the instance. */
async function changes(
  answers: readonly (() => boolean | Promise<boolean>)[],
  isReady: boolean,
  count: number,
): Promise<boolean[]> {
  const seen: boolean[] = [];
  let asked = 0;
  await new Promise<void>((resolve) => {
    const check = (): boolean | Promise<boolean> => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      return answer?.() ?? false;
    };
    const poller = new ReadinessPoller({ ...options, check }, isReady, (now) => {
      seen.push(now);
      if (seen.length < count) return;
      poller.close();
      resolve();
    });
    // Its own timers do not keep a process alive.
    setTimeout(resolve, 5000).unref();
    const alive = setInterval(() => seen.length >= count && clearInterval(alive), 5);
  });
  return seen;
}

const yes = (): boolean => true;
const no = (): boolean => false;

test('it is ready once it says so, and no longer after two refusals in a row', async () => {
  assert.deepEqual(await changes([no, yes, no, yes, no, no, yes], false, 3), [true, false, true]);
});

test('a check that throws or rejects says no', async () => {
  const broken = (): boolean => {
    throw new Error('broken');
  };
  const rejecting = (): Promise<boolean> => Promise.reject(new Error('broken'));
  assert.deepEqual(await changes([broken, rejecting], true, 1), [false]);
});

test('a check that does not answer says no, and its signal aborts', async () => {
  let isAborted = false;
  const check = (signal: AbortSignal): Promise<boolean> =>
    new Promise(() => signal.addEventListener('abort', () => (isAborted = true)));
  const changed = Promise.withResolvers<boolean>();
  const poller = new ReadinessPoller({ ...options, check }, true, changed.resolve);
  const alive = setInterval(() => undefined, 100);
  assert.equal(await changed.promise, false);
  clearInterval(alive);
  poller.close();
  assert.ok(isAborted);
});
