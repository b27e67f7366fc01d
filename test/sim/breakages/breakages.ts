/** All breakages, by what they break. */
import type { Breakage } from './breakage.ts';
import { consensus } from './consensus.ts';
import { durability } from './durability.ts';
import { leases } from './leases.ts';
import { membership } from './membership.ts';
import { proposals } from './proposals.ts';
import { reads } from './reads.ts';
import { store } from './store.ts';
import { watches } from './watches.ts';

export const breakages: readonly Breakage[] = [
  ...durability,
  ...store,
  ...consensus,
  ...reads,
  ...proposals,
  ...watches,
  ...leases,
  ...membership,
];
