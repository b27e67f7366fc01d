/** A client that is not ours from end to end: etcdctl, with etcd's own Go client and its retries, a process a call. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteRangeRequest,
  DeleteRangeResponse,
  KeyValue,
  PutRequest,
  PutResponse,
  RangeRequest,
  RangeResponse,
  ResponseHeader,
  fromByteString,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { Cluster } from '../../cluster/cluster.ts';
import { complaintOf, etcdctl } from '../../cluster/etcdctl.ts';
import type { HistoryBook, Operation } from '../history.ts';
import { KEYS } from './requests.ts';

/** A process takes more of the machine than a call of any other client. */
const PAUSE_MS = { min: 200, max: 600 } as const;
const NAME = 'etcdctl';

interface Printed {
  readonly header: { readonly revision?: number; readonly raft_term?: number };
  readonly kvs?: readonly PrintedKey[];
  readonly count?: number;
  readonly deleted?: number;
}

interface PrintedKey {
  readonly key: string;
  readonly value?: string;
  readonly create_revision: number;
  readonly mod_revision: number;
  readonly version: number;
}

export class EtcdctlCaller {
  readonly #cluster: Cluster;
  readonly #book: HistoryBook;
  readonly #random: Random;
  #values = 0;

  constructor(cluster: Cluster, book: HistoryBook, random: Random) {
    this.#cluster = cluster;
    this.#book = book;
    this.#random = random;
  }

  async work(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#step();
      await sleep(this.#random.integer(PAUSE_MS.min, PAUSE_MS.max));
    }
  }

  #step(): Promise<void> {
    const [name, choice] = [this.#random.pick(KEYS), this.#random.next()];
    const key = fromByteString(name);
    if (choice < 0.5) {
      const text = `${NAME}/${++this.#values}`;
      const request = PutRequest.create({ key, value: fromByteString(text) });
      const operation = this.#book.invoke(NAME, 0, 'put', request);
      return this.#run(operation, ['put', name, text], ({ header }) =>
        PutResponse.create({ header: headerOf(header) }),
      );
    }
    if (choice < 0.9) {
      const operation = this.#book.invoke(NAME, 0, 'range', RangeRequest.create({ key }));
      return this.#run(operation, ['get', name], ({ header, kvs = [], count = 0 }) =>
        RangeResponse.create({ header: headerOf(header), kvs: kvs.map(keyValueOf), count }),
      );
    }
    const operation = this.#book.invoke(
      NAME,
      0,
      'delete-range',
      DeleteRangeRequest.create({ key }),
    );
    return this.#run(operation, ['del', name], ({ header, deleted = 0 }) =>
      DeleteRangeResponse.create({ header: headerOf(header), deleted }),
    );
  }

  async #run<Kind extends 'put' | 'range' | 'delete-range'>(
    operation: Operation<Kind>,
    parameters: readonly string[],
    read: (printed: Printed) => Extract<Operation<Kind>['outcome'], { kind: 'ok' }>['response'],
  ): Promise<void> {
    const result = await etcdctl(this.#cluster.endpoints, ...parameters, '-w', 'json');
    operation.completedAtMs = performance.now();
    operation.outcome =
      result.status === 0
        ? { kind: 'ok', response: read(JSON.parse(result.stdout) as Printed) }
        : { kind: 'unknown', message: complaintOf(result) };
  }
}

/** Whose answer it was says nothing here, and its id is no number of JavaScript's. */
const headerOf = ({ revision = 0, raft_term: raftTerm = 0 }: Printed['header']): ResponseHeader =>
  ResponseHeader.create({ revision, raftTerm, memberId: 1n });

const bytesOf = (base64 = ''): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

function keyValueOf(printed: PrintedKey): KeyValue {
  const { create_revision: createRevision, mod_revision: modRevision, version } = printed;
  const [key, value] = [bytesOf(printed.key), bytesOf(printed.value)];
  return KeyValue.create({ key, value, createRevision, modRevision, version });
}
