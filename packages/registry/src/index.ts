/** Registration and discovery: see README.md. */
export type {
  BalanceOptions,
  BreakerOptions,
  OutlierOptions,
  Subset,
  Where,
  ZonePreference,
} from './balance/balance-options.ts';
export {
  Balancer,
  createBalancer,
  type BalancerWorld,
  type PickContext,
  type PickListener,
} from './balance/balancer.ts';
export type { InstanceExplanation, PickExplanation, PickReason } from './balance/explain.ts';
export type { Picked } from './balance/picked.ts';
export { POLICY_NAMES, type BalancePolicy, type PolicyName } from './balance/policy.ts';
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
export { assertRegisterOptions, type RegisterOptions } from './registration/register-options.ts';
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
export type { Breaker, BreakerFactory, BreakerState } from './resilience/breaker.ts';
export type { InstanceCall, ServiceCallOptions } from './resilience/call.ts';
export { failureOf, type Failure } from './resilience/failure.ts';
export type { CallOutcome } from './resilience/outcome.ts';
export { RetryBudget, type RetryBudgetOptions } from './resilience/retry-budget.ts';
