/** What people may see of a secret value: in logs, in `inspect`, in JSON. */
import { isPlainObject } from '../value/plain-object.ts';

export const REDACTED = '[secret]';

/** Whether the whole value is secret, nothing of it, or the named fields (`password`, `pool.token`). */
export type Secrecy = boolean | readonly string[];

export function redact(value: unknown, secrecy: Secrecy, path = ''): unknown {
  if (secrecy === false || value === undefined) return value;
  if (secrecy === true || secrecy.includes(path)) return REDACTED;
  if (Array.isArray(value)) {
    return value.map((part: unknown, index) => redact(part, secrecy, join(path, String(index))));
  }
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, redact(part, secrecy, join(path, key))]),
  );
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
