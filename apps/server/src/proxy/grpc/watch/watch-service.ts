/** `etcdserverpb.Watch`: streams of clients, and the hubs that feed them, one for each kind of asker. */
import { Watch } from '@concord/protocol';
import type { MethodRegistry } from '../../../rpc/method.ts';
import { askerOf, type Asker } from '../asker.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Namespace } from '../namespace.ts';
import { ClientWatchStream } from './client-watch-stream.ts';
import { WatchHub, type WatchCounts } from './watch-hub.ts';

export interface WatchServiceOptions {
  readonly cluster: Cluster;
  readonly namespace: Namespace | undefined;
  /** Whether the members can be asked for progress, and tell the truth. */
  canAskProgress(): boolean;
}

export class WatchService {
  readonly counts: WatchCounts = { coalesced: 0, eventsCoalesced: 0 };
  readonly #options: WatchServiceOptions;
  /** By asker; each is there as long as it has streams. */
  readonly #hubs = new Map<string, WatchHub>();

  constructor(options: WatchServiceOptions) {
    this.#options = options;
  }

  register(registry: MethodRegistry): void {
    registry.stream(Watch, Watch.methods.watch, (stream, { metadata }) => {
      const asker = askerOf(metadata);
      const hub = this.#hubOf(asker);
      return new ClientWatchStream(stream, hub, this.#options.namespace, () => {
        if (hub.isUnused && this.#hubs.get(asker.key) === hub) this.#hubs.delete(asker.key);
      });
    });
  }

  #hubOf(asker: Asker): WatchHub {
    const known = this.#hubs.get(asker.key);
    if (known !== undefined) return known;
    const hub = new WatchHub({ ...this.#options, asker, counts: this.counts });
    this.#hubs.set(asker.key, hub);
    return hub;
  }
}
