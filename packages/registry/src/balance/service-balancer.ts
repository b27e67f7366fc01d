/** The balancer as a view of a service holds it: on the real clock, and counted. */
import { balanceSettings, type BalanceOptions } from './balance-options.ts';
import { Balancer, realWorld } from './balancer.ts';
import { PickTelemetry } from './pick-telemetry.ts';
import { policyName } from './policy.ts';

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed */
export function serviceBalancer<M>(
  service: string,
  options: BalanceOptions<M>,
  operation = 'registry.discover',
): Balancer<M> {
  const settings = balanceSettings(options, operation);
  const listener = new PickTelemetry(service, policyName(settings.policy));
  return new Balancer(settings, { ...realWorld, listener }, operation);
}
