/** How instances are shown. */
import type { Instance } from '@concord/registry';
import type { ListingColumn } from '../listing/listing.ts';
import { without } from '../listing/without.ts';

export const instanceColumns: readonly ListingColumn<Instance>[] = [
  { title: 'id', value: ({ id }) => id },
  { title: 'endpoint', value: ({ endpoint }) => endpoint },
  { title: 'state', value: ({ state }) => state },
  { title: 'weight', value: ({ weight }) => weight },
  { title: 'zone', value: ({ zone }) => zone },
  { title: 'labels', value: ({ labels }) => labelsText(labels) },
  { title: 'decided', value: decisionText },
];

export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** What an operator decided, and why; empty for most. */
function decisionText({ override }: Instance): string {
  if (override === undefined) return '';
  const { state, weight, by, reason, until } = override;
  const what = [
    ...(state === undefined ? [] : [state]),
    ...(weight === undefined ? [] : [`weight ${weight}`]),
  ];
  const whom = by === '' ? '' : ` by ${by}`;
  const end = until === undefined ? '' : ` until ${new Date(until).toISOString()}`;
  return `${what.join(' and ')}${whom}${end}${reason === '' ? '' : ` (${reason})`}`;
}

export function instanceDocument(instance: Instance): Readonly<Record<string, unknown>> {
  const { registeredAt, servingSince } = instance;
  return {
    ...without(instance, 'held'),
    registeredAt: new Date(registeredAt).toISOString(),
    ...(servingSince !== undefined && { servingSince: new Date(servingSince).toISOString() }),
  };
}
