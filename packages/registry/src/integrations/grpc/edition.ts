/**
 * What differs between editions of grpc-js. Its resolvers and load balancers are `experimental`, and have changed
 * shape: 1.12 hands credentials about, until 1.13 listeners are objects, from 1.14 on results are values or errors.
 * All of that is here, so that the resolver and the policy know one shape only.
 */
import type * as grpcJs from '@grpc/grpc-js';
import type {
  ChannelCredentials,
  ChannelOptions,
  experimental,
  ServiceConfig,
} from '@grpc/grpc-js';

/** The module, whichever copy and edition. */
export type Grpc = typeof grpcJs;

export type Leaf = experimental.LeafLoadBalancer;
/** Classes as grpc-js takes them; it does not name these types. */
export type ResolverClass = Parameters<Grpc['experimental']['registerResolver']>[1];
export type PolicyClass = Parameters<Grpc['experimental']['registerLoadBalancerType']>[1];
export type PolicyConfigClass = Parameters<Grpc['experimental']['registerLoadBalancerType']>[2];
export type Helper = experimental.ChannelControlHelper;
type Endpoint = experimental.Endpoint;

export interface ResolverFailure {
  readonly code: grpcJs.status;
  readonly details: string;
  readonly metadata: InstanceType<Grpc['Metadata']>;
}

/** The listener of 1.12 and 1.13. */
interface ObjectListener {
  onSuccessfulResolution(
    endpoints: Endpoint[],
    serviceConfig: ServiceConfig | null,
    serviceConfigError: null,
    configSelector: null,
    attributes: Record<string, unknown>,
  ): void;
  onError(error: ResolverFailure): void;
}

export type AnyListener = experimental.ResolverListener | ObjectListener;

export function tellResolved(
  listener: AnyListener,
  endpoints: Endpoint[],
  attributes: Record<string, unknown>,
  serviceConfig: ServiceConfig,
): void {
  if (typeof listener === 'function') {
    listener({ ok: true, value: endpoints }, attributes, { ok: true, value: serviceConfig }, '');
  } else {
    listener.onSuccessfulResolution(endpoints, serviceConfig, null, null, attributes);
  }
}

export function tellFailed(
  listener: AnyListener,
  failure: ResolverFailure,
  serviceConfig: ServiceConfig,
): void {
  if (typeof listener === 'function') {
    listener({ ok: false, error: failure }, {}, { ok: true, value: serviceConfig }, '');
  } else {
    listener.onError(failure);
  }
}

/** What a policy is given by `updateAddressList`: the error of a failed resolution, or undefined. */
export function failureIn(endpoints: unknown): ResolverFailure | undefined {
  if (Array.isArray(endpoints)) return undefined;
  const result = endpoints as { ok: boolean; error?: ResolverFailure };
  return result.ok ? undefined : result.error;
}

/** @param credentials - what the constructor of a policy was given second: only 1.12 gives any */
export function makeLeaf(
  { experimental: { LeafLoadBalancer } }: Grpc,
  endpoint: Endpoint,
  helper: Helper,
  options: ChannelOptions,
  credentials: ChannelCredentials | undefined,
): Leaf {
  const Constructor = LeafLoadBalancer as unknown as new (...args: unknown[]) => Leaf;
  return credentials === undefined
    ? new Constructor(endpoint, helper, options, '')
    : new Constructor(endpoint, helper, credentials, options);
}
