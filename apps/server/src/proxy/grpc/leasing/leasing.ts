/** `--experimental-leasing-prefix`: what the proxy answers of keys that it owns, and how it comes to own them. */
import type { Log } from '../../../log.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Forwarder } from '../forwarder.ts';
import type { Namespace } from '../namespace.ts';
import type { WatchHub } from '../watch/watch-hub.ts';
import { ClusterKv } from './cluster-kv.ts';
import { LeasingKeys } from './leasing-keys.ts';
import { LeasingProtocol } from './leasing-protocol.ts';
import { LeasingSession } from './leasing-session.ts';
import { LeasingWatch } from './leasing-watch.ts';

export interface LeasingOptions {
  readonly cluster: Cluster;
  readonly forwarder: Forwarder;
  readonly namespace: Namespace | undefined;
  /** For the proxy's own watch. */
  readonly hub: WatchHub;
  readonly prefix: string;
  readonly ttlSeconds: number;
  /** Monotonic milliseconds. */
  now(): number;
  readonly log: Log;
}

export class Leasing {
  readonly protocol: LeasingProtocol;
  readonly #session: LeasingSession;

  constructor(options: LeasingOptions) {
    const { cluster, forwarder, namespace, hub, prefix, ttlSeconds, now, log } = options;
    const keys = new LeasingKeys(prefix);
    const kv = new ClusterKv(forwarder, namespace);
    const protocol = new LeasingProtocol({ kv, keys, now });
    const { ownership } = protocol;
    this.protocol = protocol;
    const watch = new LeasingWatch({
      ...{ cluster, namespace, hub },
      span: keys.spanOf(keys.area),
      told: (event) => protocol.told(event),
      observed: (header) => ownership.observe(header),
      lost: () => this.#session.restart(),
    });
    this.#session = new LeasingSession({
      ...{ cluster, ownership, watch, ttlSeconds, now, log },
      watching: (isWatching) => protocol.watching(isWatching),
      ended: () => protocol.ended(),
    });
  }

  start(): void {
    this.#session.start();
  }

  /** Who may read what has changed: nothing that is known counts any more. */
  forget(): void {
    this.protocol.ended();
    this.#session.restart();
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
