/**
 * Fills a server with a whole key space before it is measured: transactions of many puts, a few on each
 * of a few connections at a time.
 */
import { H2Client } from './h2-client.ts';
import { keyAt, valueOf } from './key-space.ts';
import type { KeySpace } from './key-space.ts';
import { message } from './protobuf.ts';

/** etcd's default of `--max-txn-ops`. */
const PUTS_PER_TRANSACTION_MAX = 128;
/** A transaction stays below the 64 KiB window that every stream starts with. */
const TRANSACTION_BYTES_MAX = 48 * 1024;
/** Bytes of tags and lengths around one put, rounded up. */
const PUT_OVERHEAD_BYTES = 24;
const CONNECTIONS = 4;
const TRANSACTIONS_PER_CONNECTION = 4;

/** Puts every key of the space once. Rejects when a transaction fails. */
export async function preload(host: string, port: number, space: KeySpace): Promise<void> {
  const putBytes = space.keyBytes + space.valueBytes + PUT_OVERHEAD_BYTES;
  const step = Math.min(PUTS_PER_TRANSACTION_MAX, Math.floor(TRANSACTION_BYTES_MAX / putBytes));
  let next = 0;
  const work = async (client: H2Client): Promise<void> => {
    while (next < space.keys) {
      const first = next;
      next += step;
      await client.request(
        '/etcdserverpb.KV/Txn',
        putAll(space, first, Math.min(next, space.keys)),
      );
    }
  };
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => H2Client.connect(host, port)),
  );
  const perConnection = Array.from({ length: TRANSACTIONS_PER_CONNECTION });
  await Promise.all(clients.flatMap((client) => perConnection.map(() => work(client))));
  for (const client of clients) client.close();
}

/** `TxnRequest` whose success branch puts the keys from `first` up to `end`. */
function putAll(space: KeySpace, first: number, end: number): Buffer {
  const value = valueOf(space);
  const puts = Array.from({ length: end - first }, (_, at) =>
    message([2, message([2, message([1, keyAt(space, first + at)], [2, value])])]),
  );
  return Buffer.concat(puts);
}
