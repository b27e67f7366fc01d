/** Everything that a proxy answers over gRPC, and what goes on beside the calls. */
import type { Log } from '../../log.ts';
import type { CallObserver } from '../../rpc/call-observer.ts';
import { MethodRegistry, type Gate } from '../../rpc/method.ts';
import { NOBODY as NO_CALLER } from '../../auth/caller.ts';
import { NOBODY } from './asker.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { GrpcProxyValues } from './flags.ts';
import { Forwarder } from './forwarder.ts';
import { handOn } from './handed-on.ts';
import { KvService } from './kv/kv-service.ts';
import { RangeCache } from './kv/range-cache.ts';
import { ReadOrder } from './kv/read-order.ts';
import { LeaseService } from './lease/lease-service.ts';
import { Leasing } from './leasing/leasing.ts';
import { MemberVersions } from './member-versions.ts';
import { registerMemberList } from './members/member-list.ts';
import { ProxyDirectory } from './members/proxy-directory.ts';
import { Registration } from './members/registration.ts';
import { Namespace } from './namespace.ts';
import { WatchHub } from './watch/watch-hub.ts';
import { WatchService } from './watch/watch-service.ts';

const now = (): number => performance.now();

export class ProxyServices {
  readonly registry: MethodRegistry;
  readonly cache = new RangeCache(now);
  readonly watches: WatchService;
  /** With `--experimental-leasing-prefix`. */
  readonly leasing: Leasing | undefined;
  readonly #values: GrpcProxyValues;
  readonly #cluster: Cluster;
  readonly #namespace: Namespace | undefined;
  readonly #log: Log;
  readonly #versions: MemberVersions;
  #registration: Registration | undefined;
  #directory: ProxyDirectory | undefined;

  constructor(values: GrpcProxyValues, cluster: Cluster, log: Log) {
    this.#values = values;
    this.#cluster = cluster;
    this.#log = log;
    const namespace = values.namespace === '' ? undefined : new Namespace(values.namespace);
    this.#namespace = namespace;
    this.#versions = new MemberVersions(cluster);
    const canAskProgress = (): boolean => this.#versions.tellProgress;
    this.watches = new WatchService({ cluster, namespace, canAskProgress });
    const forwarder = new Forwarder(cluster, values['max-send-bytes']);
    const observer = observerOf(values, log);
    const registry = new MethodRegistry(openGate, observer);
    this.registry = registry;
    const order = values['experimental-serializable-ordering'] ? new ReadOrder() : undefined;
    const { cache } = this;
    if (values['experimental-leasing-prefix'] !== '') this.leasing = this.#lease(forwarder);
    const { leasing } = this;
    const kvOptions = { forwarder, cache, namespace, order, leasing: leasing?.protocol };
    new KvService(kvOptions).register(registry);
    this.watches.register(registry);
    new LeaseService(forwarder, namespace, now).register(registry);
    if (values['resolver-prefix'] !== '') this.#directory = this.#follow();
    registerMemberList(registry, forwarder, values['advertise-client-url'], this.#directory);
    const forget = (): void => {
      cache.clear();
      leasing?.forget();
    };
    handOn({ registry, forwarder, forget, namespace });
  }

  /** The port is open: other proxies' clients may be told of it. */
  start(): void {
    this.leasing?.start();
    const prefix = this.#values['resolver-prefix'];
    if (prefix === '') return;
    this.#registration = new Registration({
      cluster: this.#cluster,
      namespace: this.#namespace,
      prefix,
      address: this.#values['advertise-client-url'],
      ttlSeconds: this.#values['resolver-ttl'],
      log: this.#log,
    });
  }

  async stop(): Promise<void> {
    this.#versions.close();
    this.#directory?.close();
    await Promise.all([this.leasing?.close(), this.#registration?.close()]);
  }

  #follow(): ProxyDirectory {
    const [cluster, namespace, hub] = [this.#cluster, this.#namespace, this.#ownHub()];
    const prefix = this.#values['resolver-prefix'];
    return new ProxyDirectory({ cluster, namespace, hub, prefix, log: this.#log });
  }

  #lease(forwarder: Forwarder): Leasing {
    const [cluster, namespace, hub] = [this.#cluster, this.#namespace, this.#ownHub()];
    const prefix = this.#values['experimental-leasing-prefix'];
    const ttlSeconds = this.#values['experimental-leasing-ttl'];
    const log = this.#log;
    return new Leasing({ cluster, forwarder, namespace, hub, prefix, ttlSeconds, now, log });
  }

  /** For watches of the proxy itself. */
  #ownHub(): WatchHub {
    const [cluster, namespace] = [this.#cluster, this.#namespace];
    const counts = { coalesced: 0, eventsCoalesced: 0 };
    const canAskProgress = (): boolean => this.#versions.tellProgress;
    return new WatchHub({ cluster, namespace, canAskProgress, counts, asker: NOBODY });
  }
}

/** Who may ask what is the cluster's to say. */
const openGate: Gate = {
  hasLeader: true,
  refuseUnary: () => undefined,
  refuseStream: () => undefined,
  asksForCredentials: false,
  identify: () => NO_CALLER,
  whenIdentified: (_credentials, identified) => identified(NO_CALLER),
  refuseCaller: () => undefined,
};

/** `--experimental-enable-grpc-logging`, without the content: keys and values are secrets of their owners. */
function observerOf(values: GrpcProxyValues, log: Log): CallObserver {
  const isOn = values['experimental-enable-grpc-logging'];
  return {
    slowMicroseconds: isOn ? 0 : Infinity,
    began: (_metadata, type) => isOn && type === 'stream' && log.info('a stream begins'),
    slow: (path, code, milliseconds) =>
      log.info({ path, code, milliseconds }, 'a call was answered'),
  };
}
