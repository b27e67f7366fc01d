/**
 * One request, one answer. A request that was never sent goes to the next endpoint; one that only reads is sent again
 * while the cluster cannot answer. A write whose fate is unknown is never sent twice.
 */
import { encode, ProtocolDecodeError, StatusCode, type MethodDescriptor } from '@concord/protocol';
import { CallFailure, cancelled } from './call-failure.ts';
import type { CallHeaders, Cancellable, Cluster } from './cluster.ts';

/** As etcd's client: a hundred attempts with a pause of 25 ms. */
const ATTEMPTS_MAX = 100;
const PAUSE_MS = 25;

export interface UnaryRequest {
  readonly path: string;
  readonly headers: CallHeaders;
  /** The caller changes them no more. */
  readonly bytes: Uint8Array;
  /** It changes nothing, so it may be answered twice. */
  readonly isRead: boolean;
}

/** Exactly one of the two is there. */
export type Settled = (failure: CallFailure | undefined, response: Buffer) => void;

const NOTHING = Buffer.alloc(0);

/** Asks the cluster. After `cancel`, `settled` is not called. */
export function askCluster(cluster: Cluster, request: UnaryRequest, settled: Settled): Cancellable {
  const asking = new Asking(cluster, request, settled);
  asking.attempt();
  return asking;
}

class Asking implements Cancellable {
  readonly #cluster: Cluster;
  readonly #request: UnaryRequest;
  readonly #settled: Settled;
  #attempts = 0;
  #call: Cancellable | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isCancelled = false;

  constructor(cluster: Cluster, request: UnaryRequest, settled: Settled) {
    this.#cluster = cluster;
    this.#request = request;
    this.#settled = settled;
  }

  attempt(): void {
    this.#attempts++;
    let response: Buffer | undefined;
    const { path, headers, bytes } = this.#request;
    this.#call = this.#cluster.open(path, headers, {
      opened: (call) => call.finish(bytes),
      message: (message) => (response = message),
      ended: (failure) => {
        if (failure !== undefined) this.#failed(failure);
        else this.#answered(response);
      },
    });
  }

  /** An answer that cannot be read is the member's fault, and concerns this call alone. */
  #answered(response: Buffer | undefined): void {
    try {
      if (response === undefined) throw new ProtocolDecodeError('no message');
      this.#settled(undefined, response);
    } catch (error) {
      if (!(error instanceof ProtocolDecodeError)) throw error;
      const text = `grpc: failed to unmarshal the received message: ${error.message}`;
      this.#settled(new CallFailure(StatusCode.INTERNAL, text), NOTHING);
    }
  }

  cancel(): void {
    this.#isCancelled = true;
    clearTimeout(this.#pause);
    this.#call?.cancel();
  }

  #failed(failure: CallFailure): void {
    if (this.#isCancelled) return;
    if (this.#attempts >= ATTEMPTS_MAX || !this.#isWorthAnother(failure)) {
      this.#settled(failure, NOTHING);
      return;
    }
    this.#pause = setTimeout(() => this.attempt(), PAUSE_MS);
  }

  #isWorthAnother({ code, reach }: CallFailure): boolean {
    // It has waited for a connection already.
    if (code !== StatusCode.UNAVAILABLE || reach === 'unreachable') return false;
    return reach === 'refused' || this.#request.isRead;
  }
}

/** The same, decoded, for the proxy's own calls. */
export function ask<Request, Response>(
  cluster: Cluster,
  method: MethodDescriptor<Request, Response>,
  request: Request,
  signal?: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const bytes = encode(method.request, request);
    const unary = { path: method.path, headers: {}, bytes, isRead: false };
    const stop = (): void => {
      asking.cancel();
      reject(cancelled());
    };
    signal?.addEventListener('abort', stop);
    const asking = askCluster(cluster, unary, (failure, response) => {
      signal?.removeEventListener('abort', stop);
      if (failure === undefined) resolve(method.response.decode(response));
      else reject(failure);
    });
  });
}
