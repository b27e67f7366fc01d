/**
 * Spreads calls over the endpoints that work: round robin from a random start, those that fail last.
 */
import type { Metadata } from '@grpc/grpc-js';
import { ConcordError } from '../errors.ts';
import type { Upstream, Health, UpstreamListener } from './upstream.ts';

/** What connect() waits between two rounds over all endpoints. */
const CONNECT_ROUND_MS = 100;

export interface BalancerListener {
  healthChanged(endpoint: string, health: Health): void;
  /** What probes carry. */
  metadata(): Metadata;
}

export class Balancer {
  readonly #upstreams: readonly Upstream[];
  readonly #listener: BalancerListener;
  #next: number;

  constructor(
    makeUpstreams: (listener: UpstreamListener) => readonly Upstream[],
    listener: BalancerListener,
  ) {
    this.#listener = listener;
    this.#upstreams = makeUpstreams({
      healthChanged: (upstream) =>
        this.#listener.healthChanged(upstream.endpoint.text, upstream.health),
      metadata: () => this.#listener.metadata(),
      hasBetter: (upstream) =>
        this.#upstreams.some(
          (other) => other !== upstream && rank(other, true) < rank(upstream, true),
        ),
      othersAnswer: (upstream) => this.#another(upstream, (other) => other.answers()),
      othersServe: (upstream) => this.#another(upstream, (other) => other.serves()),
    });
    this.#next = Math.floor(Math.random() * this.#upstreams.length);
  }

  get size(): number {
    return this.#upstreams.length;
  }

  get upstreams(): readonly Upstream[] {
    return this.#upstreams;
  }

  /** Whether every endpoint was found not to serve when it was last heard of. */
  get isAway(): boolean {
    return this.#upstreams.every(
      ({ health: { state } }) => state === 'failing' || state === 'leaderless',
    );
  }

  /**
   * The endpoint for the next call: the best that is not in `tried`, if all are then the best of all.
   *
   * @param needsLeader - false for reads that any member can answer
   */
  pick(needsLeader: boolean, tried?: ReadonlySet<Upstream>): Upstream {
    const upstreams = this.#upstreams;
    let best: Upstream | undefined;
    let bestRank = Infinity;
    const start = this.#next++;
    for (let i = 0; i < upstreams.length; i++) {
      const upstream = upstreams[(start + i) % upstreams.length] as Upstream;
      const own = rank(upstream, needsLeader) + (tried?.has(upstream) === true ? 10 : 0);
      if (own === 0) return upstream;
      if (own < bestRank) [best, bestRank] = [upstream, own];
    }
    return best as Upstream;
  }

  /** Resolves when one endpoint has answered; gives up after `timeoutMs` and tells of each why. */
  async connect(operation: string, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const deadlineMs = performance.now() + timeoutMs;
    for (;;) {
      const leftMs = deadlineMs - performance.now();
      if (signal?.aborted === true) throw aborted(operation, signal);
      if (leftMs <= 0) throw this.unreachable(operation);
      if (await this.#someAnswers(leftMs, signal)) return;
      await pause(Math.min(CONNECT_ROUND_MS, Math.max(0, deadlineMs - performance.now())), signal);
    }
  }

  /** Asks all but one; resolves with the first yes. */
  #another(than: Upstream, ask: (upstream: Upstream) => Promise<boolean>): Promise<boolean> {
    const asking = this.#upstreams.map(async (upstream) => {
      if (upstream === than || !(await ask(upstream))) throw new Error('it does not');
    });
    return Promise.any(asking).then(
      () => true,
      () => false,
    );
  }

  async #someAnswers(leftMs: number, signal?: AbortSignal): Promise<boolean> {
    const probes = this.#upstreams.map((upstream) =>
      upstream.probe(leftMs).then((ok) => {
        if (!ok) throw new Error('it did not');
      }),
    );
    const abort = Promise.withResolvers<void>();
    const onAbort = (): void => abort.resolve();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([Promise.any(probes), abort.promise]);
      return signal?.aborted !== true;
    } catch {
      return false;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Asks again those that would not tell their version without a token. */
  probeUnknown(): void {
    for (const upstream of this.#upstreams) if (upstream.version === '') void upstream.probe();
  }

  /** No endpoint can be used; says of each why. */
  unreachable(operation: string, cause?: unknown): ConcordError {
    return new ConcordError('UNAVAILABLE', {
      operation,
      problem: `no endpoint answers: ${this.describe()}`,
      remedy: 'check that a member listens there and that nothing is between',
      outcome: 'not-applied',
      cause,
    });
  }

  /** Each endpoint and what is known of it. */
  describe(): string {
    return this.#upstreams
      .map(({ endpoint, health }) => {
        return `${endpoint.text} (${health.state === 'failing' ? health.reason : health.state})`;
      })
      .join(', ');
  }

  close(): void {
    for (const upstream of this.#upstreams) upstream.close();
  }
}

function rank({ health }: Upstream, needsLeader: boolean): number {
  switch (health.state) {
    case 'healthy':
      return 0;
    case 'untried':
      return 1;
    case 'leaderless':
    case 'learner':
      return needsLeader ? 2 : 0;
    case 'failing':
      return 3;
    default:
      return health satisfies never;
  }
}

/** What a wait ends with when its signal aborts. */
export function aborted(operation: string, signal: AbortSignal): ConcordError {
  return new ConcordError('ABORTED', {
    operation,
    problem: 'given up by its signal',
    outcome: 'not-applied',
    cause: signal.reason,
  });
}

/** Waits, or until the signal aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted === true) done();
    else signal?.addEventListener('abort', done, { once: true });
  });
}
