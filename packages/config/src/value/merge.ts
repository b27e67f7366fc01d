/** The later layer over the earlier, object by object. */
import { isPlainObject } from './plain-object.ts';

/**
 * `over` laid over `under`: objects are merged key by key, everything else, arrays too, is replaced. Neither is changed.
 *
 * Keys are defined rather than assigned: a document may have a key `__proto__`.
 */
export function merge(under: unknown, over: unknown): unknown {
  if (!isPlainObject(under) || !isPlainObject(over)) return over;
  const merged: Record<string, unknown> = {};
  const define = (key: string, value: unknown): void => {
    Object.defineProperty(merged, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  for (const key of Object.keys(under)) define(key, under[key]);
  for (const key of Object.keys(over)) {
    define(key, Object.hasOwn(under, key) ? merge(under[key], over[key]) : over[key]);
  }
  return merged;
}
