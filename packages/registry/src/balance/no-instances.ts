/** What is said when there is nobody to pick. */
import { ConcordError } from '@concord/client';
import type { PickExplanation, PickReason } from './explain.ts';

const WORDS: Readonly<Record<PickReason, string>> = {
  pickable: 'can be picked',
  probe: 'being tried by another call',
  starting: 'starting',
  draining: 'draining',
  'weight-0': 'of weight 0',
  'not-selected': 'without the labels asked for',
  'not-in-subset': "outside of this client's subset",
  ejected: 'ejected',
  'breaker-open': 'with an open breaker',
  'other-zone': 'in another zone',
  excluded: 'tried by this call already',
};

/** `NO_INSTANCES`, saying how many instances are known and why none of them is picked. */
export function noInstances(
  operation: string,
  service: string,
  { instances }: PickExplanation,
): ConcordError {
  const counts = new Map<PickReason, number>();
  for (const { reason } of instances) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = Array.from(counts, ([reason, count]) => `${count} ${WORDS[reason]}`).join(', ');
  return new ConcordError('NO_INSTANCES', {
    operation,
    subject: service,
    problem:
      instances.length === 0
        ? `no instance of service "${service}" is registered`
        : `none of the ${instances.length} instances of service "${service}" can be picked: ${reasons}`,
    remedy:
      instances.length === 0
        ? 'start one, or check the name and the namespace'
        : 'explain() says more of each',
  });
}
