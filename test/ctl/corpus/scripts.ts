/** All scripts of the corpus, and where their recordings are. */
import { join } from 'node:path';
import type { Script } from './script.ts';
import { authScript } from './scripts/auth.ts';
import { clusterScript } from './scripts/cluster.ts';
import { commandLineScript } from './scripts/command-line.ts';
import { coordinationScript } from './scripts/coordination.ts';
import { keysScript } from './scripts/keys.ts';
import { leasesScript } from './scripts/leases.ts';
import { transactionsScript } from './scripts/transactions.ts';
import { watchesScript } from './scripts/watches.ts';

export const scripts: readonly Script[] = [
  keysScript,
  transactionsScript,
  watchesScript,
  leasesScript,
  coordinationScript,
  commandLineScript,
  clusterScript,
  authScript,
];

export const recordingPath = (name: string): string =>
  join(import.meta.dirname, 'recordings', `${name}.json`);
