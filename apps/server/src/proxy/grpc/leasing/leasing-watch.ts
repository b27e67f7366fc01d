/** What happens to leasing keys: one watch of all of them, for the keys of this proxy and for those that it waits for. */
import {
  Event_EventType,
  KV,
  RangeRequest,
  WatchCreateRequest,
  type Event,
  type ResponseHeader,
} from '@concord/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { ask } from '../cluster/unary.ts';
import type { Namespace } from '../namespace.ts';
import { Receiver, type ReceiverResponse, type ReceiverStream } from '../watch/receiver.ts';
import type { HubClient, WatchHub } from '../watch/watch-hub.ts';
import type { KeySpan } from './leasing-keys.ts';

export interface LeasingWatchOptions {
  readonly cluster: Cluster;
  readonly namespace: Namespace | undefined;
  readonly hub: WatchHub;
  /** Of all leasing keys, as clients name them. */
  readonly span: KeySpan;
  told(event: Event): void;
  observed(header: ResponseHeader | undefined): void;
  /** It was ended, as by a compaction or because it is not allowed any more. */
  lost(): void;
}

export class LeasingWatch implements ReceiverStream, HubClient {
  readonly isCongested = false;
  readonly #options: LeasingWatchOptions;
  #receiver: Receiver | undefined;

  constructor(options: LeasingWatchOptions) {
    this.#options = options;
  }

  /** Tells of everything from when it was called, until `close`. Rejects with `CallFailure` where that is refused. */
  async open(signal: AbortSignal): Promise<void> {
    this.close();
    const { hub, observed } = this.#options;
    const header = await this.probe(signal);
    observed(header);
    const startRevision = (header?.revision ?? 0) + 1;
    const request = WatchCreateRequest.create({ ...this.#span(), startRevision });
    this.#receiver = new Receiver(0n, request, this);
    hub.join(this);
    hub.add(this.#receiver);
  }

  /** A read of the same keys. Rejects with `CallFailure` where nobody without credentials may read them. */
  async probe(signal: AbortSignal): Promise<ResponseHeader | undefined> {
    const range = RangeRequest.create({ ...this.#span(), limit: 1, keysOnly: true });
    const { header } = await ask(this.#options.cluster, KV.methods.range, range, signal);
    return header;
  }

  close(): void {
    const { hub } = this.#options;
    if (this.#receiver !== undefined) hub.remove(this.#receiver);
    this.#receiver = undefined;
    hub.leave(this);
  }

  send({ header, events }: ReceiverResponse): void {
    this.#options.observed(header);
    for (const event of events?.events ?? []) this.#options.told(event);
  }

  forget(): void {
    this.#receiver = undefined;
    this.#options.lost();
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

  #span(): { key: Uint8Array; rangeEnd: Uint8Array } {
    const span = { ...this.#options.span };
    return this.#options.namespace?.span(span) ?? span;
  }
}

export const isDeletion = ({ type }: Event): boolean => type === Event_EventType.DELETE;
