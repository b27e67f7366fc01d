/** Reads and transactions that the leasing protocol asks of the cluster for somebody, by the keys as clients name them. */
import {
  encode,
  KV,
  type MethodDescriptor,
  type RangeRequest,
  type RangeResponse,
  type TxnRequest,
  type TxnResponse,
} from '@concord/protocol';
import type { Asker } from '../asker.ts';
import { cancelled } from '../cluster/call-failure.ts';
import type { Forwarder, Rewrite } from '../forwarder.ts';
import type { Namespace } from '../namespace.ts';

/** For whom, and until when. */
export interface Caller {
  readonly asker: Asker;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export class ClusterKv {
  readonly #forwarder: Pick<Forwarder, 'ask'>;
  readonly #namespace: Namespace | undefined;

  constructor(forwarder: Pick<Forwarder, 'ask'>, namespace: Namespace | undefined) {
    this.#forwarder = forwarder;
    this.#namespace = namespace;
  }

  /** Rejects with `CallFailure`. */
  range(request: RangeRequest, caller: Caller): Promise<RangeResponse> {
    const namespace = this.#namespace;
    const options = { request: namespace?.span, response: namespace?.rangeResponse, isRead: true };
    return this.#ask(KV.methods.range, request, options, caller);
  }

  /** Rejects with `CallFailure`. @param isRepeatable whether it may be applied twice */
  txn(request: TxnRequest, caller: Caller, isRepeatable = false): Promise<TxnResponse> {
    const namespace = this.#namespace;
    const rewrites = { request: namespace?.txn, response: namespace?.txnResponse };
    return this.#ask(KV.methods.txn, request, { ...rewrites, isRead: isRepeatable }, caller);
  }

  #ask<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    options: {
      readonly request: Rewrite<Request> | undefined;
      readonly response: Rewrite<Response> | undefined;
      readonly isRead: boolean;
    },
    { asker, signal }: Caller,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      const { request: toCluster, response: toClient, isRead } = options;
      let bytes = encode(method.request, request);
      // A copy gets the prefix: the same request may be asked again.
      if (toCluster !== undefined) {
        bytes = encode(method.request, toCluster(method.request.decode(bytes)));
      }
      let giveUp = (): void => undefined;
      const stop = (): void => {
        giveUp();
        reject(cancelled());
      };
      signal.addEventListener('abort', stop);
      giveUp = this.#forwarder.ask({ method, bytes, asker, isRead }, (failure, answer) => {
        signal.removeEventListener('abort', stop);
        if (failure !== undefined) return reject(failure);
        const response = method.response.decode(answer);
        resolve(toClient === undefined ? response : toClient(response));
      });
    });
  }
}
