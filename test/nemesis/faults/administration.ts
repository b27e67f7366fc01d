/** What operators do while everything runs, with etcdctl. */
import { complaintOf, etcdctl } from '../../cluster/etcdctl.ts';
import { Maintenance, StatusRequest } from '@concord/protocol';
import { MemberClient } from '../load/member-client.ts';
import { followersOnly, type Fault, type FaultContext } from './fault.ts';

/** How far behind the newest revision a compaction goes, at most. */
const COMPACT_BEHIND_MAX = 100;
const STATUS_MS_MAX = 1_000;

export const moveLeader: Fault = {
  name: 'move-leader',
  needs: 'etcdctl',
  async inject(context) {
    const { cluster } = context;
    const leader = await context.leader();
    const [target] = await followersOnly(context);
    if (leader === undefined || target === undefined) return undefined;
    const id = await memberIdOf(context, target);
    if (id === undefined) return undefined;
    const result = await etcdctl([cluster.member(leader).endpoint], 'move-leader', id);
    const end = result.status === 0 ? '' : `: ${complaintOf(result)}`;
    return `leadership from member ${leader} to ${target}${end}`;
  },
};

export const compact: Fault = {
  name: 'compact',
  needs: 'etcdctl',
  async inject({ cluster, random, observedRevision }) {
    const revision = observedRevision() - random.integer(0, COMPACT_BEHIND_MAX);
    if (revision < 2) return undefined;
    const physical = random.chance(0.5) ? ['--physical'] : [];
    const result = await etcdctl(cluster.endpoints, 'compact', String(revision), ...physical);
    return `compaction at ${revision}${result.status === 0 ? '' : `: ${complaintOf(result)}`}`;
  },
};

export const defragment: Fault = {
  name: 'defragment',
  needs: 'etcdctl',
  async inject({ cluster, random }) {
    const { number, endpoint } = random.pick(cluster.members);
    const result = await etcdctl([endpoint], 'defrag');
    return `member ${number} defragmented${result.status === 0 ? '' : `: ${complaintOf(result)}`}`;
  },
};

/** In the notation of etcdctl; undefined where the member does not answer. */
export async function memberIdOf(
  { cluster }: FaultContext,
  member: number,
): Promise<string | undefined> {
  const client = new MemberClient(cluster.member(member).endpoint);
  const status = await client.call(
    Maintenance.methods.status,
    StatusRequest.create(),
    STATUS_MS_MAX,
  );
  client.close();
  return status.kind === 'ok' ? status.response.header?.memberId.toString(16) : undefined;
}
