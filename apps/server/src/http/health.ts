/**
 * `GET /health`: alarms, then whether there is a leader, then a read that goes the whole way
 * (etcd's order; `exclude=NOSPACE` and `serializable=true` as there).
 */
import { AlarmType } from '@concord/protocol';
import type { Replica } from '@concord/kv';
import type { Endpoint, HttpReply } from './router.ts';

const alarmNames = new Map<number, string>([
  [AlarmType.NOSPACE, 'NOSPACE'],
  [AlarmType.CORRUPT, 'CORRUPT'],
]);

export function health(replica: Replica): Endpoint {
  return async (query) => {
    const excluded = query.getAll('exclude');
    for (const { type } of replica.machine.alarms.list(AlarmType.NONE)) {
      const name = alarmNames.get(type) ?? 'UNKNOWN';
      if (!excluded.includes(name)) return answer(`ALARM ${name}`);
    }
    if (query.get('serializable') === 'true') return answer();
    if (replica.leader === 0n) return answer('RAFT NO LEADER');
    const failure = await new Promise<string | undefined>((resolve) => {
      replica.read(
        () => resolve(undefined),
        (error) => resolve(error.message),
      );
    });
    return answer(failure === undefined ? undefined : `RANGE ERROR:${failure}`);
  };
}

function answer(reason?: string): HttpReply {
  const healthy = reason === undefined;
  const body = JSON.stringify({ health: String(healthy), reason: reason ?? '' });
  return {
    status: healthy ? 200 : 503,
    contentType: 'text/plain; charset=utf-8',
    body: healthy ? body : body + '\n',
  };
}
