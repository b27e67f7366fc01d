/** The production services of a member, as its gRPC server would call them. */
import type { Method } from '@concord/grpc-server';
import type { Replica } from '@concord/kv';
import { Admission } from '../../apps/server/src/rpc/admission.ts';
import { ClusterService } from '../../apps/server/src/rpc/cluster.ts';
import { KvService } from '../../apps/server/src/rpc/kv.ts';
import { LeaseService } from '../../apps/server/src/rpc/lease.ts';
import { Limits } from '../../apps/server/src/rpc/limits.ts';
import { MaintenanceService, type StoreSize } from '../../apps/server/src/rpc/maintenance.ts';
import { MethodRegistry } from '../../apps/server/src/rpc/method.ts';
import { WatchService } from '../../apps/server/src/rpc/watch.ts';

const TXN_OPS_MAX = 128;
const REQUEST_BYTES_MAX = 1_572_864;

export interface ServiceWorld {
  readonly electionTimeoutMs: number;
  unixSeconds(): number;
  storeSize(): StoreSize;
}

export function servicesOf(replica: Replica, world: ServiceWorld): ReadonlyMap<string, Method> {
  const { electionTimeoutMs, unixSeconds, storeSize: size } = world;
  const limits = new Limits({
    requestBytesMax: REQUEST_BYTES_MAX,
    txnOpsMax: TXN_OPS_MAX,
    quotaBytes: Infinity,
    usedBytes: () => 0,
    isOutOfSpace: () => false,
    raiseNoSpace: () => undefined,
  });
  const registry = new MethodRegistry(new Admission(replica));
  new KvService(replica, limits).register(registry);
  new WatchService(replica).register(registry);
  new LeaseService(replica, limits, { electionTimeoutMs }).register(registry);
  new MaintenanceService(replica, { quotaBytes: 0, size, defragmented: () => undefined }).register(
    registry,
  );
  new ClusterService(replica, unixSeconds).register(registry);
  return registry.methods;
}
