/** Tokens in this process: for a resource that only this process writes, and for tests. */
import { ConcordError } from '@concord/client';
import { checkToken, type FenceStore } from './fence-store.ts';

/** A number and a name each: some tens of megabytes. To forget one would let a stale writer in. */
const RESOURCES_MAX = 100_000;

export class MemoryFenceStore implements FenceStore {
  readonly #highest = new Map<string, number>();

  compareAndRaise(resource: string, token: number): Promise<boolean> {
    // As a promise, so that what is thrown is rejected.
    return new Promise((resolve) => resolve(this.#compareAndRaise(resource, token)));
  }

  #compareAndRaise(resource: string, token: number): boolean {
    checkToken(token);
    const highest = this.#highest.get(resource);
    if (highest !== undefined && highest > token) return false;
    if (highest === undefined && this.#highest.size >= RESOURCES_MAX) throw full();
    this.#highest.set(resource, token);
    return true;
  }
}

function full(): ConcordError {
  return new ConcordError('QUOTA', {
    operation: 'fence.compareAndRaise',
    problem: `there are ${RESOURCES_MAX} resources already`,
    remedy: 'keep the tokens in the store that is written',
  });
}
