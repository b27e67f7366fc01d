/** Names of options that nobody knows: a misspelt one must not be a silent default. */
import { ConcordError } from '@concord/client';

/** @throws ConcordError `INVALID_ARGUMENT` for an option of another name than `names` */
export function checkNames(operation: string, options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `there is no option ${JSON.stringify(unknown)}`,
    remedy: `the options are ${names.join(', ')}`,
  });
}
