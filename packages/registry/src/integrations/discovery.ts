/** What the integrations need of a registry: small enough that another copy of this package fits as well. */
import type { PickContext } from '../balance/balancer.ts';
import type { Picked } from '../balance/picked.ts';
import type { Instance } from '../instance.ts';
import type { DiscoverOptions } from '../registry.ts';

/** A view of a service, as {@link Discovery} gives it. */
export interface DiscoveredService extends AsyncDisposable {
  readonly snapshot: { readonly instances: readonly Instance[] };
  /** @returns undefined (or null) when there is nobody to pick */
  tryPick(context?: PickContext): Picked | null | undefined;
  explain(context?: PickContext): { readonly instances: readonly { readonly detail: string }[] };
  /** Calls `listener` after every change. */
  onUpdate(listener: () => void): Disposable;
}

/** A registry, as far as the integrations go. */
export interface Discovery {
  /** Resolves when the instances are known, even if there are none. */
  discover(service: string, options?: DiscoverOptions): Promise<DiscoveredService>;
}

/** How the views of an integration are opened: policy, zone, subset and so on; alike for all services, or by name. */
export type ViewChoice = DiscoverOptions | ((service: string) => DiscoverOptions);

export function chosenFor(choice: ViewChoice, service: string): DiscoverOptions {
  return typeof choice === 'function' ? choice(service) : choice;
}
