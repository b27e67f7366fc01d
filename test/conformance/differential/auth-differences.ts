/**
 * The allow-list of programs with authentication on: where answers differ from etcd's, and why that is right. Concord
 * follows 3.7.3, whose checks are those of the last security releases of 3.5 and 3.6.
 */
import type { RequestOp, TxnRequest } from '../harness/messages.ts';
import type { Version } from '../harness/version.ts';
import type { Difference } from './differences.ts';
import type { CallStep, Step } from './step.ts';

const eitherBefore = (text: string) => (one: Version, other: Version) =>
  !(one.atLeast(text) && other.atLeast(text));

/** Users whose token the opening of each program has got. */
const LOGGED_IN: readonly string[] = ['root', 'alice', 'bob'];

/** Asked by 3.4 of nobody, or of fewer. */
const UNASKED: ReadonlySet<string> = new Set([
  ...['LeaseTimeToLive', 'LeaseLeases', 'MemberList', 'Status', 'Alarm', 'Defragment', 'HashKV'],
  'AuthStatus',
]);

export const authDifferences: readonly Difference[] = [
  {
    name: 'calls that etcd 3.4 lets anybody make',
    reason: 'up to 3.4 leases, members, alarms and status are open; later they are not',
    about: eitherBefore('3.5.0'),
    avoids: (step) => {
      if (step.kind !== 'call-as') return false;
      const { call, by } = step;
      if (UNASKED.has(call.method)) return true;
      if (call.method === 'Compact') return by !== 'root';
      const isKnown = LOGGED_IN.includes(by);
      if (call.method === 'LeaseGrant' || call.method === 'LeaseRevoke') return !isKnown;
      return call.method === 'Txn' && by !== 'root' && asksForMoreThanKeys(call.request);
    },
  },
  {
    name: 'authentication that is turned off',
    reason: 'etcd 3.4 looks at tokens even then, and knows none',
    about: eitherBefore('3.5.0'),
    avoids: (step) => isCalled(step, 'AuthDisable'),
  },
  {
    name: 'a password that is changed to none',
    reason: 'etcd 3.4 hashes it; later nothing fits it any more',
    about: eitherBefore('3.5.0'),
    avoids: (step) => {
      const call = callOf(step);
      return call?.method === 'UserChangePassword' && call.request.password === '';
    },
  },
  {
    name: 'what the role root allows',
    reason: 'etcd 3.4 shows no permissions of it',
    about: eitherBefore('3.5.0'),
    avoids: (step) => {
      const call = callOf(step);
      return call?.method === 'RoleGet' && call.request.role === 'root';
    },
  },
];

const callOf = (step: Step): CallStep | undefined =>
  step.kind === 'call' ? step : step.kind === 'call-as' ? step.call : undefined;

const isCalled = (step: Step, method: string): boolean => callOf(step)?.method === method;

/** Nested transactions, what `prev_kv` shows, and leases: 3.4 checks none of them inside a transaction. */
function asksForMoreThanKeys({ success = [], failure = [] }: TxnRequest): boolean {
  return [...success, ...failure].some(
    ({ request_put, request_txn }: RequestOp) =>
      request_txn !== undefined ||
      request_put?.prev_kv === true ||
      (request_put?.lease !== undefined && Number(request_put.lease) !== 0),
  );
}
