/**
 * The endpoints behind the TCP gateway, and whose turn it is: the best priority that is active counts; within it, shares by
 * weight as RFC 2782 has them, and endpoints without a weight in turn. An endpoint that cannot be dialled is inactive
 * until a later attempt succeeds.
 */
import type { HostPort } from '../host-port.ts';

/** `priority` and `weight` as in a SRV record; endpoints of a list have 0 for both. */
export interface Remote extends HostPort {
  readonly priority: number;
  readonly weight: number;
}

/** Endpoints without a weight, beside those with one, have "a very small chance" (RFC 2782): etcd's. */
const UNWEIGHTED_SHARE = 1 / 100;

export class RemoteSet {
  readonly #active: Set<Remote>;
  readonly #all: readonly Remote[];
  readonly #random: () => number;
  #turn = 0;

  /** @param random from 0 to 1, exclusive */
  constructor(remotes: readonly Remote[], random: () => number = Math.random) {
    this.#all = remotes;
    this.#active = new Set(remotes);
    this.#random = random;
  }

  get inactive(): readonly Remote[] {
    return this.#all.filter((remote) => !this.#active.has(remote));
  }

  /** Answers whether that is news. */
  deactivate(remote: Remote): boolean {
    return this.#active.delete(remote);
  }

  activate(remote: Remote): void {
    this.#active.add(remote);
  }

  /**
   * The endpoint for the next connection. When all that are active were tried, the inactive follow: one that came back
   * a moment ago is better than a refusal.
   *
   * @param tried is left out
   */
  pick(tried: ReadonlySet<Remote>): Remote | undefined {
    const untried = (remotes: Iterable<Remote>): Remote[] =>
      [...remotes].filter((remote) => !tried.has(remote));
    const active = untried(this.#all.filter((remote) => this.#active.has(remote)));
    return this.#among(active.length > 0 ? active : untried(this.inactive));
  }

  #among(candidates: readonly Remote[]): Remote | undefined {
    const best = Math.min(...candidates.map(({ priority }) => priority));
    const class_ = candidates.filter(({ priority }) => priority === best);
    const weighted = class_.filter(({ weight }) => weight > 0);
    const unweighted = class_.filter(({ weight }) => weight <= 0);
    if (weighted.length === 0) return this.#next(unweighted);
    if (unweighted.length > 0 && this.#random() < UNWEIGHTED_SHARE) return this.#next(unweighted);
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    let rest = this.#random() * total;
    return weighted.find(({ weight }) => (rest -= weight) < 0) ?? weighted.at(-1);
  }

  #next(remotes: readonly Remote[]): Remote | undefined {
    return remotes[this.#turn++ % remotes.length];
  }
}
