/** Values that nobody can change: one object is handed to every reader of a live value. */
import { isPlainObject } from './plain-object.ts';

/** `value`, with all of its plain objects and arrays frozen. What has a class of its own is left as it is. */
export function deepFreeze<T>(value: T): T {
  if ((!Array.isArray(value) && !isPlainObject(value)) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
