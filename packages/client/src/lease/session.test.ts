/** A session on a machine that sleeps: what it says after the waking is what the server may say. Both clocks are set by hand. */
import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import { silentLogger } from '../logger.ts';
import { BootClock } from './boot-clock.ts';
import type { Renewal } from './keep-alive-stream.ts';
import { Session } from './session.ts';
import { WakeWatch } from './wake-watch.ts';

const TTL_MS = 15_000;
/** The TTL less the margin. */
const HELD_MS = 13_500;

class Machine {
  #monotonicMs = 1_000;
  #wallMs = 1_700_000_000_000;
  readonly #clock = new BootClock(
    () => this.#monotonicMs,
    () => this.#wallMs,
  );
  readonly #asked: ((renewal: Renewal) => void)[] = [];
  renewals = 0;

  static async withSession(t: TestContext): Promise<{ machine: Machine; session: Session }> {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    t.after(() => mock.timers.reset());
    const machine = new Machine();
    const session = await Session.open(
      {
        leases: {
          grant: () => Promise.resolve({ lease: 7n, ttlMs: TTL_MS }),
          renew: () => Promise.reject(new Error('not asked for')),
          revoke: () => Promise.resolve(),
        },
        keepAlive: {
          renew: () => {
            machine.renewals += 1;
            return new Promise((resolve) => machine.#asked.push(resolve));
          },
          forget: () => undefined,
        },
        isAway: () => false,
        wakeWatch: new WakeWatch(machine.#clock),
        logger: silentLogger,
        observer: { renewed: () => undefined, lost: () => undefined, closed: () => undefined },
      },
      { ttl: TTL_MS },
    );
    return { machine, session };
  }

  /** Time passes, and timers run. */
  works(ms: number): void {
    this.#monotonicMs += ms;
    this.#wallMs += ms;
    mock.timers.tick(ms);
  }

  /** Time passes, and nothing in the process knows but the wall clock. */
  sleeps(ms: number): void {
    this.#wallMs += ms;
  }

  /** The server answers what it was asked, at once. */
  async answers(): Promise<void> {
    const sentAtMs = this.#clock.nowMs();
    for (const resolve of this.#asked.splice(0)) resolve({ ttlMs: TTL_MS, sentAtMs });
    await Promise.resolve();
    await Promise.resolve();
  }
}

test('one that slept for longer than it had left is lost at the first look', async (t) => {
  const { machine, session } = await Machine.withSession(t);
  const { signal } = session;
  const lost = session.events.once('lost');
  machine.works(2_000);
  assert.equal(session.remainingMs(), HELD_MS - 2_000);
  machine.sleeps(HELD_MS - 2_000);
  assert.ok(session.remainingMs() < 0);
  assert.equal(session.state, 'lost');
  assert.ok(signal.aborted);
  assert.throws(() => session.assertHeld(), { code: 'SESSION_LOST', message: /suspended/ });
  assert.equal((await lost).cause, 'suspended');
});

test('it is lost within a second after the waking when nobody looks', async (t) => {
  const { machine, session } = await Machine.withSession(t);
  const { signal } = session;
  machine.sleeps(60_000);
  assert.equal(signal.aborted, false);
  machine.works(1_000);
  assert.equal(signal.aborted, true);
  assert.equal(machine.renewals, 0);
});

test('one that has something left is at risk, renewed at once, and live again', async (t) => {
  const { machine, session } = await Machine.withSession(t);
  machine.sleeps(11_000);
  assert.equal(session.remainingMs(), HELD_MS - 11_000);
  assert.equal(session.state, 'at-risk');
  assert.equal(machine.renewals, 0);
  machine.works(1_000);
  assert.equal(machine.renewals, 1);
  await machine.answers();
  assert.equal(session.state, 'live');
  assert.equal(session.remainingMs(), HELD_MS);
  // The beat goes on.
  machine.works(5_600);
  assert.equal(machine.renewals, 2);
});

test('a renewal that was under way during the sleep is not made twice', async (t) => {
  const { machine, session } = await Machine.withSession(t);
  machine.works(5_600);
  assert.equal(machine.renewals, 1);
  machine.sleeps(3_000);
  machine.works(1_000);
  assert.equal(machine.renewals, 1);
  await machine.answers();
  machine.works(5_600);
  assert.equal(machine.renewals, 2);
  assert.equal(session.state, 'live');
});

test('a wall clock that is set back changes nothing', async (t) => {
  const { machine, session } = await Machine.withSession(t);
  machine.sleeps(-3_600_000);
  machine.works(2_000);
  assert.equal(session.remainingMs(), HELD_MS - 2_000);
  assert.equal(machine.renewals, 0);
});
