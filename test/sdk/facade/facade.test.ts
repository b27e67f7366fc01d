/**
 * Goal: the four lines that most people meet first work exactly as they are written, and leave nothing behind. Method: an
 * application on a member of each backend, with a second one as a witness.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect, ConcordError, type ConnectOptions } from '@concord/sdk';
import { runProgram } from '../../foreign/program.ts';
import { onEachBackend } from '../harness/each-backend.ts';
import { aborted, isError } from '../lock/expectation.ts';

onEachBackend('an application', (target) => {
  const options = (namespace: string): ConnectOptions => ({
    endpoints: target.endpoints,
    namespace,
    app: { name: 'orders', version: '1.0.0' },
  });

  test('registers, discovers, watches its configuration and takes a lock, in a line each', async () => {
    const namespace = target.corner();
    await using operator = await connect(options(namespace));
    await operator.client.kv.put('/db/url', 'postgres://one');
    await using bank = await operator.registry.register({
      name: 'payments',
      port: 4000,
      address: '127.0.0.1',
    });
    {
      await using concord = await connect(options(namespace));
      await using self = await concord.registry.register({
        name: 'orders',
        port: 3000,
        weight: 200,
        ttl: '15s',
      });
      const payments = await concord.discover('payments');
      const dbUrl = await concord.config.watch('/db/url');
      await using jobs = await concord.lock.acquire('/jobs');

      assert.equal(payments.pick().instance.port, 4000);
      assert.equal(dbUrl.current, 'postgres://one');
      const changed = Promise.withResolvers<string>();
      dbUrl.onChange((value) => changed.resolve(value as never));
      await operator.client.kv.put('/db/url', 'postgres://two');
      await changed.promise;
      assert.equal(dbUrl.current, 'postgres://two');
      assert.ok(jobs.token > 0);
      assert.equal(jobs.signal.aborted, false);
      assert.equal(self.state, 'serving');
      assert.equal(bank.state, 'serving');
      const orders = await operator.discover('orders');
      assert.equal(orders.pick().instance.weight, 200);
      await orders.close();
    }
    assert.deepEqual((await operator.lock.inspect('/jobs')).holders, []);
    const left = await operator.client.kv.range({ prefix: '/concord/registry/instances/orders/' });
    assert.deepEqual(left.entries, []);
  });

  test('closes what it used in reverse order, once, and then refuses', async () => {
    const namespace = target.corner();
    await using witness = await connect(options(namespace));
    const concord = await connect(options(namespace));
    const self = await concord.registry.register({ name: 'orders', port: 1 });
    const lock = await concord.lock.acquire('/jobs');
    const leadership = await concord.election.campaign('/leader', { value: 'me' });
    const order: string[] = [];
    void aborted(lock.signal).then(() => order.push('lock'));
    void aborted(leadership.signal).then(() => order.push('election'));
    self.events.on('state', ({ to }) => order.push(`registration ${to}`));
    await Promise.all([concord.close({ drain: 0 }), concord.close()]);
    assert.deepEqual(order.slice(0, 2), ['election', 'lock']);
    assert.equal(order.at(-1), 'registration closed');
    assert.deepEqual((await witness.lock.inspect('/jobs')).holders, []);
    assert.equal(await witness.election.leader('/leader'), undefined);
    assert.throws(() => concord.config, isError('CLOSED'));
    await assert.rejects(concord.lock.acquire('/jobs'), isError('CLOSED'));
    await concord.close();
  });

  test('tells how it is', async () => {
    await using concord = await connect(options(target.corner()));
    const well = await concord.health();
    assert.equal(well.isLive, true);
    assert.deepEqual(Object.values(well.endpoints), ['healthy']);
    target.lines.at(0).cut();
    const ill = await concord.health({ timeout: '300ms' });
    assert.equal(ill.isLive, false);
    assert.match(ill.problem ?? '', /health|kv\.get/);
    await assert.rejects(concord.health({ timeout: 0 }), isError('INVALID_ARGUMENT'));
    target.lines.heal();
  });

  test('starts without the cluster when it has a cache, from what it knew', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-facade-'));
    const namespace = target.corner();
    await using bank = await connect(options(namespace));
    await bank.registry.register({ name: 'payments', port: 4000 });
    await bank.client.kv.put('/db/url', 'postgres://one');
    try {
      const cached: ConnectOptions = {
        ...options(namespace),
        cache: { directory },
        registry: { cache: { directory, wait: '100ms' } },
        config: { startTimeout: '100ms' },
      };
      const first = await connect(cached);
      await first.discover('payments');
      await first.config.watch('/db/url');
      await first.close();
      target.lines.cut();
      await using second = await connect(cached, { timeout: '300ms' });
      const payments = await second.discover('payments');
      assert.equal(payments.pick().instance.port, 4000);
      assert.equal((await second.config.watch('/db/url')).current, 'postgres://one');
    } finally {
      target.lines.heal();
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test('is refused with a reason: options, endpoints, nobody there', async () => {
    const { endpoints } = target;
    await assert.rejects(
      connect({ endpoints: [] }),
      isError('INVALID_ARGUMENT', /option "endpoints"/),
    );
    await assert.rejects(
      connect({ endpoints, lock: {} } as never),
      isError('INVALID_ARGUMENT', /connect: there is no option "lock"/),
    );
    await assert.rejects(
      connect({ endpoints: ['127.0.0.1:1'] }, { timeout: '500ms' }),
      (error) => ConcordError.is(error) && /127\.0\.0\.1:1/.test(error.message),
    );
    await using concord = await connect({ endpoints });
    assert.throws(
      () => concord.lock.semaphore('/pool', { permits: 0 }),
      isError('INVALID_ARGUMENT', /option "permits": is 0/),
    );
    await assert.rejects(
      concord.registry.register({ name: 'a/b', port: 1 }),
      isError('INVALID_ARGUMENT', /a\/b/),
    );
    await assert.rejects(
      concord.close({ drain: -1 }),
      isError('INVALID_ARGUMENT', /option "drain"/),
    );
  });

  test('may be CommonJS', async () => {
    const program = `
      const { connect } = require('@concord/sdk');
      connect({ endpoints: [process.argv[1]], namespace: process.argv[2] })
        .then((concord) => concord.lock.run('/jobs', (lock) => console.log(lock.token > 0)).then(() => concord.close()));
    `;
    const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@concord/source'];
    const { exitCode, output, errors } = await runProgram(
      process.execPath,
      [...flags, '--eval', program, target.endpoints[0] ?? '', target.corner()],
      { cwd: import.meta.dirname },
    );
    assert.deepEqual([exitCode, output, errors], [0, 'true\n', '']);
  });
});
