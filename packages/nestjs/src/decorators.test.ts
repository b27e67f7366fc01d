/** What decorators do to the methods themselves, without a cluster. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineConfig, defineService, type Concord } from '@concord/sdk';
import { LeaderOnly } from './leader-only.ts';
import { configToken, serviceToken } from './tokens.ts';
import { HELD_CONCORD, WithLock } from './with-lock.ts';

class Job {
  readonly ran: string[] = [];
  work(what: string): string {
    this.ran.push(what);
    return `did ${what}`;
  }
}

/** `Job` with `decorator` on its method, as the syntax would put it there. */
function decorated(decorator: MethodDecorator): new () => Job {
  class Decorated extends Job {}
  const descriptor = Object.getOwnPropertyDescriptor(Job.prototype, 'work')!;
  const changed = decorator(Decorated.prototype, 'work', { ...descriptor }) as PropertyDescriptor;
  Object.defineProperty(Decorated.prototype, 'work', changed);
  return Decorated;
}

test('a locked method runs within its lock, named by its arguments, and keeps its name and metadata', async () => {
  Reflect.defineMetadata('other', 'decorator', Job.prototype.work);
  const Locked = decorated(WithLock((what: string) => `/jobs/${what}`, { ttl: '5s' }));
  const job = new Locked();
  const locks: unknown[] = [];
  const concord = {
    lock: {
      run: async (name: string, body: () => Promise<unknown>, options: unknown) => {
        locks.push([name, options, [...job.ran]]);
        return body();
      },
    },
  };
  Object.assign(job, { [HELD_CONCORD]: concord as unknown as Concord });
  assert.equal(await (job.work('sweep') as unknown as Promise<string>), 'did sweep');
  assert.deepEqual(locks, [['/jobs/sweep', { ttl: '5s' }, []]]);
  assert.equal(job.work.name, 'work');
  assert.equal(Reflect.getMetadata('other', job.work), 'decorator');
});

test("a leader's method does nothing in a process that has heard nothing of a leader", () => {
  const job = new (decorated(LeaderOnly('/leader')))();
  assert.equal(job.work('sweep'), undefined);
  assert.deepEqual(job.ran, []);
});

test('tokens are the same for a name and its definition', () => {
  assert.equal(serviceToken('bank'), serviceToken(defineService({ name: 'bank' })));
  const standard = {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) => ({ value }),
  };
  const definition = defineConfig({ id: 'bank/limits', schema: { '~standard': standard } });
  assert.equal(configToken('bank/limits'), configToken(definition));
});
