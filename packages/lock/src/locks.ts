/** Locks of all kinds, by name. */
import type { CallOptions, Client } from '@concord/client';
import { Acquirer, type LocksOptions } from './acquirer.ts';
import { acquireAll } from './acquire-all.ts';
import { Barrier, type BarrierOptions } from './barrier.ts';
import type { HeldLock } from './held-lock.ts';
import type { HeldLocks } from './held-locks.ts';
import { inspectLine, type LockInspection } from './inspection.ts';
import { checkCount, checkLockNames, checkLockOptions, checkName } from './options.ts';
import type { LockOptions, SemaphoreOptions } from './options.ts';
import { ReadWriteLock } from './read-write-lock.ts';
import { runLocked } from './run-locked.ts';
import { PERMITS_MAX, Semaphore } from './semaphore.ts';

/** A mutex: the plain lock. */
const EXCLUSIVE = { claim: { mode: 'exclusive' } } as const;

/**
 * Locks that programs share by their names. The keys are those of etcd's concurrency package, so that programs in Go,
 * `etcdctl lock` and the server's lock service stand in the same lines.
 */
export class Locks implements AsyncDisposable {
  readonly #client: Client;
  readonly #acquirer: Acquirer;

  constructor(client: Client, options: LocksOptions = {}) {
    this.#client = client;
    this.#acquirer = new Acquirer(client, options);
  }

  /**
   * Waits for the lock `name` and holds it until it is released. Those who wait get it in the order in which they came;
   * each call stands in line for itself.
   *
   * @throws ConcordError `NOT_ACQUIRED` after `options.wait`, naming the holder; `ABORTED`; `SESSION_LOST` when the
   *   cluster was away for too long while it waited; `INVALID_ARGUMENT`
   */
  async acquire(name: string, options: LockOptions = {}): Promise<HeldLock> {
    const request = checkLockOptions('lock.acquire', name, options);
    return this.#acquirer.acquire('mutex', request, EXCLUSIVE);
  }

  /** The lock `name` if nobody has it, and nobody waits for it; undefined otherwise. `options.wait` means nothing here. */
  async tryAcquire(name: string, options: LockOptions = {}): Promise<HeldLock | undefined> {
    const request = checkLockOptions('lock.tryAcquire', name, options);
    return this.#acquirer.tryAcquire('mutex', request, EXCLUSIVE);
  }

  /**
   * Runs `body` while holding the lock `name`, and answers what it does. The lock's signal also follows
   * `options.signal`.
   *
   * @throws ConcordError `LOCK_LOST` when the lock was lost while `body` ran, whatever came of it; else what
   *   {@link acquire} and `body` throw
   */
  async run<R>(
    name: string,
    body: (lock: HeldLock) => Promise<R> | R,
    options: LockOptions = {},
  ): Promise<R> {
    const request = checkLockOptions('lock.run', name, options);
    const lock = await this.#acquirer.acquire('mutex', request, EXCLUSIVE, options.signal);
    return runLocked(this.#client.logger, lock, body);
  }

  /** A lock that many may read under, or one write. Writing is the plain lock of that name. */
  readWrite(name: string): ReadWriteLock {
    return new ReadWriteLock(this.#acquirer, checkName('lock.readWrite', name));
  }

  /**
   * So many permits to be had under one name.
   *
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  semaphore(name: string, { permits }: SemaphoreOptions): Semaphore {
    checkCount('lock.semaphore', 'permits', permits, PERMITS_MAX);
    return new Semaphore(this.#acquirer, checkName('lock.semaphore', name), permits);
  }

  /**
   * All of several locks, or none. Everybody takes them in the order of their names, so that nobody waits in a circle;
   * `options.wait` is for all of them together.
   */
  async all(names: readonly string[], options: LockOptions = {}): Promise<HeldLocks> {
    const sorted = checkLockNames('lock.all', names);
    const request = checkLockOptions('lock.all', sorted.join(' '), { ...options });
    return acquireAll(this.#acquirer, sorted, request);
  }

  /** A place where so many wait for each other, to begin together and to end together. */
  barrier(name: string, options: BarrierOptions): Barrier {
    return new Barrier(this.#acquirer, checkName('lock.barrier', name), options);
  }

  /** Who holds the lock `name`, and who waits for it. */
  async inspect(name: string, call: CallOptions = {}): Promise<LockInspection> {
    return inspectLine(this.#client, checkName('lock.inspect', name), call);
  }

  /** Gives up everything that is held or waited for. */
  async close(): Promise<void> {
    await this.#acquirer[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
