/**
 * The configuration that Raft goes by, as a row of `meta`: saved in the batch of the entry that changed it, and
 * part of every snapshot.
 */
import { Configuration as ConfigurationRow, encode } from '@concord/protocol';
import type { Configuration } from '@concord/raft';
import type { Rows } from './rows.ts';

export const CONFIGURATION = 'configuration';

/** Undefined in the store of a member that has not joined any cluster yet. */
export function readConfiguration(rows: Pick<Rows, 'get'>): Configuration | undefined {
  const row = rows.get('meta', CONFIGURATION);
  return row === undefined ? undefined : ConfigurationRow.decode(row);
}

export function writeConfiguration(rows: Pick<Rows, 'set'>, configuration: Configuration): void {
  rows.set('meta', CONFIGURATION, encodeConfiguration(configuration));
}

export function encodeConfiguration(configuration: Configuration): Uint8Array {
  const { voters, votersOutgoing, learners, learnersNext, autoLeave } = configuration;
  return encode(ConfigurationRow, {
    voters: [...voters],
    votersOutgoing: [...votersOutgoing],
    learners: [...learners],
    learnersNext: [...learnersNext],
    autoLeave,
  });
}
