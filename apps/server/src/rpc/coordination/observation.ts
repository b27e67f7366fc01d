/**
 * Who leads an election, told in order: the leader of now, each value that it proclaims, and when its key is gone the
 * next. The next is read at the very revision of the deletion, so that none is left out however short its time was,
 * unless that history is compacted already. etcd reads the present there, and may miss some.
 */
import {
  Event_EventType as EventType,
  etcdErrors,
  type Event,
  type KeyValue,
  type LeaderResponse,
  type ResponseHeader,
  type WatchCreateRequest,
} from '@concord/protocol';
import { oldestOf } from './line.ts';
import { CallFailure, type OwnClient } from './own-client.ts';
import type { OwnWatch } from './own-watch.ts';

export interface Observer {
  /** False when it had better wait for `drained`. */
  leads(response: LeaderResponse): boolean;
  failed(message: string): void;
}

/** Who leads at one revision. */
interface Sight {
  readonly leader: KeyValue | undefined;
  readonly revision: number;
}

/** What a range request takes for the present. */
const NOW = 0;

export class Observation {
  readonly #client: OwnClient;
  readonly #prefix: Uint8Array;
  readonly #observer: Observer;
  /** The newest that came: who answers, and in which term. */
  #header: ResponseHeader | undefined;
  #watch: OwnWatch | undefined;
  #isStopped = false;
  #isFull = false;
  #roomMade: (() => void) | undefined;

  constructor(client: OwnClient, prefix: Uint8Array, observer: Observer) {
    this.#client = client;
    this.#prefix = prefix;
    this.#observer = observer;
  }

  start(): void {
    void this.#run().catch((error: unknown) => {
      if (!(error instanceof CallFailure)) throw error;
      if (!this.#isStopped) this.#observer.failed(error.message);
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#watch?.close();
    this.#roomMade?.();
  }

  drained(): void {
    this.#isFull = false;
    this.#roomMade?.();
  }

  async #run(): Promise<void> {
    let sight = await this.#look(NOW);
    while (!this.#isStopped) {
      const { leader, revision } = sight;
      if (leader !== undefined) await this.#tell(leader, revision);
      sight =
        leader === undefined
          ? await this.#untilLed(revision)
          : await this.#untilDeposed(leader.key, revision);
    }
  }

  /** Who leads at a revision, or now if that cannot be seen any more. */
  async #look(revision: number): Promise<Sight> {
    try {
      const { header, kvs } = await this.#client.range({ ...oldestOf(this.#prefix), revision });
      this.#header = header;
      return { leader: kvs[0], revision: revision === NOW ? (header?.revision ?? NOW) : revision };
    } catch (error) {
      const isCompacted =
        error instanceof CallFailure && error.message === etcdErrors.ErrCompacted.message;
      if (!isCompacted) throw error;
      return this.#look(NOW);
    }
  }

  async #untilLed(since: number): Promise<Sight> {
    const { key = this.#prefix, rangeEnd } = oldestOf(this.#prefix);
    const watch = { key, startRevision: since + 1, ...(rangeEnd !== undefined && { rangeEnd }) };
    const led = await this.#follow(watch, ({ type, kv }) =>
      Promise.resolve(
        type === EventType.PUT && kv !== undefined
          ? { leader: kv, revision: kv.modRevision }
          : undefined,
      ),
    );
    return led ?? this.#look(NOW);
  }

  /** Tells what the leader puts, until its key is deleted; then who leads next. */
  async #untilDeposed(key: Uint8Array, since: number): Promise<Sight> {
    const deposed = await this.#follow({ key, startRevision: since + 1 }, async ({ type, kv }) => {
      const revision = kv?.modRevision ?? NOW;
      if (type === EventType.DELETE) return { leader: undefined, revision };
      if (kv !== undefined) await this.#tell(kv, revision);
      return undefined;
    });
    return this.#look(deposed?.revision ?? NOW);
  }

  /** Visits what happens until a visit finds what it looks for; undefined if the history is gone. */
  async #follow(
    request: Partial<WatchCreateRequest>,
    visit: (event: Event) => Promise<Sight | undefined>,
  ): Promise<Sight | undefined> {
    const watch = this.#client.watch([request]);
    this.#watch = watch;
    try {
      for (;;) {
        const news = await watch.next();
        if (news.kind === 'ended') throw new CallFailure(news.message);
        if (news.kind !== 'events') return undefined;
        this.#header = news.response.header ?? this.#header;
        for (const event of news.response.events) {
          const found = await visit(event);
          if (found !== undefined || this.#isStopped) return found;
        }
      }
    } finally {
      watch.close();
    }
  }

  async #tell(kv: KeyValue, revision: number): Promise<void> {
    while (this.#isFull && !this.#isStopped) {
      await new Promise<void>((resolve) => (this.#roomMade = resolve));
    }
    if (this.#isStopped) return;
    const header = this.#header === undefined ? undefined : { ...this.#header, revision };
    this.#isFull = !this.#observer.leads({ header, kv });
  }
}
