/** The service configuration that goes with resolved instances: our policy, and what the channel's owner asks for. */
import type { ChannelOptions, MethodConfig, ServiceConfig } from '@grpc/grpc-js';
import type { Grpc } from './edition.ts';

export const POLICY_NAME = 'concord_balanced';

/**
 * A resolver's configuration replaces the channel's, so retries and time-outs that were set there are taken over; a
 * policy that was set there is kept. grpc-js has checked it before it makes a resolver.
 */
export function serviceConfigFor({ experimental }: Grpc, options: ChannelOptions): ServiceConfig {
  const text = options['grpc.service_config'];
  const given = (text === undefined ? {} : JSON.parse(text)) as Partial<ServiceConfig>;
  const { loadBalancingConfig = [], methodConfig = [], retryThrottling } = given;
  return {
    loadBalancingConfig:
      loadBalancingConfig.length > 0 ? loadBalancingConfig : [{ [POLICY_NAME]: {} }],
    methodConfig: methodConfig.map((config) => withTimeout(experimental, config)),
    ...(retryThrottling === undefined ? {} : { retryThrottling }),
  };
}

/** Time-outs are texts in JSON and objects in grpc-js. */
function withTimeout(experimental: Grpc['experimental'], config: MethodConfig): MethodConfig {
  const timeout: unknown = config.timeout;
  if (typeof timeout !== 'string') return config;
  const parsed = experimental.parseDuration(timeout);
  return parsed === null ? config : { ...config, timeout: parsed };
}
