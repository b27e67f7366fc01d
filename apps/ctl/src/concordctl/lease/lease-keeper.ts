/**
 * Renews one lease: once, or a third of its time apart until it is gone. Streams that break are opened again, and a member
 * that takes one and stays silent is left for another.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Lease,
  LeaseKeepAliveRequest,
  StatusCode,
  type LeaseKeepAliveResponse,
} from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';
import type { RpcStream } from '../connection/member-connection.ts';
import { DeadlineError, RpcError } from '../connection/rpc-error.ts';

const REOPEN_MS = 500;
/** As etcd's client waits between two attempts. */
const RETRY_MS = 25;
/** What a renewal among many may take: the next member may answer before the lease is gone. */
const SILENCE_MS_MAX = 5_000;
const SILENCE_MS_MIN = 1_000;

export class LeaseKeeper {
  readonly #client: EtcdClient;
  readonly #lease: bigint;

  constructor(client: EtcdClient, lease: bigint) {
    this.#client = client;
    this.#lease = lease;
  }

  /**
   * Renews the lease within `timeoutMs`, at another endpoint where one cannot be reached. The answer's TTL is not positive
   * where there is no such lease. Rejects with `RpcError` or `DeadlineError`.
   */
  async once(timeoutMs: number): Promise<LeaseKeepAliveResponse> {
    const deadlineMs = performance.now() + timeoutMs;
    for (;;) {
      try {
        return await this.#ask(deadlineMs - performance.now());
      } catch (error) {
        const isAway = error instanceof RpcError && error.code === StatusCode.UNAVAILABLE;
        if (!isAway || performance.now() + RETRY_MS > deadlineMs) throw error;
        this.#client.rotate();
        await sleep(RETRY_MS);
      }
    }
  }

  /** The answers to renewals; ends when the lease is gone, or `signal` aborts. Waits as long as no member can be reached. */
  async *renewals(signal?: AbortSignal): AsyncIterableIterator<LeaseKeepAliveResponse> {
    let apartMs = SILENCE_MS_MAX;
    while (signal?.aborted !== true && !this.#client.isClosed) {
      let answer: LeaseKeepAliveResponse;
      try {
        answer = await this.#ask(Math.min(SILENCE_MS_MAX, Math.max(SILENCE_MS_MIN, apartMs)));
      } catch (error) {
        if (!(error instanceof RpcError || error instanceof DeadlineError)) throw error;
        this.#client.rotate();
        await pause(REOPEN_MS, signal);
        continue;
      }
      if (answer.TTL <= 0) return;
      yield answer;
      apartMs = (answer.TTL * 1_000) / 3;
      await pause(apartMs, signal);
    }
  }

  #ask(timeoutMs: number): Promise<LeaseKeepAliveResponse> {
    return new Promise((resolve, reject) => {
      const stream: RpcStream<LeaseKeepAliveRequest> = this.#client.open(
        Lease.methods.leaseKeepAlive,
        {
          message: (answer) => {
            clearTimeout(timer);
            resolve(answer);
            stream.cancel();
          },
          end: (error) => {
            clearTimeout(timer);
            const ended = 'the stream ended without an answer';
            reject(error ?? new RpcError(StatusCode.UNAVAILABLE, ended, true));
          },
        },
      );
      const timer = setTimeout(() => {
        stream.cancel();
        reject(new DeadlineError());
      }, timeoutMs);
      stream.send(LeaseKeepAliveRequest.create({ ID: this.#lease }));
    });
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
