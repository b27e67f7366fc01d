import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wellMember, wellSurvey } from '../survey/survey.fixture.ts';
import type { Survey, SurveyedMember } from '../survey/survey.ts';
import { viewOf } from './cluster-view.ts';
import { sortedBy } from './columns.ts';
import { draw, type Frame } from './screen.ts';

const frame: Frame = {
  width: 200,
  hasColour: false,
  sort: sortedBy(0),
  isPaused: false,
  isLive: true,
};

const counts = (puts: number, failed: number): string =>
  [
    `grpc_server_handled_total{grpc_code="OK",grpc_method="Put"} ${puts}`,
    `grpc_server_handled_total{grpc_code="Unavailable",grpc_method="Put"} ${failed}`,
    `grpc_server_handled_total{grpc_code="OK",grpc_method="Range"} 7`,
    'etcd_debugging_mvcc_watcher_total 3',
    'etcd_debugging_mvcc_keys_total 42',
  ].join('\n');

const surveyAt = (atMs: number, ...members: readonly SurveyedMember[]): Survey =>
  wellSurvey({ atMs, members });

test('rates are of the time between two surveys, by method, failures apart', () => {
  const before = surveyAt(0, wellMember(1, { metrics: counts(100, 0) }));
  const view = viewOf(surveyAt(2_000, wellMember(1, { metrics: counts(160, 20) })), before);
  assert.deepEqual(view.methods, [{ method: 'Put', perSecond: 40, errorsPerSecond: 10 }]);
  assert.equal(view.requestsPerSecond, 40);
  assert.equal(view.members[0]?.requestsPerSecond, 40);
  assert.equal(view.members[0].watchers, 3);
});

test('a member that was restarted in between counts nothing rather than less than nothing', () => {
  const before = surveyAt(0, wellMember(1, { metrics: counts(100, 0) }));
  const view = viewOf(surveyAt(2_000, wellMember(1, { metrics: counts(3, 0) })), before);
  assert.deepEqual(view.methods, []);
  assert.equal(view.members[0]?.requestsPerSecond, undefined);
});

test('members that are silent, leaderless or behind are shown as such', () => {
  const silent: SurveyedMember = {
    ...wellMember(3),
    answer: { state: 'silent', problem: 'connection refused' },
  };
  const behind = wellMember(2, { status: { raftAppliedIndex: 400, leaderId: 0n } });
  const view = viewOf(surveyAt(0, wellMember(1), behind, silent));
  assert.deepEqual(
    view.members.map(({ name, role, lag }) => [name, role, lag]),
    [
      ['m1', 'leader', 0],
      ['m2', 'no leader', 600],
      ['m3', 'silent', undefined],
    ],
  );
  assert.equal(view.isMajority, false);
  const text = draw(view, frame).join('\n');
  assert.match(text, /no majority: nothing can be written/);
  assert.match(text, /m3 {7}silent {2}connection refused/);
});

test('no line is wider than the terminal, nor are there more than it has; keys stay in sight', () => {
  const view = viewOf(wellSurvey());
  const lines = draw(view, { ...frame, width: 40, height: 6, hasColour: true });
  assert.equal(lines.length, 6);
  const seen = lines.map((line) => line.replace(/\x1b\[\d+m/g, ''));
  assert.ok(seen.every((line) => line.length <= 40));
  assert.match(seen.at(-1) ?? '', /^q quit/);
});

test('a column sorts its members, the largest number first, unknown ones last', () => {
  const [small, large] = [10, 20].map((databaseBytes, at) =>
    wellMember(at + 1, { status: { databaseBytes } }),
  );
  const unknown: SurveyedMember = { ...wellMember(3), answer: { state: 'not-started' } };
  const view = viewOf(surveyAt(0, unknown, small!, large!));
  const names = draw(view, { ...frame, sort: sortedBy(5) })
    .filter((line) => /^m\d/.test(line))
    .map((line) => line.slice(0, 2));
  assert.deepEqual(names, ['m2', 'm1', 'm3']);
  assert.equal(sortedBy(-1).column, sortedBy(13).column);
});

test('an unreachable cluster is told of, with what was seen last below it', () => {
  const lines = draw(viewOf(wellSurvey()), { ...frame, problem: 'deadline' });
  assert.ok(lines.includes('the cluster could not be asked: deadline'));
  assert.ok(lines.some((line) => line.startsWith('m1')));
  assert.deepEqual(draw(undefined, { ...frame, isLive: false, problem: 'deadline' }), [
    'the cluster could not be asked: deadline',
  ]);
});
