/** The pages of the console, in the order of the navigation. */
import { accessPages } from '../access/pages.ts';
import { auditPages } from '../audit/pages.ts';
import { clusterPages } from '../cluster/pages.ts';
import { configurationPages } from '../configuration/pages.ts';
import { keysPages } from '../keys/pages.ts';
import { leasesPages } from '../leases/pages.ts';
import { locksPages } from '../locks/pages.ts';
import { overviewPages } from '../overview/pages.ts';
import { servicesPages } from '../services/pages.ts';
import { watchesPages } from '../watches/pages.ts';
import type { Page } from './page.ts';

export const pages: readonly Page[] = [
  ...overviewPages,
  ...servicesPages,
  ...configurationPages,
  ...locksPages,
  ...keysPages,
  ...leasesPages,
  ...watchesPages,
  ...clusterPages,
  ...accessPages,
  ...auditPages,
];
