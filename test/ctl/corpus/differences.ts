/** Where concordctl differs from etcdctl on purpose. */
import type { Recorded } from './normaliser.ts';
import type { Script } from './script.ts';

interface Difference {
  readonly script: string;
  readonly line: string;
  readonly why: string;
  readonly expected: Partial<Recorded>;
}

const differences: readonly Difference[] = [
  {
    script: 'cluster',
    line: 'member list --consistency x',
    why: 'etcdctl names the value that the flag of `get` has, whatever was given here',
    expected: { error: 'Error: unknown consistency flag "x"' },
  },
];

/** What concordctl answers to a recorded step where that is not what etcdctl does. */
export function differenceOf(
  { name }: Script,
  step: Recorded,
): { readonly expected: Recorded } | undefined {
  const found = differences.find(({ script, line }) => script === name && line === step.line);
  return found === undefined ? undefined : { expected: { ...step, ...found.expected } };
}
