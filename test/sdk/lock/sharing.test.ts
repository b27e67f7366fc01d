/** Goal: locks that several have at once, or of several names: readers, permits, sets, barriers; never more than may. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend } from '../harness/each-backend.ts';
import { aborted, isError } from './expectation.ts';
import { keysBelow, Participants, standing } from './participants.ts';

onEachBackend('a lock that is shared', (target) => {
  test('by readers, until a writer stands in line: nobody overtakes', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const [side, other] = [a.lock.readWrite('/table'), b.lock.readWrite('/table')];
    const order: string[] = [];
    const first = await side.read();
    const second = await other.read({ wait: '5s' });
    const writer = side.write().then((lock) => (order.push('writer'), lock));
    await standing(a, '/table', 3);
    const late = other.read().then((lock) => (order.push('reader'), lock));
    await standing(a, '/table', 4);
    assert.equal(await b.lock.tryAcquire('/table'), undefined);
    const { holders, waiters } = await a.lock.inspect('/table');
    assert.deepEqual(
      [holders, waiters].map((claims) => claims.map(({ mode }) => mode)),
      [
        ['shared', 'shared'],
        ['exclusive', 'shared'],
      ],
    );
    await first.release();
    await second.release();
    await (await writer).release();
    await (await late).release();
    assert.deepEqual(order, ['writer', 'reader']);
  });

  test('by a context that reads again, or reads what it writes; it cannot write what it reads', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    const table = a.lock.readWrite('/table');
    const reader = await table.read();
    await reader.run(async () => {
      const again = await table.read({ reentrant: true });
      assert.equal(again.token, reader.token);
      await assert.rejects(
        table.write({ reentrant: true }),
        isError('CONFLICT', /would wait for itself to write/),
      );
    });
    await reader.release();
    await a.lock.run('/table', async (writer) => {
      assert.equal((await table.read({ reentrant: true })).token, writer.token);
      assert.equal((await table.write({ reentrant: true })).token, writer.token);
    });
  });

  test('by as many as there are permits', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const [here, there] = ['/pool', '/pool'].map((name, i) =>
      [a, b][i]!.lock.semaphore(name, { permits: 3 }),
    );
    const two = await here!.acquire({ count: 2 });
    const one = await there!.acquire();
    assert.equal(await there!.tryAcquire(), undefined);
    const waiting = there!.acquire({ count: 2 });
    await standing(a, '/pool', 3);
    // A small claim does not overtake the large one, though it would fit.
    await one.release();
    assert.equal(await here!.tryAcquire(), undefined);
    await assert.rejects(here!.acquire({ wait: '30ms' }), isError('NOT_ACQUIRED'));
    await two.release();
    await (await waiting).release();
    assert.deepEqual(await keysBelow(a, '/pool'), []);
  });

  test('never by more than there are permits, whoever comes and goes', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    let [inside, most] = [0, 0];
    const visit = async (index: number): Promise<void> => {
      const semaphore = [a, b][index % 2]!.lock.semaphore('/pool', { permits: 4 });
      const count = 1 + (index % 3);
      const lock = await semaphore.acquire({ count });
      inside += count;
      most = Math.max(most, inside);
      await new Promise(setImmediate);
      inside -= count;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 16 }, (_, index) => visit(index)));
    assert.ok(most <= 4 && most > 1, `${most} at once`);
  });

  test('by services that count on different numbers of permits: the later is told', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('orders'), await services.join('b')];
    await using three = await a.lock.semaphore('/pool', { permits: 3 }).acquire({ count: 3 });
    await assert.rejects(
      b.lock.semaphore('/pool', { permits: 4 }).acquire(),
      isError('CONFLICT', /is 4 for "\/pool", and "orders" has it with 3/),
    );
    assert.deepEqual(await keysBelow(a, '/pool'), [three.key]);
  });

  test('as a set: all or none, in one order whatever the order of the names', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const set = await a.lock.all(['/z', '/a', '/m', '/a']);
    assert.deepEqual(set.names, ['/a', '/m', '/z']);
    set.assertHeld();
    const tokens = set.names.map((name) => set.tokens.get(name)!);
    assert.deepEqual(
      tokens,
      tokens.toSorted((x, y) => x - y),
    );
    assert.equal(
      (
        await a.client.kv
          .txn()
          .if(...set.guards())
          .commit()
      ).succeeded,
      true,
    );
    await assert.rejects(
      b.lock.all(['/0', '/z'], { wait: '500ms' }),
      isError('NOT_ACQUIRED', /"\/z" was not free.*held by "a"/),
    );
    assert.deepEqual(await keysBelow(b, '/0'), []);
    await assert.rejects(b.lock.all(['/0', '/z'], { wait: 0 }), isError('NOT_ACQUIRED'));
    assert.equal(await set.release(), 'released');
    assert.equal((await a.client.kv.range({ prefix: '/' }, { countOnly: true })).count, 0);

    const lost = await b.lock.all(['/a', '/z']);
    const [key] = await keysBelow(b, '/z');
    await b.client.kv.delete(key!);
    await aborted(lost.signal);
    assert.throws(() => lost.assertHeld(), isError('LOCK_LOST'));
    assert.equal(await lost.release(), 'already-lost');
    await standing(b, '/a', 0);
  });

  test('sets that overlap do not wait for each other in a circle', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const rounds = Array.from({ length: 6 }, async (_, index) => {
      const names = index % 2 === 0 ? ['/x', '/y'] : ['/y', '/x'];
      const set = await [a, b][index % 2]!.lock.all(names, { wait: '20s' });
      await set.release();
    });
    await Promise.all(rounds);
  });

  test('a barrier lets all go on together, round after round', async () => {
    await using services = new Participants(target);
    const service = await services.join('a');
    const parties = [0, 1, 2].map(() => service.lock.barrier('/phase', { parties: 3 }));
    const log: string[] = [];
    const live = async (index: number): Promise<void> => {
      const barrier = parties[index]!;
      for (const round of [1, 2]) {
        log.push(`${round} came`);
        await barrier.enter({ wait: '10s' });
        log.push(`${round} in`);
        await barrier.leave({ wait: '10s' });
        log.push(`${round} out`);
      }
    };
    await Promise.all([0, 1, 2].map(live));
    const last = (word: string): number => log.lastIndexOf(word);
    assert.ok(last('1 came') < log.indexOf('1 in'));
    assert.ok(last('1 in') < log.indexOf('1 out'));
    assert.ok(last('2 came') < log.indexOf('2 in'));
    const { count } = await service.client.kv.range({ prefix: '/phase' }, { countOnly: true });
    assert.equal(count, 0);
  });

  test('a barrier that is not complete in time lets nobody in, and forgets who waited', async () => {
    await using services = new Participants(target);
    const service = await services.join('a');
    const [one, two, three] = [0, 1, 2].map(() => service.lock.barrier('/phase', { parties: 2 }));
    await assert.rejects(
      one!.enter({ wait: '500ms' }),
      isError('NOT_ACQUIRED', /not all 2 parties came to "\/phase"/),
    );
    await assert.rejects(one!.leave(), isError('CONFLICT', /is outside, not inside/));
    await Promise.all([one!.enter(), two!.enter()]);
    await assert.rejects(three!.enter({ wait: '30ms' }), isError('NOT_ACQUIRED'));
    await two![Symbol.asyncDispose]();
    await one!.leave({ wait: '10s' });
  });
});
