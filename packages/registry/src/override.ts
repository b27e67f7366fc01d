/** An operator's decision, applied to what the instance says of itself. */
import type { Instance, Override } from './instance.ts';

/** Whether `override` is in force for this life of the instance at this moment of the wall clock. */
export function isInForce(override: Override, incarnation: string, wallMs: number): boolean {
  if (override.until !== undefined && override.until <= wallMs) return false;
  return override.incarnation === undefined || override.incarnation === incarnation;
}

/** `instance` as consumers should treat it; the same object where nothing is in force. */
export function withOverride(
  instance: Instance,
  override: { readonly value: Override; readonly modRevision: number } | undefined,
  wallMs: number,
): Instance {
  if (override === undefined || !isInForce(override.value, instance.incarnation, wallMs)) {
    return instance;
  }
  return Object.freeze({
    ...instance,
    weight: override.value.weight ?? instance.weight,
    state: override.value.state ?? instance.state,
    modRevision: Math.max(instance.modRevision, override.modRevision),
    override: override.value,
  });
}
