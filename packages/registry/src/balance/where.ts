/** Which instances a pick is about, as a function and as a name under which its candidates are kept. */
import type { Instance } from '../instance.ts';
import { parseSelector } from '../labels.ts';
import type { Where } from './balance-options.ts';

export type Filter<M> = (instance: Instance<M>) => boolean;

/** @throws ConcordError `INVALID_ARGUMENT` for a selector that can't be read */
export function filterOf<M>(where: Where<M>, operation: string): Filter<M> {
  if (typeof where === 'function') return where;
  if (typeof where === 'string') {
    const isMet = parseSelector(operation, 'where', where);
    return ({ labels }) => isMet(labels);
  }
  const wanted = Object.entries(where);
  return ({ labels }) => wanted.every(([name, value]) => labels[name] === value);
}

/** The same for equal selectors and labels. */
export function whereKey(where: Exclude<Where, (instance: never) => boolean>): string {
  if (typeof where === 'string') return `s${where}`;
  return `l${JSON.stringify(Object.entries(where).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}
