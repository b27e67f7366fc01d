/**
 * `GET /debug/vars`: how the process was started, its memory, and what Raft knows, as JSON under the names that etcd's
 * has (Go's expvar). `memstats` holds those of Go's figures that have a meaning here.
 */
import { memoryUsage } from 'node:process';
import type { Replica } from '@concord/kv';
import { formatId } from '../identity.ts';
import type { Endpoint } from './router.ts';

const STATES: Readonly<Record<string, string>> = {
  leader: 'StateLeader',
  follower: 'StateFollower',
  learner: 'StateFollower',
  candidate: 'StateCandidate',
  'pre-candidate': 'StatePreCandidate',
};

export function debugVars(replica: Replica, descriptorLimit: number | undefined): Endpoint {
  return () => ({
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(
      {
        cmdline: shownArguments(process.argv),
        ...(descriptorLimit !== undefined && { file_descriptor_limit: descriptorLimit }),
        memstats: memoryStatistics(),
        'raft.status': raftStatus(replica),
      },
      undefined,
      1,
    ),
  });
}

/** What follows a flag of this kind is nobody's business. */
const SECRET = /password|discovery-user/;

/** Throws nothing away but secrets. */
export function shownArguments(args: readonly string[]): string[] {
  return args.map((argument, i) => {
    if (SECRET.test(argument)) return argument.replace(/=.*$/s, '=***');
    const before = args[i - 1] ?? '';
    return SECRET.test(before) && !before.includes('=') ? '***' : argument;
  });
}

function memoryStatistics(): Record<string, number> {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = memoryUsage();
  return {
    Sys: rss,
    HeapSys: heapTotal,
    HeapAlloc: heapUsed,
    HeapInuse: heapUsed,
    HeapIdle: heapTotal - heapUsed,
    OtherSys: external + arrayBuffers,
  };
}

function raftStatus(replica: Replica): Record<string, unknown> {
  const { id, term, votedFor, leader, commit, applied, role, progress, transferee } =
    replica.status();
  const members = [...progress].map(([member, { state, match, next }]) => [
    formatId(member),
    { match, next, state: `State${state.charAt(0).toUpperCase()}${state.slice(1)}` },
  ]);
  return {
    id: formatId(id),
    term,
    vote: formatId(votedFor),
    commit,
    lead: formatId(leader),
    raftState: STATES[role] ?? role,
    applied,
    progress: Object.fromEntries(members) as unknown,
    leadtransferee: formatId(transferee),
  };
}
