/** `@WithLock`: a method that only one in the whole cluster runs at a time. */
import { Inject } from '@nestjs/common';
import type { Concord, LockOptions } from '@concord/sdk';
import { CONCORD } from './tokens.ts';

/** Where a decorated class holds its `Concord`: injected as a property, so that providers of every scope have it. */
export const HELD_CONCORD: unique symbol = Symbol.for('concord.nestjs.held') as never;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any method can be decorated
export type Method = (this: any, ...args: any[]) => unknown;

/** Lets Nest put the `Concord` into each instance of the class that `prototype` belongs to. */
export function holdConcord(prototype: object): void {
  if (Object.hasOwn(prototype, HELD_CONCORD)) return;
  Object.defineProperty(prototype, HELD_CONCORD, { value: undefined, writable: true });
  Inject(CONCORD)(prototype, HELD_CONCORD);
}

/**
 * Runs the method while holding the lock `name`, and waits for it first. The method rejects with `LOCK_LOST` when the
 * lock was lost while it ran, and with `NOT_ACQUIRED` when `options.wait` was over.
 *
 * @param name - or a function of the arguments, for a lock for each subject: `@WithLock((id) => '/orders/' + id)`
 */
export function WithLock(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the arguments are those of any method
  name: string | ((...args: any[]) => string),
  options: LockOptions = {},
): MethodDecorator {
  return (target, _method, descriptor) => {
    holdConcord(target);
    const method = descriptor.value as Method;
    const locked = function (this: Record<symbol, Concord>, ...args: unknown[]): Promise<unknown> {
      const concord = this[HELD_CONCORD] as Concord;
      const lockName = typeof name === 'string' ? name : name(...args);
      return concord.lock.run<unknown>(lockName, () => method.apply(this, args), options);
    };
    return Object.assign(descriptor, { value: named(locked, method) });
  };
}

/** `replacement` under the name and with the metadata of `original`, so that other decorators work in any order. */
export function named<F extends Method>(replacement: F, original: Method): F {
  Object.defineProperty(replacement, 'name', { value: original.name });
  for (const key of Reflect.getMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getMetadata(key, original), replacement);
  }
  return replacement;
}
