/** Renews one lease: once, or a third of its time apart until it is gone. Streams that break are opened again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Lease, LeaseKeepAliveRequest, type LeaseKeepAliveResponse } from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';
import type { RpcStream } from '../connection/member-connection.ts';
import { DeadlineError, RpcError } from '../connection/rpc-error.ts';

const REOPEN_MS = 500;

export class LeaseKeeper {
  readonly #client: EtcdClient;
  readonly #lease: bigint;

  constructor(client: EtcdClient, lease: bigint) {
    this.#client = client;
    this.#lease = lease;
  }

  /** Renews the lease. The answer's TTL is not positive where there is no such lease. */
  once(): Promise<LeaseKeepAliveResponse> {
    return new Promise((resolve, reject) => {
      const stream: RpcStream<LeaseKeepAliveRequest> = this.#client.open(
        Lease.methods.leaseKeepAlive,
        {
          message: (answer) => {
            resolve(answer);
            stream.cancel();
          },
          end: (error) =>
            reject(error ?? new RpcError(14, 'the stream ended without an answer', true)),
        },
      );
      stream.send(LeaseKeepAliveRequest.create({ ID: this.#lease }));
    });
  }

  /** The answers to renewals; ends when the lease is gone, or `signal` aborts. Waits as long as no member can be reached. */
  async *renewals(signal?: AbortSignal): AsyncIterableIterator<LeaseKeepAliveResponse> {
    while (signal?.aborted !== true && !this.#client.isClosed) {
      let answer: LeaseKeepAliveResponse;
      try {
        answer = await this.once();
      } catch (error) {
        if (!(error instanceof RpcError || error instanceof DeadlineError)) throw error;
        this.#client.rotate();
        await pause(REOPEN_MS, signal);
        continue;
      }
      if (answer.TTL <= 0) return;
      yield answer;
      await pause((answer.TTL * 1_000) / 3, signal);
    }
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
