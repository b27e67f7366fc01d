/** Registration and discovery: see README.md. */
export {
  INSTANCE_STATES,
  WEIGHT_DEFAULT,
  WEIGHT_MAX,
  endpointOf,
  type Instance,
  type InstanceState,
  type Override,
} from './instance.ts';
export type { InstanceRecord } from './instance-record.ts';
export type { Labels } from './labels.ts';
export type { DrainOptions, DrainReport } from './registration/drain.ts';
export type { Renewal, RenewalCause } from './registration/keeper.ts';
export type { Readiness, ReadinessOptions } from './registration/readiness.ts';
export type { RegisterOptions } from './registration/register-options.ts';
export {
  Registration,
  type RegistrationEvents,
  type RegistrationState,
  type RegistrationUpdate,
} from './registration/registration.ts';
export {
  Registry,
  type DiscoverOptions,
  type RegistryOptions,
  type ServiceSummary,
} from './registry.ts';
export {
  defineService,
  type ServiceDefinition,
  type ServiceDefinitionOptions,
} from './service-definition.ts';
export type { CacheOptions, ProtectionOptions, ViewOptions } from './view/discover-options.ts';
export type { HoldCause } from './view/expiry-guard.ts';
export {
  ServiceView,
  type ViewEvents,
  type ViewSnapshot,
  type ViewUpdate,
} from './view/service-view.ts';
export type { ViewSource } from './view/view-core.ts';
export type {
  ChangedInstance,
  RemovalReason,
  RemovedInstance,
  ViewDifference,
} from './view/view-state.ts';
