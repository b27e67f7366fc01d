/** NestJS modules and decorators over the SDK: see README.md. */
export {
  ConcordModule,
  type ConcordModuleAsyncOptions,
  type ConcordModuleOptions,
} from './concord-module.ts';
export {
  ConcordClientsModule,
  grpcUrl,
  type DiscoveredClientOptions,
  type DiscoveredGrpcClientOptions,
  type DiscoveredTcpClientOptions,
} from './clients.ts';
export { DiscoveredTcpClient } from './discovered-tcp-client.ts';
export { ConcordHealthIndicator, type ConcordHealthResult } from './health-indicator.ts';
export { LeaderElections } from './leader-elections.ts';
export { LeaderOnly } from './leader-only.ts';
export { OnConfig } from './config-listeners.ts';
export { OwnRegistration, type OwnRegistrationOptions } from './own-registration.ts';
export {
  CONCORD,
  configToken,
  InjectConcord,
  InjectConfig,
  InjectService,
  serviceToken,
} from './tokens.ts';
export { WithLock } from './with-lock.ts';
