/** Who leads, again and again: the first of a queue, and every value that it has. */
import type { KeyValue, ResponseHeader } from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { endOfPrefix } from '../kv/key-selection.ts';
import type { Queue } from '../session/queue.ts';
import { WatchStream } from '../watch/watch-stream.ts';

export interface Leader {
  readonly header: ResponseHeader | undefined;
  readonly pair: KeyValue;
}

const DELETE = 1;

/** Ends when `signal` aborts, or a watch is cancelled. */
export async function* leaders(
  client: EtcdClient,
  queue: Queue,
  signal: AbortSignal,
): AsyncIterableIterator<Leader> {
  while (!signal.aborted) {
    const leader = await next(client, queue, signal);
    if (leader === undefined) return;
    yield leader;
    for await (const change of changesOf(client, leader.pair.key, leader, signal)) {
      if (change.pair === undefined) break;
      yield { header: change.header, pair: change.pair };
    }
  }
}

/** The first of the queue, or who enters it first. */
async function next(
  client: EtcdClient,
  queue: Queue,
  signal: AbortSignal,
): Promise<Leader | undefined> {
  const { header, kvs } = await queue.first();
  const [pair] = kvs;
  if (pair !== undefined) return { header, pair };
  const from = { header };
  for await (const change of changesOf(client, queue.prefix, from, signal, true)) {
    if (change.pair !== undefined) return { header: change.header, pair: change.pair };
  }
  return undefined;
}

interface KeyChange {
  readonly header: ResponseHeader | undefined;
  /** None after a deletion. */
  readonly pair: KeyValue | undefined;
}

async function* changesOf(
  client: EtcdClient,
  key: Uint8Array,
  { header }: { readonly header: ResponseHeader | undefined },
  signal: AbortSignal,
  isPrefix = false,
): AsyncIterableIterator<KeyChange> {
  const stream = new WatchStream(client);
  const onAbort = (): void => stream.close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const changes = stream.watch({
      key,
      rangeEnd: isPrefix ? endOfPrefix(key) : new Uint8Array(),
      startRevision: (header?.revision ?? 0) + 1,
      prevKv: false,
      progressNotify: false,
    });
    if (signal.aborted) return;
    for await (const answer of changes) {
      for (const { type, kv } of answer.events) {
        const at = { ...(answer.header ?? EMPTY), revision: kv?.modRevision ?? 0 };
        yield { header: at, pair: type === DELETE ? undefined : kv };
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stream.close();
  }
}

const EMPTY: ResponseHeader = { clusterId: 0n, memberId: 0n, revision: 0, raftTerm: 0 };
