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
    new KvService({ forwarder, cache, namespace, order }).register(registry);
    this.watches.register(registry);
    new LeaseService(forwarder, namespace, now).register(registry);
    if (values['resolver-prefix'] !== '') this.#directory = this.#follow(canAskProgress);
    registerMemberList(registry, forwarder, values['advertise-client-url'], this.#directory);
    handOn({ registry, forwarder, cache, namespace });
  }

  /** The port is open: other proxies' clients may be told of it. */
  start(): void {
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
    await this.#registration?.close();
  }

  #follow(canAskProgress: () => boolean): ProxyDirectory {
    const [cluster, namespace] = [this.#cluster, this.#namespace];
    const counts = { coalesced: 0, eventsCoalesced: 0 };
    const hub = new WatchHub({ cluster, namespace, canAskProgress, counts, asker: NOBODY });
    const prefix = this.#values['resolver-prefix'];
    return new ProxyDirectory({ cluster, namespace, hub, prefix, log: this.#log });
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
