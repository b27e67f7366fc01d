/** The endpoints of a cluster, one of which answers: they are tried in turn, from the last that did. */
import { ClusterError } from '../failure.ts';
import { parseEndpoint, type Endpoint } from './endpoints.ts';
import type { Exchange, V2Answer, V2Request } from './exchange.ts';
import { DeadlineError } from './network-error.ts';

export interface SendOptions {
  /** Of the whole command. */
  readonly deadline: AbortSignal;
  /** Whether a failure ends it: a request that may have been carried out is not sent again. */
  readonly isOnce?: boolean;
}

export class ClusterClient {
  readonly exchange: Exchange;
  #endpoints: readonly Endpoint[];
  #pinned = 0;

  constructor(exchange: Exchange, endpoints: readonly Endpoint[]) {
    this.exchange = exchange;
    this.#endpoints = shuffled(endpoints);
  }

  get endpoints(): readonly string[] {
    return this.#endpoints.map(({ text }) => text);
  }

  /** The client URLs that members publish, from now on. */
  useEndpoints(texts: readonly string[]): void {
    const isSame = [...texts].sort().join() === [...this.endpoints].sort().join();
    if (isSame) return;
    this.#endpoints = shuffled(texts.map(parseEndpoint));
    this.#pinned = 0;
  }

  /** Rejects with `ClusterError` when no endpoint answered as it should, and with `DeadlineError`. */
  async send(request: V2Request, { deadline, isOnce = false }: SendOptions): Promise<V2Answer> {
    const errors: Error[] = [];
    const count = this.#endpoints.length;
    for (let i = 0; i < count; i++) {
      const at = (this.#pinned + i) % count;
      const endpoint = this.#endpoints[at] as Endpoint;
      try {
        const answer = await this.exchange.send(endpoint, request, deadline);
        const problem = problemOf(answer, endpoint);
        if (problem !== undefined) throw problem;
        this.#pinned = at;
        return answer;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        errors.push(error);
        if (error instanceof DeadlineError) throw error;
        // The first error is the one that is told.
        if (isOnce) throw errors[0] as Error;
      }
    }
    throw new ClusterError(errors);
  }
}

function problemOf({ status }: V2Answer, { text }: Endpoint): Error | undefined {
  if (Math.floor(status / 100) !== 5) return undefined;
  if (status === 500 || status === 503)
    return new Error(`client: etcd member ${text} has no leader`);
  return new Error(`client: etcd member ${text} returns server error [${reasonOf(status)}]`);
}

const reasons = new Map([
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [504, 'Gateway Timeout'],
  [505, 'HTTP Version Not Supported'],
]);

const reasonOf = (status: number): string => reasons.get(status) ?? '';

function shuffled<T>(items: readonly T[]): readonly T[] {
  const left = [...items];
  for (let i = left.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [left[i], left[j]] = [left[j] as T, left[i] as T];
  }
  return left;
}
