/**
 * Which names are flags: those with a meaning, those that are taken without one, and the former names of both, with
 * `experimental-` in front, which etcd 3.6 takes too.
 */
import { flags, type FlagName } from './flags.ts';
import { ignoredFlags, type IgnoredFlag } from './ignored-flags.ts';

export type Named =
  | { readonly kind: 'flag'; readonly name: FlagName }
  | { readonly kind: 'ignored'; readonly name: string; readonly flag: IgnoredFlag };

/** Names that have changed by more than losing their prefix. */
const renamed: Readonly<Record<string, string>> = {
  'experimental-snapshot-catch-up-entries': 'snapshot-catchup-entries',
};

export const isFlagName = (name: string): name is FlagName => Object.hasOwn(flags, name);

/** What a name, or a former name, stands for; undefined when nothing does. */
export function flagNamed(given: string): Named | undefined {
  const ignored = Object.hasOwn(ignoredFlags, given) ? ignoredFlags[given] : undefined;
  if (isFlagName(given)) return { kind: 'flag', name: given };
  if (ignored !== undefined) return { kind: 'ignored', name: given, flag: ignored };
  const today = Object.hasOwn(renamed, given)
    ? renamed[given]
    : /^experimental-(.*)$/.exec(given)?.[1];
  return today === undefined ? undefined : flagNamed(today);
}

/** Whether the flag needs no value to be true. */
export const isToggle = (named: Named): boolean =>
  (named.kind === 'flag' ? flags[named.name].value : named.flag.value) === '';

const memberNames = (): readonly string[] => [
  ...Object.keys(flags),
  ...Object.keys(ignoredFlags),
  'help',
  'version',
];

/** `; did you mean --data-dir?`, or nothing where no name is near. */
export function nearestName(
  given: string,
  prefix: '--' | '',
  candidates: readonly string[] = memberNames(),
): string {
  let nearest = { candidate: '', distance: Infinity };
  for (const candidate of candidates) {
    const distance = editDistance(given, candidate);
    if (distance < nearest.distance) nearest = { candidate, distance };
  }
  const isNear = nearest.distance <= Math.max(3, given.length / 3);
  return isNear ? `; did you mean ${prefix}${nearest.candidate}?` : '';
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
