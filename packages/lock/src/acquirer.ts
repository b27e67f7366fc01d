/** Makes holds: what mutexes, read-write locks, semaphores and elections have in common. */
import { checkNames, ConcordError, type Client } from '@concord/client';
import { acquirePlace, type Asker, type Wanted } from './acquisition.ts';
import { Hold, type HeldLock, type HoldOptions } from './held-lock.ts';
import type { LockRequest } from './options.ts';
import { Reentrancy } from './reentrancy.ts';
import { SessionPool } from './session-pool.ts';
import { Telemetry, type LockKind } from './telemetry.ts';

/** Who uses the locks. */
export interface LocksOptions {
  /** Who we are to those who inspect a lock: the name of the client's `app` by default. */
  readonly app?: string | undefined;
}

export class Acquirer implements Asker, AsyncDisposable {
  readonly client: Client;
  readonly app: string | undefined;
  readonly pool: SessionPool;
  readonly telemetry = new Telemetry();
  readonly #reentrancy = new Reentrancy();

  constructor(client: Client, options: LocksOptions) {
    checkNames(options, ['app'], 'lock');
    this.client = client;
    this.app = options.app ?? client.app?.name;
    this.pool = new SessionPool(client);
  }

  /** @param until - aborts the signal of the hold, beside its loss */
  async acquire(
    kind: LockKind,
    request: LockRequest,
    wanted: Wanted,
    until?: AbortSignal,
  ): Promise<HeldLock> {
    const { operation, name, isReentrant } = request;
    const again = isReentrant
      ? this.#reentrancy.again(operation, name, wanted.claim.mode)
      : undefined;
    return again ?? new Hold(await this.stand(kind, request, wanted, until));
  }

  /** What a hold is made of, once its turn has come. */
  async stand(
    kind: LockKind,
    request: LockRequest,
    wanted: Wanted,
    until?: AbortSignal,
  ): Promise<HoldOptions> {
    const { client, pool, telemetry } = this;
    const standing = await telemetry.acquire(kind, request.name, () =>
      acquirePlace(this, request, wanted),
    );
    const within: HoldOptions['within'] = (hold, body) =>
      this.#reentrancy.within(hold, wanted.claim.mode, body);
    return { client, pool, telemetry, standing, kind, until, within };
  }

  /** The same for those who do not wait. */
  async tryAcquire(
    kind: LockKind,
    request: LockRequest,
    wanted: Wanted,
  ): Promise<HeldLock | undefined> {
    try {
      return await this.acquire(kind, { ...request, waitMs: 0 }, wanted);
    } catch (error) {
      if (ConcordError.is(error, 'NOT_ACQUIRED')) return undefined;
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.pool.close();
  }
}
