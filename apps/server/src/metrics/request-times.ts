/**
 * `etcd_server_request_duration_seconds`: how long requests take that go through the log or wait for it, by etcd's name of
 * what they ask. etcd has it from 3.7 on. There a request that the state machine refuses is a success, and one that is
 * refused before is none; here success is what the client was told. A transaction that only reads is a `Txn` here.
 */
import { Auth, KV, Lease, Maintenance } from '@concord/protocol';
import type { MethodMetrics } from '../rpc/method-metrics.ts';
import { histograms, type Family, type Labels } from './family.ts';
import { DISK_BOUNDS, Histogram } from './histogram.ts';

export class RequestTimes {
  readonly type: string;
  /** In seconds. */
  readonly success = new Histogram(DISK_BOUNDS);
  readonly failure = new Histogram(DISK_BOUNDS);

  constructor(type: string) {
    this.type = type;
  }
}

/** Methods that have a type, and what it is where it is not their name. */
const TYPES: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  [
    KV.name,
    { Range: 'Range', Put: 'Put', DeleteRange: 'DeleteRange', Txn: 'Txn', Compact: 'Compaction' },
  ],
  [Lease.name, { LeaseGrant: 'LeaseGrant', LeaseRevoke: 'LeaseRevoke' }],
  [Maintenance.name, { Alarm: 'Alarm' }],
  [Auth.name, authTypes()],
]);

/** `AuthUserAdd` for `UserAdd`; `AuthEnable` is its own. */
function authTypes(): Record<string, string> {
  const names = Object.values(Auth.methods).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, /^Auth/.test(name) ? name : `Auth${name}`]));
}

/** What the calls of a method are timed in; undefined for those that need no log. */
export function requestTimesOf({ service, method }: MethodMetrics): RequestTimes | undefined {
  const type = TYPES.get(service)?.[method];
  return type === undefined ? undefined : new RequestTimes(type);
}

export const requestFamily = (methods: readonly MethodMetrics[]): Family =>
  histograms(
    'etcd_server_request_duration_seconds',
    'Response latency distribution in seconds for each type.',
    () => methods.flatMap(({ requests }) => (requests === undefined ? [] : timesOf(requests))),
  );

/** Of what has happened, as in etcd. */
const timesOf = ({ type, success, failure }: RequestTimes): (readonly [Labels, Histogram])[] =>
  [
    [{ success: 'true', type }, success] as const,
    [{ success: 'false', type }, failure] as const,
  ].filter(([, { counts }]) => counts.some((count) => count > 0));
