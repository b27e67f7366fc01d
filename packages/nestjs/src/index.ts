/** NestJS modules and decorators over the SDK: see README.md. */
export { ConcordModule } from './concord-module.ts';
export type {
  ConcordModuleAsyncOptions,
  ConcordModuleOptions,
  ConcordOptionsFactory,
} from './root-options.ts';
export {
  ConcordClientsModule,
  grpcUrl,
  type DiscoveredClientOptions,
  type DiscoveredGrpcClientOptions,
  type DiscoveredTcpClientOptions,
} from './clients.ts';
export { DiscoveredTcpClient } from './discovered-tcp-client.ts';
export {
  ConcordHealthIndicator,
  type ConcordHealthResult,
  type HealthOptions,
} from './health-indicator.ts';
export { LeaderElections } from './leader-elections.ts';
export { LeaderOnly } from './leader-only.ts';
export { OnConfig } from './config-listeners.ts';
export { OwnRegistration } from './own-registration.ts';
export type { OwnPort, OwnRegistrationOptions } from './own-registration-options.ts';
export {
  CONCORD,
  configToken,
  ELECTIONS,
  InjectConcord,
  InjectConfig,
  InjectElections,
  InjectLocks,
  InjectService,
  LOCKS,
  serviceToken,
} from './tokens.ts';
export { WithLock } from './with-lock.ts';
