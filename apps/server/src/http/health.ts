/**
 * `GET /health`: alarms, then whether there is a leader, then a read that goes the whole way
 * (etcd's order; `exclude=NOSPACE` and `serializable=true` as there).
 */
import { AlarmType } from '@concord/protocol';
import type { Replica } from '@concord/kv';
import type { HealthCounts } from './health-counts.ts';
import { linearizableRead } from './probe-checks.ts';
import { PLAIN, type Endpoint, type HttpReply } from './router.ts';

const alarmNames = new Map<number, string>([
  [AlarmType.NOSPACE, 'NOSPACE'],
  [AlarmType.CORRUPT, 'CORRUPT'],
]);

export function health(replica: Replica, counts: HealthCounts): Endpoint {
  return async (query) => {
    const reason = await reasonOf(replica, query);
    if (reason === undefined) counts.successes += 1;
    else counts.failures += 1;
    return healthReply(reason);
  };
}

/** Why this member is not well; undefined when it is. */
async function reasonOf(replica: Replica, query: URLSearchParams): Promise<string | undefined> {
  const excluded = query.getAll('exclude');
  for (const { type } of replica.machine.alarms.list(AlarmType.NONE)) {
    const name = alarmNames.get(type) ?? 'UNKNOWN';
    if (!excluded.includes(name)) return `ALARM ${name}`;
  }
  if (query.get('serializable') === 'true') return undefined;
  if (replica.leader === 0n) return 'RAFT NO LEADER';
  const failure = await linearizableRead(replica);
  return failure === undefined ? undefined : `RANGE ERROR:${failure}`;
}

/** What `/health` answers. @param reason why something is not well; undefined when it is */
export function healthReply(reason: string | undefined): HttpReply {
  const healthy = reason === undefined;
  const body = JSON.stringify({ health: String(healthy), reason: reason ?? '' });
  return {
    status: healthy ? 200 : 503,
    contentType: PLAIN,
    body: healthy ? body : body + '\n',
  };
}
