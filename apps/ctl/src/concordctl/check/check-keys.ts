/** The keys of a check: none may be there before, and none is left behind. */
import {
  CompactionRequest,
  DefragmentRequest,
  DeleteRangeRequest,
  KV,
  Maintenance,
  PutRequest,
  RangeRequest,
} from '@concord/protocol';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { rangeOf } from '../replication/key-map.ts';

/** As long as etcdctl waits for what comes after a check. */
const AFTERWARDS_MS = 30_000;

export class CheckKeys {
  readonly #prefix: Buffer;
  readonly #range: { readonly key: Uint8Array; readonly rangeEnd: Uint8Array };

  constructor(prefix: string) {
    this.#prefix = Buffer.from(prefix);
    const { from, to } = rangeOf(this.#prefix);
    this.#range = { key: from, rangeEnd: to ?? Uint8Array.of(0) };
  }

  /** Throws `CommandError` where somebody's keys are. */
  async assertNone(client: EtcdClient, quote: string): Promise<void> {
    const request = RangeRequest.create({ ...this.#range, limit: 1 });
    const { kvs } = await client.call(KV.methods.range, request);
    if (kvs.length === 0) return;
    const prefix = this.#prefix.toString();
    throw new CommandError(
      `prefix ${JSON.stringify(prefix)} has keys. Delete with ${quote}etcdctl del --prefix ${prefix}${quote} first`,
      exitCodes.badInput,
    );
  }

  /** A put of a key like no other. */
  put(keyBytes: number, value: Uint8Array): PutRequest {
    const key = Buffer.alloc(this.#prefix.length + keyBytes);
    this.#prefix.copy(key);
    for (let at = 0; at < RANDOM_BYTES; at += 4) {
      key.writeUInt32LE(Math.floor(Math.random() * 2 ** 32), this.#prefix.length + at);
    }
    return PutRequest.create({ key, value });
  }

  /** Answers the revision of the deletion. */
  async remove(client: EtcdClient): Promise<number> {
    const request = DeleteRangeRequest.create(this.#range);
    const options = { timeoutMs: AFTERWARDS_MS };
    const { header } = await client.call(KV.methods.deleteRange, request, options);
    return header?.revision ?? 0;
  }
}

const RANDOM_BYTES = 8;

export async function compact(
  client: EtcdClient,
  revision: number,
  print: (text: string) => void,
): Promise<void> {
  print(`Compacting with revision ${revision}\n`);
  const request = CompactionRequest.create({ revision, physical: true });
  await client.call(KV.methods.compact, request, { timeoutMs: AFTERWARDS_MS });
  print(`Compacted with revision ${revision}\n`);
}

export async function defragmentAll(
  connect: (options: { endpoints: readonly string[] }) => Promise<EtcdClient>,
  endpoints: readonly string[],
  print: (text: string) => void,
): Promise<void> {
  for (const endpoint of endpoints) {
    print(`Defragmenting ${JSON.stringify(endpoint)}\n`);
    const client = await connect({ endpoints: [endpoint] });
    const { defragment } = Maintenance.methods;
    await client.call(defragment, DefragmentRequest.create(), { timeoutMs: AFTERWARDS_MS });
    print(`Defragmented ${JSON.stringify(endpoint)}\n`);
  }
}
