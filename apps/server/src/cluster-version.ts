/**
 * The level of etcd's API at which the cluster works: its members' own, or the one before while a downgrade is under way.
 * etcd's leader lowers it some seconds after the downgrade was asked for, here the two are one entry. Nothing of what a
 * member does depends on it: it is told, and a snapshot is of it, so that an etcd of that version takes it.
 */
import type { Replica } from '@concord/kv';
import { CLUSTER_VERSION } from './version.ts';

/** `X.Y.0`; of this program while there is no replica to ask. */
export const clusterVersionOf = (replica: Pick<Replica, 'machine'> | undefined): string =>
  replica?.machine.downgrade.targetVersion ?? CLUSTER_VERSION;

/** `X.Y`, as it is written where etcd leaves out the patch level. */
export const shortVersion = (version: string): string => version.replace(/\.0$/, '');
