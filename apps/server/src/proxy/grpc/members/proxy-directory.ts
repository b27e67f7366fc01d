/** The proxies of a prefix, those of other hosts included, as they come and go. */
import {
  Event_EventType,
  KV,
  prefixEnd,
  fromByteString,
  RangeRequest,
  toByteString,
  WatchCreateRequest,
  type Event,
} from '@concord/protocol';
import type { Log } from '../../../log.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ask } from '../cluster/unary.ts';
import type { Namespace } from '../namespace.ts';
import { Receiver, type ReceiverResponse, type ReceiverStream } from '../watch/receiver.ts';
import type { HubClient, WatchHub } from '../watch/watch-hub.ts';
import { parseRegistration, registrationPrefix, type RegisteredProxy } from './registration-key.ts';

export interface ProxyDirectoryOptions {
  readonly cluster: Cluster;
  readonly namespace: Namespace | undefined;
  readonly hub: WatchHub;
  readonly prefix: string;
  readonly log: Log;
}

/** etcd's: one attempt a second. */
const RETRY_MS = 1000;

export class ProxyDirectory implements ReceiverStream, HubClient {
  readonly isCongested = false;
  readonly #options: ProxyDirectoryOptions;
  readonly #stop = new AbortController();
  /** By key. */
  readonly #proxies = new Map<string, RegisteredProxy>();
  #receiver: Receiver | undefined;
  #retry: NodeJS.Timeout | undefined;

  /** Begins to look, and goes on until `close`. */
  constructor(options: ProxyDirectoryOptions) {
    this.#options = options;
    options.hub.join(this);
    void this.#look();
  }

  /** By key. */
  get proxies(): readonly RegisteredProxy[] {
    return [...this.#proxies].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, proxy]) => proxy);
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#retry);
    if (this.#receiver !== undefined) this.#options.hub.remove(this.#receiver);
    this.#options.hub.leave(this);
  }

  send({ events }: ReceiverResponse): void {
    for (const event of events?.events ?? []) this.#take(event);
  }

  /** The watch was ended, as by a compaction: what there is has to be read again. */
  forget(): void {
    this.#receiver = undefined;
    this.#lookLater();
  }

  fallenBehind(): void {
    // It never does: it is never congested.
  }

  failed(): void {
    if (this.#receiver !== undefined) this.#options.hub.remove(this.#receiver);
    this.forget();
  }

  progressed(): void {
    // It has not asked.
  }

  async #look(): Promise<void> {
    const { cluster, namespace, hub, log } = this.#options;
    try {
      const range = RangeRequest.create(this.#span());
      const response = await ask(cluster, KV.methods.range, range, this.#stop.signal);
      this.#proxies.clear();
      for (const { key, value } of response.kvs) this.#set(namespace?.bare(key) ?? key, value);
      const startRevision = (response.header?.revision ?? 0) + 1;
      const request = WatchCreateRequest.create({ ...this.#span(), startRevision });
      this.#receiver = new Receiver(0n, request, this);
      hub.add(this.#receiver);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      log.warn({ error: (error as Error).message }, 'failed to establish endpoint watch');
      this.#lookLater();
    }
  }

  #lookLater(): void {
    if (this.#stop.signal.aborted) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#look(), RETRY_MS);
  }

  #span(): { key: Uint8Array; rangeEnd: Uint8Array } {
    const { namespace, prefix } = this.#options;
    const key = Buffer.from(registrationPrefix(prefix));
    // It ends with a slash, so there is a key after all of them.
    const rangeEnd = fromByteString(prefixEnd(toByteString(key)) ?? '\0');
    const span = { key, rangeEnd };
    return namespace?.span(span) ?? span;
  }

  #take({ type, kv }: Event): void {
    if (kv === undefined) return;
    if (type === Event_EventType.DELETE) this.#proxies.delete(Buffer.from(kv.key).toString());
    else this.#set(kv.key, kv.value);
  }

  #set(key: Uint8Array, value: Uint8Array): void {
    const proxy = parseRegistration(Buffer.from(value).toString());
    if (proxy !== undefined) this.#proxies.set(Buffer.from(key).toString(), proxy);
  }
}
