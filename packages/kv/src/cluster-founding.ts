/**
 * Writing who belongs to a cluster into a store past the log: at its birth, and where it has lost its majority for
 * good. Everything between changes by log entries alone.
 */
import { Member, encode } from '@concord/protocol';
import { createConfiguration, type Configuration } from '@concord/raft';
import { CONFIGURATION, encodeConfiguration } from './configuration-row.ts';
import { memberKey } from './members.ts';
import type { OrderedStore, Table, TableWrites } from './ordered-store.ts';

/**
 * Writes the first members of a new cluster into an empty store, the same rows on each of them. `founded` is
 * called when they are durable: from then on they count, and not the flags that named them.
 */
export function foundCluster(
  store: OrderedStore,
  members: readonly Member[],
  founded: () => void,
): void {
  const idsOf = (chosen: readonly Member[]): bigint[] => chosen.map(({ ID }) => ID);
  const configuration = createConfiguration(
    idsOf(members.filter(({ isLearner }) => !isLearner)),
    idsOf(members.filter(({ isLearner }) => isLearner)),
  );
  const rows = new Map(members.map((member) => [memberKey(member.ID), encode(Member, member)]));
  commit(store, configuration, { members: rows }, founded);
}

/**
 * Makes one member the only one of its cluster: what is left to do when the majority is gone for good. The others
 * are noted as removed, so that those which still run somewhere are told so and cannot come back by surprise.
 */
export function forceNewCluster(store: OrderedStore, id: bigint, forced: () => void): void {
  const gone = new Map<string, null>();
  store.scan('members', { from: '' }, (key) => {
    if (key !== memberKey(id)) gone.set(key, null);
  });
  const removed = new Map([...gone.keys()].map((key) => [key, new Uint8Array(0)]));
  const rows = { members: gone, 'removed-members': removed };
  commit(store, createConfiguration([id]), rows, forced);
}

function commit(
  store: OrderedStore,
  configuration: Configuration,
  rows: Partial<Record<Table, TableWrites>>,
  committed: () => void,
): void {
  const batch = new Map<Table, TableWrites>([
    ['meta', new Map([[CONFIGURATION, encodeConfiguration(configuration)]])],
  ]);
  for (const [table, writes] of Object.entries(rows)) {
    if (writes.size > 0) batch.set(table as Table, writes);
  }
  store.commit(batch, committed);
}
