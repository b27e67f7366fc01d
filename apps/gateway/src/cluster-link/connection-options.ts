/** How the gateway reaches its cluster. */
import type { ClientOptions } from '@concord/client';
import type { GatewayOptions } from '../options/options.ts';

/** Token of the options in Nest's container: for connections beside the shared one. */
export const CONNECTION_OPTIONS: unique symbol = Symbol('concord.gateway.connection-options');

export const connectionOptions = ({ endpoints }: GatewayOptions): ClientOptions => ({
  endpoints,
  // A person waits: better the last known answer after three seconds than a new one after ten.
  timeout: '3s',
  app: { name: 'concord-gateway' },
});
