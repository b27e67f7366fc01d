/** Goal: one leader at a time, seen by everybody, whose work ends with the leadership; and jobs that run once a tick. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeldElection, Leader } from '@concord/lock';
import { onEachBackend } from '../harness/each-backend.ts';
import { aborted, isError } from './expectation.ts';
import { keysBelow, Participants, standing } from './participants.ts';

onEachBackend('an election', (target) => {
  test('is won by who came first; everybody sees what the leader proclaims', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    assert.equal(await b.election.leader('/leader'), undefined);
    const seen = b.election.observe('/leader');
    const next = async (): Promise<Leader | undefined> => {
      const step = await seen.next();
      return step.done === true ? assert.fail('it goes on') : step.value;
    };
    assert.equal(await next(), undefined);
    const first = await a.election.campaign('/leader', { value: 'a:1' });
    assert.deepEqual(
      [(await next())?.value, first.token],
      ['a:1', (await a.election.leader('/leader'))?.token],
    );
    const second = b.election.campaign('/leader', { value: 'b:1' });
    await standing(a, '/leader', 2);
    await first.proclaim('a:2');
    assert.equal((await next())?.value, 'a:2');
    assert.equal(await first.resign(), 'released');
    const leadership = await second;
    assert.ok(leadership.token > first.token);
    assert.equal((await next())?.value, 'b:1');
    await assert.rejects(first.proclaim('still'), isError('LOCK_LOST'));
    await leadership.resign();
    assert.equal(await next(), undefined);
    await seen.return!();
    assert.equal((await seen.next()).done, true);
  });

  test('observing ends with its signal, while nothing happens', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    const controller = new AbortController();
    const seen = a.election.observe('/leader', { signal: controller.signal });
    await seen.next();
    const last = seen.next();
    controller.abort();
    assert.equal((await last).done, true);
  });

  test('a leader works until it loses the leadership, and again when it is re-elected', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const terms: HeldElection[] = [];
    const began = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let running = 0;
    const candidacy = a.election.lead('/leader', async (leadership) => {
      assert.equal(++running, 1);
      terms.push(leadership);
      began[terms.length - 1]?.resolve();
      await aborted(leadership.signal);
      running -= 1;
    });
    await began[0]!.promise;
    assert.equal(candidacy.state, 'leading');
    const other = b.election.campaign('/leader');
    await standing(b, '/leader', 2);
    await b.client.kv.delete(terms[0]!.key);
    await (await other).resign();
    await began[1]!.promise;
    assert.ok(terms[1]!.token > terms[0]!.token);
    await candidacy[Symbol.asyncDispose]();
    assert.equal(candidacy.state, 'ended');
    assert.equal(running, 0);
    assert.deepEqual(await keysBelow(b, '/leader'), []);
  });

  test('a body that throws resigns and stands again; one that returns ends the candidacy', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    let runs = 0;
    const candidacy = a.election.lead('/leader', () => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    });
    await candidacy.ended;
    assert.equal(runs, 2);
    assert.match(String(candidacy.lastError), /not yet/);
    assert.deepEqual(await keysBelow(a, '/leader'), []);
  });

  test('a candidacy ends with the elections that it stands in', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const held = await b.election.campaign('/leader');
    const waiting = a.election.lead('/leader', neverRuns);
    await standing(b, '/leader', 2);
    await a.election.close();
    await waiting.ended;
    assert.equal(waiting.state, 'ended');
    await held.resign();
  });

  test('a job runs once a tick, whoever and however many ask for it', async () => {
    await using services = new Participants(target);
    const replicas = [await services.join('a'), await services.join('b'), await services.join('c')];
    const ticks = [1, 2, 3].map((minute) => new Date(Date.UTC(2030, 0, 1, 0, minute)));
    const runs: string[] = [];
    for (const tick of ticks) {
      const results = await Promise.all(
        replicas.map(({ election }, index) =>
          election.oncePerTick(
            '/report',
            tick,
            async () => {
              runs.push(tick.toISOString());
              await Promise.resolve();
            },
            { missed: index === 0 ? 'skip' : 'catch-up' },
          ),
        ),
      );
      assert.equal(results.filter((result) => result === 'ran').length, 1);
    }
    assert.deepEqual(
      runs,
      ticks.map((tick) => tick.toISOString()),
    );
    // A tick that is over is not run again, nor one before it.
    const [a] = replicas;
    assert.equal(await a!.election.oncePerTick('/report', ticks[1]!, neverRuns), 'skipped');
  });

  test('a tick during a long run is left out or caught up with; one that fails is not repeated', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const tick = (minute: number): Date => new Date(Date.UTC(2030, 0, 1, 0, minute));
    const [started, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const long = a.election.oncePerTick('/job', tick(1), async () => {
      started.resolve();
      await finish.promise;
    });
    await started.promise;
    assert.equal(await b.election.oncePerTick('/job', tick(2), neverRuns), 'skipped');
    const late = b.election.oncePerTick('/job', tick(3), () => Promise.resolve(), {
      missed: 'catch-up',
    });
    await standing(a, '/job', 2);
    finish.resolve();
    assert.equal(await long, 'ran');
    assert.equal(await late, 'ran');
    await assert.rejects(
      a.election.oncePerTick('/job', tick(4), () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await b.election.oncePerTick('/job', tick(4), neverRuns), 'skipped');
  });
});

function neverRuns(): Promise<void> {
  assert.fail('this tick is not to be run');
}
