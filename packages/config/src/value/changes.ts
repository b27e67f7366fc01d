/** What differs between two values, leaf by leaf. */
import { isDeepStrictEqual } from 'node:util';
import { isPlainObject } from './plain-object.ts';

export interface ValueChange {
  /** Where: `pool.max`, `hosts.0`; empty for the value itself. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The differences in the order of `before`, then what is new. Arrays are compared place by place. */
export function changesBetween(before: unknown, after: unknown, path = ''): ValueChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const isNested =
    (isPlainObject(before) && isPlainObject(after)) ||
    (Array.isArray(before) && Array.isArray(after));
  if (!isNested) return [change(path, before, after)];
  const old = before as Record<string, unknown>;
  const young = after as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(young)])].flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(old, key)) return [{ path: at, kind: 'added', after: young[key] } as const];
    if (!Object.hasOwn(young, key))
      return [{ path: at, kind: 'removed', before: old[key] } as const];
    return changesBetween(old[key], young[key], at);
  });
}

function change(path: string, before: unknown, after: unknown): ValueChange {
  if (before === undefined) return { path, kind: 'added', after };
  if (after === undefined) return { path, kind: 'removed', before };
  return { path, kind: 'changed', before, after };
}

/** Whether `path` is `field`, lies in it, or contains it. */
export function touches(path: string, field: string): boolean {
  return (
    path === '' || path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`)
  );
}
