import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { createBalancer, type Balancer, type PickContext } from '../balance/balancer.ts';
import { fleet } from '../balance/instance.fixture.ts';
import { noInstances } from '../balance/no-instances.ts';
import type { Instance } from '../instance.ts';
import { callInstance, type CallHost, type InstanceCall, type ServiceCallOptions } from './call.ts';
import { RetryBudget } from './retry-budget.ts';

class Host implements CallHost<unknown> {
  readonly service = 'payments';
  budget = new RetryBudget();
  readonly balancer: Balancer;

  constructor(instances: readonly Instance[]) {
    this.balancer = createBalancer();
    this.balancer.update(instances, performance.now());
  }

  tryPick = (context: PickContext) => this.balancer.pick(context);

  pick(context: PickContext) {
    const picked = this.balancer.pick(context);
    if (picked === undefined) {
      throw noInstances('registry.call', this.service, this.balancer.explain(context));
    }
    return picked;
  }

  call<R>(run: InstanceCall<unknown, R>, options?: ServiceCallOptions): Promise<R> {
    return callInstance(this, run, options);
  }
}

const refused = (): Error => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const reset = (): Error => Object.assign(new Error('reset'), { code: 'ECONNRESET' });

/** Fails as often as there are errors, then answers; remembers who was called. */
function failing(errors: readonly Error[]): {
  called: string[];
  run: InstanceCall<unknown, string>;
} {
  const called: string[] = [];
  return {
    called,
    run: (instance, _signal, attempt) => {
      called.push(instance.id);
      const error = errors[attempt];
      return error === undefined ? Promise.resolve(`by ${instance.id}`) : Promise.reject(error);
    },
  };
}

test('what was surely not sent is tried again, at another instance each time', async () => {
  const host = new Host(fleet(3));
  const { called, run } = failing([refused(), refused()]);
  assert.equal(await host.call(run), `by ${called[2]}`);
  assert.equal(new Set(called).size, 3);
  assert.equal(host.balancer.active, 0);
});

test('what may have been sent is tried again only where that does no harm', async () => {
  const host = new Host(fleet(3));
  const once = failing([reset()]);
  await assert.rejects(host.call(once.run), { code: 'ECONNRESET' });
  assert.equal(once.called.length, 1);
  const twice = failing([reset()]);
  await host.call(twice.run, { idempotent: true });
  assert.equal(twice.called.length, 2);
});

test("an answer that is the caller's own fault is not tried again and does not count against the instance", async () => {
  const host = new Host(fleet(1));
  const { called, run } = failing(
    Array.from({ length: 9 }, () => Object.assign(new Error('no'), { status: 404 })),
  );
  for (let n = 0; n < 30; n++) await assert.rejects(host.call(run, { idempotent: true }));
  assert.equal(called.length, 30);
  assert.equal(host.balancer.explain().instances[0]?.breaker, undefined);
});

test('the last error is thrown when everybody was tried, or the retries are used up', async () => {
  const errors = [refused(), refused(), refused(), refused(), refused()];
  const few = failing(errors);
  await assert.rejects(new Host(fleet(2)).call(few.run, { retries: 5 }), errors[1]);
  const many = failing(errors);
  await assert.rejects(new Host(fleet(9)).call(many.run, { retries: 3 }), errors[3]);
  assert.equal(many.called.length, 4);
});

test('when the budget is used up, calls fail at the first try instead of making it worse', async () => {
  const host = new Host(fleet(10));
  host.budget = new RetryBudget({ ratio: 0.2, minPerSecond: 0 });
  let tries = 0;
  const run = (): Promise<never> => {
    tries += 1;
    return Promise.reject(refused());
  };
  for (let n = 0; n < 100; n++) await assert.rejects(host.call(run, { retries: 3 }));
  assert.equal(tries, 120);
});

test('the deadline ends the call even if the function does not heed its signal', async () => {
  const host = new Host(fleet(3));
  let seen: AbortSignal | undefined;
  const never = (_: unknown, signal: AbortSignal): Promise<never> => {
    seen = signal;
    return new Promise(() => undefined);
  };
  await assert.rejects(host.call(never, { timeout: 20, idempotent: true }), {
    code: 'DEADLINE',
    message: /the call to service "payments" did not end within its timeout of 20 ms/,
  });
  assert.equal(seen?.aborted, true);
  assert.equal(host.balancer.active, 0);
});

test('a try that takes too long is tried elsewhere where that does no harm', async () => {
  const host = new Host(fleet(3));
  const called: string[] = [];
  const answer = await host.call(
    (instance, _signal, attempt) => {
      called.push(instance.id);
      return attempt === 0 ? new Promise<string>(() => undefined) : Promise.resolve('late');
    },
    { attemptTimeout: 20, timeout: '5s', idempotent: true },
  );
  assert.equal(answer, 'late');
  assert.notEqual(called[0], called[1]);
});

test("the caller's signal ends it, says nothing about the instance, and is let go of", async () => {
  const host = new Host(fleet(3));
  const controller = new AbortController();
  const { signal } = controller;
  await host.call(() => Promise.resolve(), { signal });
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  const waiting = host.call(() => new Promise(() => undefined), { signal });
  controller.abort(new Error('enough'));
  await assert.rejects(waiting, { code: 'ABORTED' });
  await assert.rejects(
    host.call(() => Promise.resolve(), { signal }),
    { code: 'ABORTED' },
  );
  assert.equal(host.balancer.active, 0);
  assert.ok(host.balancer.explain().instances.every(({ breaker }) => breaker === undefined));
});

test('with nobody to pick it says so', async () => {
  await assert.rejects(
    new Host([]).call(() => Promise.resolve()),
    { code: 'NO_INSTANCES' },
  );
});

test('a function that throws at once is a failed try', async () => {
  const host = new Host(fleet(2));
  const run = (): Promise<never> => {
    throw refused();
  };
  await assert.rejects(host.call(run), { code: 'ECONNREFUSED' });
  assert.equal(host.balancer.active, 0);
});

test('whoever knows an error better may say what it means', async () => {
  const host = new Host(fleet(3));
  const { called, run } = failing([new Error('overloaded')]);
  await host.call(run, { classify: () => ({ outcome: 'error', mayBeSent: false }) });
  assert.equal(called.length, 2);
});

test("options that can't be meant are refused before anything runs", async () => {
  const host = new Host(fleet(1));
  const call = (options: object): Promise<unknown> =>
    host.call(() => assert.fail('it ran'), options);
  await assert.rejects(call({ retries: -1 }), {
    code: 'INVALID_ARGUMENT',
    message: /option "retries" is -1/,
  });
  await assert.rejects(call({ timeout: 0 }), {
    code: 'INVALID_ARGUMENT',
    message: /option "timeout"/,
  });
  await assert.rejects(call({ retry: 1 }), {
    code: 'INVALID_ARGUMENT',
    message: /no option "retry"/,
  });
});
