/** Many readers or one writer, in the order in which they came. */
import type { Acquirer } from './acquirer.ts';
import type { HeldLock } from './held-lock.ts';
import { checkLockOptions, type LockOptions } from './options.ts';

/**
 * A lock with two sides. A reader who comes while a writer waits stands behind that writer, so that neither side can
 * starve the other.
 */
export class ReadWriteLock {
  readonly name: string;
  readonly #acquirer: Acquirer;

  constructor(acquirer: Acquirer, name: string) {
    this.#acquirer = acquirer;
    this.name = name;
  }

  /** The lock beside other readers. Throws as `Locks.acquire` does. */
  async read(options: LockOptions = {}): Promise<HeldLock> {
    const request = checkLockOptions('lock.readWrite.read', this.name, options);
    return this.#acquirer.acquire('read', request, { claim: { mode: 'shared' } });
  }

  /** The lock alone: the same as `Locks.acquire`. */
  async write(options: LockOptions = {}): Promise<HeldLock> {
    const request = checkLockOptions('lock.readWrite.write', this.name, options);
    return this.#acquirer.acquire('write', request, { claim: { mode: 'exclusive' } });
  }
}
