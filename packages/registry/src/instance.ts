/** One running copy of a service, as consumers see it. */

/**
 * - `starting`: listed, and not picked: it is not ready.
 * - `serving`: picked.
 * - `draining`: listed, and not picked: it is about to go.
 */
export type InstanceState = 'starting' | 'serving' | 'draining';

export const INSTANCE_STATES: readonly InstanceState[] = ['starting', 'serving', 'draining'];

/** The weights that an instance may have; 0 takes no new calls. */
export const WEIGHT_MAX = 1000;
export const WEIGHT_DEFAULT = 100;

/**
 * What an operator decided about an instance, over what it says of itself. Bound to one incarnation when that is
 * given: a later holder of the same id starts without it.
 */
export interface Override {
  readonly weight?: number;
  readonly state?: InstanceState;
  /** Why, for whoever meets it later. */
  readonly reason: string;
  /** Who decided. */
  readonly by: string;
  /** When it ends, in milliseconds of the wall clock; without it, when it is deleted. */
  readonly until?: number;
  readonly incarnation?: string;
}

/**
 * One running copy of a service. Immutable: a change makes a new object, so that identity tells whether anything
 * changed. `weight` and `state` are the effective ones, an operator's {@link Override} applied.
 */
export interface Instance<M = unknown> {
  readonly service: string;
  /** Unique within the service. Another incarnation may take it over. */
  readonly id: string;
  readonly address: string;
  /** The one port, or the first of `ports`. */
  readonly port: number;
  /** All ports by name; `{ default: port }` where only one was given. */
  readonly ports: Readonly<Record<string, number>>;
  /** `address:port`, an IPv6 address in brackets. */
  readonly endpoint: string;
  /** 0 to 1000. */
  readonly weight: number;
  readonly zone: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: M;
  readonly state: InstanceState;
  /** Names this life of the instance: registering again, for whatever reason, makes another. */
  readonly incarnation: string;
  /** How long it wants to be sent less than its share after it began to serve; 0 for not at all. */
  readonly warmupMs: number;
  /** When this incarnation was registered, in milliseconds of the registrant's wall clock. */
  readonly registeredAt: number;
  /** When it began to serve, likewise; warm-up counts from here. Undefined while it never did. */
  readonly servingSince: number | undefined;
  /** How long it may be silent before the cluster drops it. */
  readonly ttlMs: number;
  /** The revision at which its key was created. */
  readonly createRevision: number;
  /** The revision of its last change, the override's included. */
  readonly modRevision: number;
  /** What the operator decided, where something is in force; `declared` is what the instance says of itself. */
  readonly override: Override | undefined;
  readonly declared: { readonly weight: number; readonly state: InstanceState };
  /** Its lease ran out together with many others', so it is kept for a while: it may be alive. */
  readonly held: boolean;
}

/** `address:port` as URLs and gRPC write it. */
export function endpointOf(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
