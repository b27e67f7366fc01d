/**
 * A queue of keys under a prefix, in the order in which they were made: whoever is first holds the lock, or leads. Keys are
 * named as etcd's clients name them, so that holders of all of them meet.
 */
import { Buffer } from 'node:buffer';
import {
  Compare,
  Compare_CompareResult,
  Compare_CompareTarget,
  DeleteRangeRequest,
  KV,
  PutRequest,
  RangeRequest,
  RangeRequest_SortOrder,
  RangeRequest_SortTarget,
  RequestOp,
  TxnRequest,
  type KeyValue,
  type RangeResponse,
  type ResponseHeader,
  type TxnResponse,
} from '@concord/protocol';
import { CommandError } from '../../command-error.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { endOfPrefix } from '../kv/key-selection.ts';
import { WatchStream } from '../watch/watch-stream.ts';
import type { Session } from './session.ts';

export interface Place {
  readonly key: string;
  /** The revision at which the key was made: the place in the queue. */
  readonly revision: number;
  /** The value that the key has, if it was there already. */
  readonly former: KeyValue | undefined;
  readonly header: ResponseHeader | undefined;
}

const NO_LIMIT = { timeoutMs: Infinity } as const;

export class Queue {
  readonly #client: EtcdClient;
  readonly #prefix: string;

  /** @param name - of the lock or the election */
  constructor(client: EtcdClient, name: string) {
    this.#client = client;
    this.#prefix = `${name}/`;
  }

  get prefix(): Uint8Array {
    return Buffer.from(this.#prefix);
  }

  /** Gets in the queue with the session's lease. */
  async enter({ lease }: Session, value: string): Promise<Place> {
    const key = `${this.#prefix}${lease.toString(16)}`;
    const bytes = Buffer.from(key);
    const put = PutRequest.create({ key: bytes, value: Buffer.from(value), lease });
    const answer = await this.#txn(
      isCreatedAt(bytes, 0),
      { case: 'requestPut', value: put },
      { case: 'requestRange', value: RangeRequest.create({ key: bytes }) },
    );
    const former = formerOf(answer);
    const revision = former?.createRevision ?? answer.header?.revision ?? 0;
    return { key, revision, former, header: answer.header };
  }

  /** Waits until nobody is before `revision`. Throws `CommandError` when `signal` aborts. */
  async waitForTurn(revision: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { kvs, header } = await this.#range({
        key: this.prefix,
        rangeEnd: endOfPrefix(this.prefix),
        maxCreateRevision: revision - 1,
        sortOrder: RangeRequest_SortOrder.DESCEND,
        sortTarget: RangeRequest_SortTarget.CREATE,
        limit: 1,
      });
      const [before] = kvs;
      if (before === undefined) return;
      await this.#deleted(before.key, header?.revision ?? 0, signal);
    }
  }

  get({ key }: Pick<Place, 'key'>): Promise<RangeResponse> {
    return this.#range({ key: Buffer.from(key) });
  }

  /** The first of the queue. */
  first(): Promise<RangeResponse> {
    return this.#range({
      key: this.prefix,
      rangeEnd: endOfPrefix(this.prefix),
      sortOrder: RangeRequest_SortOrder.ASCEND,
      sortTarget: RangeRequest_SortTarget.CREATE,
      limit: 1,
    });
  }

  async leave({ key, revision }: Place): Promise<void> {
    const bytes = Buffer.from(key);
    const remove = DeleteRangeRequest.create({ key: bytes });
    await this.#txn(isCreatedAt(bytes, revision), { case: 'requestDeleteRange', value: remove });
  }

  async #deleted(key: Uint8Array, revision: number, signal: AbortSignal): Promise<void> {
    const stream = new WatchStream(this.#client);
    const onAbort = (): void => stream.close();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (signal.aborted) stream.close();
      const selection = { key, rangeEnd: new Uint8Array(), startRevision: revision };
      const changes = stream.watch({ ...selection, prevKv: false, progressNotify: false });
      if (!signal.aborted) {
        for await (const { events, canceled } of changes) {
          if (canceled || events.some(({ type }) => type === 1)) return;
        }
      }
      throw new CommandError(changes.error?.message ?? 'context canceled');
    } finally {
      signal.removeEventListener('abort', onAbort);
      stream.close();
    }
  }

  #range(fields: Partial<RangeRequest>): Promise<RangeResponse> {
    const options = { ...NO_LIMIT, isRepeatable: true };
    return this.#client.call(KV.methods.range, RangeRequest.create(fields), options);
  }

  #txn(
    condition: Compare,
    success: RequestOp['request'],
    failure?: RequestOp['request'],
  ): Promise<TxnResponse> {
    const request = TxnRequest.create({
      compare: [condition],
      success: [RequestOp.create({ request: success })],
      failure: failure === undefined ? [] : [RequestOp.create({ request: failure })],
    });
    return this.#client.call(KV.methods.txn, request, NO_LIMIT);
  }
}

const isCreatedAt = (key: Uint8Array, revision: number): Compare =>
  Compare.create({
    key,
    target: Compare_CompareTarget.CREATE,
    result: Compare_CompareResult.EQUAL,
    targetUnion: { case: 'createRevision', value: revision },
  });

function formerOf({ succeeded, responses }: TxnResponse): KeyValue | undefined {
  const response = responses[0]?.response;
  return succeeded || response?.case !== 'responseRange' ? undefined : response.value.kvs[0];
}
