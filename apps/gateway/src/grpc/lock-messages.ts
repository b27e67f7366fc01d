/** Places in lines as messages. */
import type { z } from 'zod';
import type { candidateSchema, PlaceDocument } from '../locks/lock-schemas.ts';

const modeNames = {
  exclusive: 'MODE_EXCLUSIVE',
  shared: 'MODE_SHARED',
  permits: 'MODE_PERMITS',
} as const;

export const placeMessage = ({ lease, mode, ...place }: PlaceDocument): object => ({
  ...place,
  session: lease,
  mode: modeNames[mode],
});

export const candidateMessage = ({
  lease,
  ...candidate
}: z.output<typeof candidateSchema>): object => ({ ...candidate, session: lease });
