/**
 * The crash test's client: grpc-js, so that the load and the verdict come through an implementation of
 * gRPC that is not ours, reduced to the calls that the test makes.
 */
import { Client, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { MethodDefinition, ServiceDefinition } from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';

const definitions = loadSync('etcd/rpc.proto', {
  includeDirs: [fileURLToPath(new URL('../../proto', import.meta.url))],
  keepCase: true,
  longs: Number,
  defaults: true,
});

/** A key as the store holds it. */
export interface StoredKey {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly create_revision: number;
  readonly mod_revision: number;
  readonly version: number;
  readonly lease: number;
}

/** A change as a watcher sees it; `type` is `PUT` (0) or `DELETE` (1). */
export interface WatchEvent {
  readonly type: number;
  readonly kv: StoredKey;
}

interface Header {
  readonly header: { readonly revision: number };
}

interface WatchAnswer extends Header {
  readonly canceled: boolean;
  readonly cancel_reason: string;
  readonly compact_revision: number;
  readonly events: readonly WatchEvent[];
}

/** One branch of a transaction, as `RequestOp`. */
export type RequestOp =
  | { readonly request_put: { readonly key: string; readonly value: string } }
  | { readonly request_delete_range: { readonly key: string } };

/** The key just after every key that starts with this prefix; the prefix ends in no 0xff byte. */
export function prefixEnd(prefix: string): string {
  const last = prefix.length - 1;
  return prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
}

/** One connection. */
export class EtcdClient {
  readonly #client: Client;

  constructor(endpoint: string) {
    // A pool of its own: two clients in one process would else share one connection.
    const options = { 'grpc.use_local_subchannel_pool': 1, 'grpc.max_receive_message_length': -1 };
    this.#client = new Client(endpoint, credentials.createInsecure(), options);
  }

  /** Ends the connection; calls under way fail. */
  close(): void {
    this.#client.close();
  }

  /** Writes a key; the revision of the write. */
  async put(key: string, value: string, lease: number): Promise<number> {
    return revisionOf(await this.#call('KV', 'Put', text({ key, value }, { lease })));
  }

  /** Deletes `key`, or the keys from it up to `rangeEnd`; the revision after. */
  async delete(key: string, rangeEnd = ''): Promise<number> {
    return revisionOf(
      await this.#call('KV', 'DeleteRange', text({ key, range_end: rangeEnd }, {})),
    );
  }

  /** Carries all of them out as one transaction; its revision. */
  async transact(operations: readonly RequestOp[]): Promise<number> {
    const success = operations.map((operation) =>
      'request_put' in operation
        ? { request_put: text(operation.request_put, {}) }
        : { request_delete_range: text(operation.request_delete_range, {}) },
    );
    return revisionOf(await this.#call('KV', 'Txn', { success }));
  }

  /** A linearizable read of every key with this prefix, and the store's revision. */
  async readPrefix(prefix: string): Promise<{ revision: number; keys: readonly StoredKey[] }> {
    const request = text({ key: prefix, range_end: prefixEnd(prefix) }, {});
    const answer = await this.#call<Header & { kvs: readonly StoredKey[] }>('KV', 'Range', request);
    return { revision: revisionOf(answer), keys: answer.kvs };
  }

  /** Makes a lease with this id. */
  async grantLease(id: number, ttlSeconds: number): Promise<void> {
    await this.#call('Lease', 'LeaseGrant', { ID: id, TTL: ttlSeconds });
  }

  /** Ends a lease; the revision after its keys are deleted. */
  async revokeLease(id: number): Promise<number> {
    return revisionOf(await this.#call('Lease', 'LeaseRevoke', { ID: id }));
  }

  /** The ids of all leases. */
  async listLeases(): Promise<readonly number[]> {
    const answer = await this.#call<{ leases: readonly { ID: number }[] }>(
      'Lease',
      'LeaseLeases',
      {},
    );
    return answer.leases.map((lease) => lease.ID);
  }

  /** The keys attached to a lease, in order. */
  async leaseKeys(id: number): Promise<readonly string[]> {
    const request = { ID: id, keys: true };
    const answer = await this.#call<{ keys: readonly Buffer[] }>(
      'Lease',
      'LeaseTimeToLive',
      request,
    );
    return answer.keys.map(String).sort();
  }

  /** The events on a prefix from one revision up to another (both included), as a watcher gets them. */
  watchHistory(prefix: string, from: number, to: number): Promise<readonly WatchEvent[]> {
    const { path, requestSerialize, responseDeserialize } = method('Watch', 'Watch');
    const stream = this.#client.makeBidiStreamRequest(
      path,
      requestSerialize,
      (bytes) => responseDeserialize(bytes) as unknown as WatchAnswer,
    );
    return new Promise((resolve, reject) => {
      const events: WatchEvent[] = [];
      const settle = (end: () => void): void => {
        stream.removeAllListeners('data');
        stream.cancel();
        end();
      };
      stream.on('error', reject);
      stream.on('data', (answer: WatchAnswer) => {
        events.push(...answer.events);
        const last = answer.events.at(-1)?.kv.mod_revision ?? 0;
        if (answer.canceled)
          settle(() => reject(new Error(`watch cancelled: ${answer.cancel_reason}`)));
        else if (last >= to) settle(() => resolve(events));
      });
      const request = text({ key: prefix, range_end: prefixEnd(prefix) }, { start_revision: from });
      stream.write({ create_request: request });
    });
  }

  #call<Answer = Header>(service: string, name: string, request: object): Promise<Answer> {
    const { path, requestSerialize, responseDeserialize } = method(service, name);
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        (bytes) => responseDeserialize(bytes) as unknown as Answer,
        request,
        (error: ServiceError | null, answer?: Answer) => {
          if (error !== null) reject(error);
          else resolve(answer!);
        },
      );
    });
  }
}

function method(service: string, name: string): MethodDefinition<object, object> {
  const definition = definitions[`etcdserverpb.${service}`] as ServiceDefinition;
  return definition[name]!;
}

function revisionOf(answer: Header): number {
  return answer.header.revision;
}

/** Bytes fields from texts, beside numbers. */
function text(texts: Record<string, string>, numbers: Record<string, number>): object {
  const bytes = Object.entries(texts).map(([name, value]) => [name, Buffer.from(value)] as const);
  return { ...Object.fromEntries(bytes), ...numbers };
}
