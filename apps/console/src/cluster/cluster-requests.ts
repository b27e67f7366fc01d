/** Changes of the cluster's members, and an operator's chores. */
import { pathWith, writeDocument, type Answer } from '../api/documents.ts';
import type { ClusterStatus } from './cluster-status.ts';

export type Alarm = ClusterStatus['alarms'][number];
export type AddedMember = Answer<'addMember'>;

export const addMember = (peerUrls: readonly string[], isLearner: boolean): Promise<AddedMember> =>
  writeDocument('POST', 'v1/cluster/members', { peerUrls, isLearner });

export const promote = (id: string): Promise<unknown> =>
  writeDocument('POST', `v1/cluster/members/${id}/promote`);

export const removeMember = (id: string): Promise<unknown> =>
  writeDocument('DELETE', `v1/cluster/members/${id}`);

export const moveLeader = (member: string): Promise<unknown> =>
  writeDocument('POST', 'v1/cluster/leader', { member });

export const disarm = ({ member, kind }: Alarm): Promise<unknown> =>
  writeDocument('DELETE', pathWith('v1/cluster/alarms', { member, kind }));

export const compact = (revision: number): Promise<unknown> =>
  writeDocument('POST', 'v1/cluster/compact', { revision, physical: true });

export const defragment = (member: string): Promise<unknown> =>
  writeDocument('POST', 'v1/cluster/defragment', { member });
