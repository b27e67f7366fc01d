/**
 * The two ways from one member to another. Heartbeats, votes and answers have a connection of their own, so that
 * they are never behind megabytes of log entries.
 *
 * Each is opened by the side that sends, with `GET /raft/stream/<channel>` and `Upgrade: concord-raft/1`; after the
 * answer 101 the accepting side only reads, and sends soundings back.
 */
import type { MemberMessage } from '@concord/kv';

export type ChannelName = 'urgent' | 'bulk';

export const CHANNEL_NAMES: readonly ChannelName[] = ['urgent', 'bulk'];

/** Goes into `Upgrade`: what is spoken on a channel, and its version. */
export const CHANNEL_PROTOCOL = 'concord-raft/1';

const PATH_PREFIX = '/raft/stream/';

export const channelPath = (name: ChannelName): string => PATH_PREFIX + name;

export function channelOfPath(path: string): ChannelName | undefined {
  return CHANNEL_NAMES.find((name) => path === channelPath(name));
}

/** What is told of entries must not overtake them. */
const bulkKinds: ReadonlySet<MemberMessage['kind']> = new Set(['append', 'commit', 'propose']);

export function channelOf({ kind }: MemberMessage): ChannelName {
  return bulkKinds.has(kind) ? 'bulk' : 'urgent';
}
