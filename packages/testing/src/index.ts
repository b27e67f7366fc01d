/** A member for tests, and the simulated world: see README.md. */
export { startCluster, type ClusterOptions, type TestCluster } from './server/start-cluster.ts';
export type { Duration } from './server/duration.ts';
export type { LeaseId } from './server/lease-id.ts';
export { startServer, type ServerOptions, type TestServer } from './server/start-server.ts';
export { FaultProxy, type FaultProxyEvent, type FaultProxyOptions } from './proxy/fault-proxy.ts';
export {
  FaultProxies,
  type CarryOutOptions,
  type FaultProxiesOptions,
} from './proxy/fault-proxies.ts';
export {
  planFaults,
  type Fault,
  type FaultKind,
  type FaultPlanOptions,
  type PlannedFault,
} from './proxy/fault-plan.ts';
export {
  randomCrash,
  SimulatedDisk,
  uniformCrash,
  type CrashChoices,
  type DiskOperation,
  type Interfere,
  type SimulatedDiskOptions,
} from './disk/simulated-disk.ts';
export type { SectorFate } from './disk/sectors.ts';
export { SimulatedClock, type SimulatedClockOptions } from './clock.ts';
export {
  EventQueue,
  type CancelEvent,
  type EventQueueOptions,
  type ScheduledEvent,
} from './event-queue.ts';
export {
  checkLinearizable,
  checkPartitions,
  type HistoryOperation,
  type SearchOptions,
  type SequentialModel,
  type Verdict,
} from './linearizability.ts';
export { SimulatedNetwork, type Address, type NetworkOptions, type Receive } from './network.ts';
export { Random } from './random.ts';
