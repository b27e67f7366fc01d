/**
 * Who asks, as the cluster is to see it: the token of the client, and whether it wants to be told that there is no leader.
 * Nothing that one asker was answered may reach another, so whatever is shared between calls is kept by `key`.
 */
import type { Metadata } from '@concord/grpc-server';
import type { CallHeaders } from './cluster/cluster.ts';

export interface Asker {
  readonly headers: CallHeaders;
  /** Equal for askers whom the cluster cannot tell apart. */
  readonly key: string;
  /** Whether the cluster would refuse others what it answers to this one. */
  readonly hasCredentials: boolean;
}

/** The proxy itself, and every client without a token. */
export const NOBODY: Asker = { headers: {}, key: '', hasCredentials: false };

/** What a member looks at, by etcd's names. */
const FORWARDED = ['token', 'authorization', 'hasleader'] as const;

/** Node refuses to send it. No token has it, so the member refuses what stands for it. */
const UNPRINTABLE = /[^\x20-\x7e]/g;

/** Calls of a client that sends the same headers share their metadata. */
const known = new WeakMap<Metadata, Asker>();

export function askerOf(metadata: Metadata): Asker {
  const before = known.get(metadata);
  if (before !== undefined) return before;
  const asker = find(metadata);
  known.set(metadata, asker);
  return asker;
}

function find(metadata: Metadata): Asker {
  let headers: Record<string, string> | undefined;
  for (const name of FORWARDED) {
    const value = metadata.get(name);
    if (value !== undefined) (headers ??= {})[name] = value.replace(UNPRINTABLE, '?');
  }
  if (headers === undefined) return NOBODY;
  const hasCredentials = 'token' in headers || 'authorization' in headers;
  return { headers, key: JSON.stringify(headers), hasCredentials };
}
