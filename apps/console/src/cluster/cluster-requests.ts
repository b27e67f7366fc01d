/** The cluster's members as the gateway tells them, and an operator's chores. */
import { queryOptions } from '@tanstack/react-query';
import { readDocument, pathWith, writeDocument, type Answer } from '../api/documents.ts';

export type ClusterStatus = Answer<'getClusterStatus'>;
export type MemberStatus = ClusterStatus['members'][number];
export type Alarm = ClusterStatus['alarms'][number];
export type AddedMember = Answer<'addMember'>;
export type SampleList = Answer<'listSamples'>;

const REFRESH_MS = 2_000;

export const clusterStatus = () =>
  queryOptions({
    queryKey: ['cluster', 'status'],
    queryFn: ({ signal }) => readDocument<ClusterStatus>('v1/cluster/status', {}, signal),
    refetchInterval: REFRESH_MS,
  });

export const clusterSamples = () =>
  queryOptions({
    queryKey: ['cluster', 'samples'],
    queryFn: ({ signal }) => readDocument<SampleList>('v1/cluster/samples', {}, signal),
    refetchInterval: 5_000,
  });

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
