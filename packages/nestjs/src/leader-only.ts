/** `@LeaderOnly`: methods that do nothing in all processes but one. */
import { Inject } from '@nestjs/common';
import { LeaderElections } from './leader-elections.ts';
import { named, type Method } from './with-lock.ts';

const HELD_ELECTIONS: unique symbol = Symbol.for('concord.nestjs.elections') as never;

/**
 * Beside `@Cron` or `@Interval`: the method runs in the process that leads the election `name`, and returns
 * `undefined` elsewhere. A process that has no leader's word yet does not run it. The candidacy begins with the application.
 */
export function LeaderOnly(name: string): MethodDecorator {
  return (target, _method, descriptor) => {
    Object.defineProperty(target, HELD_ELECTIONS, {
      configurable: true,
      // Nest sets it when it has made the instance: the moment to stand.
      set(this: object, elections: LeaderElections) {
        Object.defineProperty(this, HELD_ELECTIONS, { value: elections, configurable: true });
        for (const election of electionsOf(target)) elections.stand(election);
      },
    });
    electionsOf(target).add(name);
    Inject(LeaderElections)(target, HELD_ELECTIONS);
    const method = descriptor.value as Method;
    const guarded = function (this: Record<symbol, LeaderElections>, ...args: unknown[]): unknown {
      const isLeader = this[HELD_ELECTIONS]?.isLeader(name) === true;
      return isLeader ? method.apply(this, args) : undefined;
    };
    return Object.assign(descriptor, { value: named(guarded, method) });
  };
}

const electionNames = new WeakMap<object, Set<string>>();

/** The elections that methods of a class ask for. */
function electionsOf(prototype: object): Set<string> {
  const names = electionNames.get(prototype) ?? new Set();
  electionNames.set(prototype, names);
  return names;
}
