/** What the resolver hands to the policy: through the attributes of a channel, under a name that starts no subchannel. */
import type { Instance } from '../../instance.ts';
import type { DiscoveredService } from '../discovery.ts';

/** Options with this prefix are no part of what tells subchannels apart. */
const ATTRIBUTE = 'grpc.internal.no_subchannel.concord';

export interface Resolved {
  readonly service: string;
  /** Undefined for the instance's own. */
  readonly portName: string | undefined;
  readonly view: DiscoveredService;
  readonly instances: readonly Instance[];
}

export function withResolved(resolved: Resolved): Record<string, unknown> {
  return { [ATTRIBUTE]: resolved };
}

export function resolvedIn(attributes: object): Resolved | undefined {
  return (attributes as Record<string, unknown>)[ATTRIBUTE] as Resolved | undefined;
}

/** Options without the attribute: leaves are given them, and older editions tell subchannels apart by all. */
export function withoutResolved<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== ATTRIBUTE)) as T;
}
