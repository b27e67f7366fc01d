/**
 * Re-entrancy by async context: inside of `run`, and in everything that is started there, a lock of the same name is the
 * same lock. Code that runs side by side in one context is one owner.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ConcordError, type Condition } from '@concord/client';
import type { HeldLock, ReleaseResult } from './held-lock.ts';

/** How a lock is held, or wanted: `exclusive` includes `shared`. Permits are counted, and never had again. */
export type HoldMode = 'exclusive' | 'shared' | 'permits';

/** Holds of the context, the innermost first. */
interface Scope {
  readonly hold: HeldLock;
  readonly mode: HoldMode;
  readonly outer: Scope | undefined;
}

export class Reentrancy {
  readonly #scopes = new AsyncLocalStorage<Scope>();

  /** Runs `body` as one that has `hold`. */
  within<R>(hold: HeldLock, mode: HoldMode, body: () => Promise<R>): Promise<R> {
    return this.#scopes.run({ hold, mode, outer: this.#scopes.getStore() }, body);
  }

  /**
   * The lock `name` as this context holds it, if it does, to be released without an effect.
   *
   * @throws ConcordError `CONFLICT` when it holds it as a reader and wants to write: it would wait for itself
   */
  again(operation: string, name: string, mode: HoldMode): HeldLock | undefined {
    let isReader = false;
    for (let scope = this.#scopes.getStore(); scope !== undefined; scope = scope.outer) {
      const { hold } = scope;
      if (hold.name !== name || hold.remainingMs <= 0 || scope.mode === 'permits') continue;
      if (scope.mode === 'exclusive' || mode === 'shared') return new Reentry(hold);
      isReader = true;
    }
    if (isReader) throw readerWants(operation, name);
    return undefined;
  }
}

function readerWants(operation: string, name: string): ConcordError {
  return new ConcordError('CONFLICT', {
    operation,
    subject: name,
    problem: `this context reads under ${JSON.stringify(name)}, and would wait for itself to write`,
    remedy: 'release the reading side first, or take the writing side from the beginning',
  });
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
