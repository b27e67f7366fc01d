/** All clients of a run and all who watch, working side by side until the run is over. */
import { PutRequest, fromByteString } from '@concord/protocol';
import type { Random } from '@concord/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../cluster/cluster.ts';
import type { HistoryBook } from '../history.ts';
import { OBSERVER } from '../checkers/judgement.ts';
import { hasEtcdctl } from '../../cluster/etcdctl.ts';
import { Caller } from './caller.ts';
import { methods } from './calls.ts';
import { Connections } from './connections.ts';
import { EtcdctlCaller } from './etcdctl-caller.ts';
import { Watcher } from './watcher.ts';

const WRITE_MS_MAX = 2_000;
const RETRY_MS = 100;

export class Load {
  readonly book: HistoryBook;
  readonly observer: Watcher;
  readonly #cluster: Cluster;
  readonly #connections: Connections[] = [];
  readonly #callers: readonly (Caller | EtcdctlCaller)[];
  readonly #watchers: Watcher[];
  readonly #stopCalling = new AbortController();
  readonly #stopWatching = new AbortController();
  readonly #working: Promise<void>[] = [];
  readonly #watching: Promise<void>[] = [];

  constructor(cluster: Cluster, book: HistoryBook, random: Random, clients: number) {
    this.#cluster = cluster;
    this.book = book;
    const callers = Array.from({ length: clients }, (_, i) => {
      const home = cluster.members[i % cluster.members.length]?.number ?? 1;
      const options = { name: `c${i}`, number: i, home, random: random.fork(), book };
      return new Caller({ ...options, connections: this.#connect() });
    });
    const others = hasEtcdctl() ? [new EtcdctlCaller(cluster, book, random.fork())] : [];
    this.#callers = [...callers, ...others];
    this.observer = this.#watcher(OBSERVER, undefined);
    this.#watchers = [this.observer];
    for (const { number, name } of cluster.members) {
      this.#watchers.push(this.#watcher(`watcher of ${name}`, number));
    }
  }

  start(): void {
    const { signal } = this.#stopCalling;
    this.#working.push(...this.#callers.map((caller) => caller.work(signal)));
    const watching = this.#stopWatching.signal;
    this.#watching.push(...this.#watchers.map((watcher) => watcher.work(watching)));
  }

  /** No more calls; resolves when those under way have ended. */
  async stopCalling(): Promise<void> {
    this.#stopCalling.abort();
    await Promise.all(this.#working);
  }

  /** A write that goes on until it is acknowledged; the last of a run, so that all who watch see the end. */
  async writeLast(deadlineMs: number): Promise<number> {
    const connections = this.#connect();
    for (let attempt = 1, member = 0; performance.now() < deadlineMs; attempt++) {
      member = connections.after(member);
      const value = fromByteString(`the end ${attempt}`);
      const request = PutRequest.create({ key: fromByteString('k/end'), value });
      const operation = this.book.invoke('the last writer', member, 'put', request);
      operation.outcome = await connections.to(member).call(methods.put, request, WRITE_MS_MAX);
      operation.completedAtMs = performance.now();
      if (operation.outcome.kind === 'ok') return operation.outcome.response.header?.revision ?? 0;
      await sleep(RETRY_MS);
    }
    throw new Error('no member takes a write, although every fault is over');
  }

  /** Resolves when every watcher has seen a revision. */
  async watched(revision: number): Promise<void> {
    const { members } = this.#cluster;
    const present = this.#watchers.filter(
      ({ boundTo }) => boundTo === undefined || members.some(({ number }) => number === boundTo),
    );
    await Promise.all(present.map((watcher) => watcher.reached(revision)));
  }

  async end(): Promise<void> {
    this.#stopCalling.abort();
    this.#stopWatching.abort();
    await Promise.all([...this.#working, ...this.#watching]);
    for (const connections of this.#connections) connections.close();
  }

  #connect(): Connections {
    const connections = new Connections(this.#cluster);
    this.#connections.push(connections);
    return connections;
  }

  /** Bound ones ask for previous values and for a part of the keys, to be told otherwise than the observer. */
  #watcher(name: string, boundTo: number | undefined): Watcher {
    const isBound = boundTo !== undefined;
    return new Watcher({
      name,
      key: isBound ? 'k/' : '\0',
      rangeEnd: isBound ? 'k0' : '\0',
      prevKv: isBound,
      ...(isBound && { boundTo }),
      connections: this.#connect(),
      book: this.book,
    });
  }
}
