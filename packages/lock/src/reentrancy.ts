/**
 * Re-entrancy by async context: inside of `run`, and in everything that is started there, a lock of the same name is the
 * same lock. Code that runs side by side in one context is one owner.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Condition } from '@concord/client';
import type { HeldLock, ReleaseResult } from './held-lock.ts';

/** Holds of the context, the innermost first. */
interface Scope {
  readonly hold: HeldLock;
  readonly outer: Scope | undefined;
}

export class Reentrancy {
  readonly #scopes = new AsyncLocalStorage<Scope>();

  /** Runs `body` as one that has `hold`. */
  within<R>(hold: HeldLock, body: () => Promise<R>): Promise<R> {
    return this.#scopes.run({ hold, outer: this.#scopes.getStore() }, body);
  }

  /** The lock `name` as this context holds it, if it does, to be released without an effect. */
  again(name: string): HeldLock | undefined {
    for (let scope = this.#scopes.getStore(); scope !== undefined; scope = scope.outer) {
      if (scope.hold.name === name && scope.hold.remainingMs > 0) return new Reentry(scope.hold);
    }
    return undefined;
  }
}

/** A hold within a hold. */
class Reentry implements HeldLock {
  readonly #outer: HeldLock;

  constructor(outer: HeldLock) {
    this.#outer = outer;
  }

  get name(): string {
    return this.#outer.name;
  }

  get token(): number {
    return this.#outer.token;
  }

  get key(): string {
    return this.#outer.key;
  }

  get signal(): AbortSignal {
    return this.#outer.signal;
  }

  get remainingMs(): number {
    return this.#outer.remainingMs;
  }

  assertHeld(): void {
    this.#outer.assertHeld();
  }

  guard(): Condition {
    return this.#outer.guard();
  }

  run<R>(body: () => Promise<R>): Promise<R> {
    return this.#outer.run(body);
  }

  release(): Promise<ReleaseResult> {
    return Promise.resolve(this.remainingMs > 0 ? 'released' : 'already-lost');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}
