import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Replica } from '@concord/kv';
import { Member } from '@concord/protocol';
import type { Log } from './log.ts';
import { OperatorLog } from './operator-log.ts';

const member = (ID: bigint, name: string, isLearner = false): Member =>
  Member.create({ ID, name, peerURLs: [`http://10.0.0.${ID}:2380`], isLearner });

/** What member 1 tells while it reaches `reached`. */
function create(reached: readonly bigint[]): {
  operatorLog: OperatorLog;
  lines: string[];
  known: Member[];
} {
  const lines: string[] = [];
  const known: Member[] = [member(1n, 'a'), member(2n, 'b'), member(3n, '')];
  const add = (fields: object, text: string): void =>
    void lines.push(`${text} ${JSON.stringify(fields)}`);
  const operatorLog = new OperatorLog({
    log: { info: add, warn: add, error: add } as unknown as Log,
    identity: { memberId: 1n, clusterId: 9n },
    dataDirectory: '/data',
    replica: () => ({ term: 4, machine: { members: { list: () => known } } }) as unknown as Replica,
    isConnected: (id) => reached.includes(id),
  });
  return { operatorLog, lines, known };
}

test('a member that waits for a leader names those that it does not reach, and how many it needs', () => {
  const { operatorLog, lines } = create([]);
  operatorLog.waitsForLeader();
  assert.deepEqual(lines, [
    'waiting for a leader, and so do all writes: start the members that are not reached, or correct their addresses ' +
      '{"term":4,"voters":3,"needed":2,"reached":1,"not-reached":"b=http://10.0.0.2:2380, 3=http://10.0.0.3:2380"}',
  ]);
});

test('a member that reaches enough others asks whether they reach it, and says where they look for it', () => {
  const { operatorLog, lines } = create([2n]);
  operatorLog.waitsForLeader();
  assert.match(lines.join(), /they know it at http:\/\/10\.0\.0\.1:2380: .*etcdctl member update/);
});

test('members that come, are promoted, move and go are told once', () => {
  const { operatorLog, lines, known } = create([]);
  operatorLog.membersChanged();
  lines.length = 0;
  known.push(member(4n, '', true));
  operatorLog.membersChanged();
  known[3] = member(4n, 'd');
  operatorLog.membersChanged();
  known[1] = Member.create({ ...member(2n, 'b'), peerURLs: ['http://elsewhere:2380'] });
  operatorLog.membersChanged();
  known.pop();
  operatorLog.membersChanged();
  operatorLog.membersChanged();
  assert.deepEqual(
    lines.map((line) => line.split(' {')[0]),
    [
      'a learner was added',
      'a learner was promoted: it votes now',
      'a member has new peer URLs',
      'a member was removed',
    ],
  );
});
