import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wellMember, wellSurvey } from '../../survey/survey.fixture.ts';
import type { SurveyedMember } from '../../survey/survey.ts';
import type { Finding, Verdict } from '../finding.ts';
import { judgeAlarms } from './alarms.ts';
import { judgeArchives } from './archives.ts';
import { judgeClocks } from './clocks.ts';
import { judgeCompaction } from './compaction.ts';
import { judgeDatabase } from './database.ts';
import { judgeDisks } from './disks.ts';
import { judgeEndpoints } from './endpoints.ts';
import { judgeMembers } from './members.ts';
import { judgeRaftLag } from './raft-lag.ts';
import { judgeVersions } from './versions.ts';

const findingsOf = (verdict: Verdict): readonly Finding[] =>
  verdict.state === 'judged' ? verdict.findings : assert.fail('nothing was judged');

const [one, two, three] = [wellMember(1), wellMember(2), wellMember(3)];
const silent = (of: SurveyedMember): SurveyedMember => ({
  ...of,
  answer: { state: 'silent', problem: 'connection refused' },
  metrics: undefined,
  clock: undefined,
});

test('a cluster that is well has no findings, and every check says what it saw', () => {
  const metrics = [
    'etcd_debugging_mvcc_compact_revision 890',
    'etcd_debugging_mvcc_db_compaction_last 940',
    'process_start_time_seconds 900',
    'etcd_server_leader_changes_seen_total 2',
    'concord_archive_last_mark_timestamp_seconds 950',
    'concord_archive_gaps_total 0',
  ].join('\n');
  const survey = wellSurvey({
    members: [1, 2, 3].map((number) => wellMember(number, { metrics })),
  });
  for (const judge of [
    judgeMembers,
    judgeRaftLag,
    judgeAlarms,
    judgeDatabase,
    judgeCompaction,
    judgeVersions,
    judgeClocks,
    judgeDisks,
    judgeArchives,
  ]) {
    const verdict = judge(survey);
    assert.deepEqual(findingsOf(verdict), [], judge.name);
    assert.notEqual(verdict.state === 'judged' && verdict.summary, '');
  }
});

test('a member that does not answer is named with its URL and why', () => {
  const verdict = judgeMembers(wellSurvey({ members: [one, two, silent(three)] }));
  const [finding, ...more] = findingsOf(verdict);
  assert.deepEqual(more, []);
  assert.equal(finding?.severity, 'problem');
  assert.equal(finding.subject, 'm3');
  assert.equal(finding.what, 'it does not answer at http://10.0.0.3:2379: connection refused');
  assert.equal(verdict.state === 'judged' && verdict.summary, '2 of 3 members answer, m1 leads');
});

test('without a majority, the way back that loses nothing comes first', () => {
  const leaderless = wellMember(1, { status: { leaderId: 0n } });
  const survey = wellSurvey({ members: [leaderless, silent(two), silent(three)] });
  const finding = findingsOf(judgeMembers(survey)).find(({ what }) =>
    what.includes('majority, and'),
  );
  assert.equal(
    finding?.what,
    '1 of 3 voting members answer: there is no majority, and nothing can be written',
  );
  assert.match(finding.advice ?? '', /^Bring members back first/);
  assert.equal(
    finding.commands[0],
    'concordctl --endpoints http://10.0.0.1:2379 snapshot save backup.db',
  );
});

test('a member without a leader among others that have one is cut off', () => {
  const lost = wellMember(2, { status: { leaderId: 0n } });
  const [finding] = findingsOf(judgeMembers(wellSurvey({ members: [one, lost, three] })));
  assert.equal(finding?.subject, 'm2');
  assert.match(finding.what, /cut off/);
  assert.deepEqual(finding.commands, [
    'curl -m 2 http://10.0.0.1:2380/version',
    'curl -m 2 http://10.0.0.3:2380/version',
  ]);
});

test('members that were added and not started, even numbers and learners that caught up are warned of', () => {
  const waiting: SurveyedMember = {
    ...three,
    member: { ...three.member, name: '', clientUrls: [] },
    url: undefined,
    answer: { state: 'not-started' },
  };
  const learner = wellMember(4);
  const learning = { ...learner, member: { ...learner.member, isLearner: true } };
  const findings = findingsOf(judgeMembers(wellSurvey({ members: [one, two, waiting, learning] })));
  assert.deepEqual(
    findings.map(({ severity, subject }) => [severity, subject]),
    [
      ['warning', 'http://10.0.0.3:2380'],
      ['warning', 'm4'],
    ],
  );
  assert.deepEqual(findings[1]?.commands, ['concordctl member promote 4']);
  const [even] = findingsOf(judgeMembers(wellSurvey({ members: [one, two] })));
  assert.match(even?.what ?? '', /^2 members vote \(m1 and m2\)/);
});

test('a member that lags is told from one that does not apply what it has', () => {
  const unheard = wellMember(2, { status: { raftIndex: 8_000, raftAppliedIndex: 8_000 } });
  const idle = wellMember(3, { status: { raftIndex: 10_000, raftAppliedIndex: 1_000 } });
  const ahead = wellMember(1, { status: { raftIndex: 10_000, raftAppliedIndex: 10_000 } });
  const findings = findingsOf(judgeRaftLag(wellSurvey({ members: [ahead, unheard, idle] })));
  assert.deepEqual(
    findings.map(({ severity, subject }) => [severity, subject]),
    [
      ['warning', 'm2'],
      ['problem', 'm3'],
    ],
  );
  assert.match(findings[0]?.what ?? '', /2000 entries behind; it does not get them/);
  assert.match(findings[1]?.what ?? '', /9000 of them it has and has not applied/);
});

test('leaders that change more than ten times an hour are a finding', () => {
  const at = (count: number) =>
    wellSurvey({
      atMs: 7_200_000,
      members: [
        wellMember(1, {
          metrics: `process_start_time_seconds 0\netcd_server_leader_changes_seen_total ${count}`,
        }),
      ],
    });
  assert.deepEqual(findingsOf(judgeRaftLag(at(20))), []);
  assert.match(findingsOf(judgeRaftLag(at(21)))[0]?.what ?? '', /21 changes of the leader in 2 h/);
});

test('an alarm of space is answered by compaction, defragmentation and disarming, in this order', () => {
  const [finding] = findingsOf(
    judgeAlarms(wellSurvey({ alarms: [{ memberId: 2n, kind: 'nospace' }] })),
  );
  assert.equal(finding?.subject, 'm2');
  assert.deepEqual(finding.commands, [
    'concordctl compaction 900',
    'concordctl defrag --cluster',
    'concordctl alarm disarm',
  ]);
});

test('a corrupt member is to be replaced, and alarms nobody tells of are not called none', () => {
  const [finding] = findingsOf(
    judgeAlarms(wellSurvey({ alarms: [{ memberId: 3n, kind: 'corrupt' }] })),
  );
  assert.ok(finding?.commands.includes('concordctl member remove 3'));
  assert.equal(judgeAlarms(wellSurvey({ alarms: undefined })).state, 'skipped');
});

test('a database near its quota is a warning and then a problem, and free pages are told from data', () => {
  const filled = (bytes: number, used: number) =>
    findingsOf(
      judgeDatabase(
        wellSurvey({
          members: [
            wellMember(1, {
              status: { databaseBytes: bytes, databaseBytesInUse: used, quotaBytes: 1000 },
            }),
          ],
        }),
      ),
    )[0];
  assert.equal(filled(799, 700), undefined);
  assert.equal(filled(800, 790)?.severity, 'warning');
  assert.deepEqual(filled(960, 950)?.commands, [
    'concordctl compaction 900',
    'concordctl --endpoints http://10.0.0.1:2379 defrag',
  ]);
  assert.equal(filled(960, 950)?.severity, 'problem');
  assert.deepEqual(filled(960, 100)?.commands, [
    'concordctl --endpoints http://10.0.0.1:2379 defrag',
  ]);
  const gigabyte = 1024 ** 3;
  const loose = wellMember(1, {
    status: { databaseBytes: gigabyte, databaseBytesInUse: gigabyte / 4, quotaBytes: 0 },
  });
  assert.match(
    findingsOf(judgeDatabase(wellSurvey({ members: [loose] })))[0]?.what ?? '',
    /^805 MB of its database of 1.1 GB are free pages/,
  );
});

test('a history that nobody compacts is a finding once it is long', () => {
  const kept = (revision: number, last: number) =>
    judgeCompaction(
      wellSurvey({
        atMs: 500_000_000,
        members: [
          wellMember(1, {
            status: { revision },
            metrics: `etcd_debugging_mvcc_compact_revision -1\netcd_debugging_mvcc_db_compaction_last ${last}`,
          }),
        ],
      }),
    );
  assert.deepEqual(findingsOf(kept(900_000, 0)), []);
  assert.deepEqual(findingsOf(kept(2_000_000, 499_000)), []);
  const [finding] = findingsOf(kept(2_000_000, 0));
  assert.match(finding?.what ?? '', /2000000 revisions are kept .*none since its start/);
  assert.equal(finding?.commands[0], 'concordctl compaction 1999000');
  assert.equal(judgeCompaction(wellSurvey()).state, 'skipped');
});

test('releases a minor version apart are a warning, further apart a problem, and Concord is told from etcd', () => {
  const etcd = (number: number, version: string) =>
    wellMember(number, { status: { version }, concordVersion: undefined });
  const near = findingsOf(
    judgeVersions(wellSurvey({ members: [etcd(1, '3.5.9'), etcd(2, '3.6.1')] })),
  );
  assert.equal(near[0]?.severity, 'warning');
  assert.match(near[0].what, /m1 etcd 3\.5\.9 and m2 etcd 3\.6\.1$/);
  const far = findingsOf(
    judgeVersions(wellSurvey({ members: [etcd(1, '3.4.23'), etcd(2, '3.6.1')] })),
  );
  assert.equal(far[0]?.severity, 'problem');
});

test('clocks are apart only by what the second of a date cannot explain', () => {
  const clocked = (dateMs: number) => ({
    ...two,
    clock: { dateMs, sentAtMs: 10_400, answeredAtMs: 10_410 },
  });
  assert.deepEqual(findingsOf(judgeClocks(wellSurvey({ members: [clocked(10_000)] }))), []);
  // Somewhere within a second of it: half a second apart at the least.
  assert.deepEqual(findingsOf(judgeClocks(wellSurvey({ members: [clocked(11_000)] }))), []);
  const [ahead] = findingsOf(judgeClocks(wellSurvey({ members: [clocked(15_000)] })));
  assert.match(ahead?.what ?? '', /that of this machine are at least 4\.6 s apart/);
  const [behind] = findingsOf(judgeClocks(wellSurvey({ members: [clocked(-90_000)] })));
  assert.equal(behind?.severity, 'problem');
  assert.equal(judgeClocks(wellSurvey({ members: [silent(one)] })).state, 'skipped');
});

test('slow syncs count once there are enough of them', () => {
  const synced = (fast: number, slow: number) =>
    findingsOf(
      judgeDisks(
        wellSurvey({
          members: [
            wellMember(1, {
              metrics: [
                `etcd_disk_wal_fsync_duration_seconds_bucket{le="0.008"} ${fast}`,
                `etcd_disk_wal_fsync_duration_seconds_bucket{le="0.064"} ${fast + slow}`,
                `etcd_disk_wal_fsync_duration_seconds_bucket{le="0.512"} ${fast + slow}`,
              ].join('\n'),
            }),
          ],
        }),
      ),
    );
  assert.deepEqual(synced(1_000, 0), []);
  assert.deepEqual(synced(10, 50), []);
  assert.match(synced(500, 500)[0]?.what ?? '', /^1 of 100 syncs of its log takes over 63 ms/);
  assert.equal(synced(500, 500)[0]?.severity, 'warning');
});

test('a member that runs out of files is a finding', () => {
  const metrics = 'process_open_fds 970\nprocess_max_fds 1000';
  const [finding] = findingsOf(judgeDisks(wellSurvey({ members: [wellMember(1, { metrics })] })));
  assert.equal(finding?.severity, 'problem');
  assert.match(finding.what, /970 files and connections open of the 1000/);
});

test('an archive that stands still is a problem, one with a gap a warning, and none is no finding', () => {
  const archiving = (lastMark: number, waiting: number, gaps: number) =>
    judgeArchives(
      wellSurvey({
        members: [
          wellMember(1, {
            metrics: [
              `concord_archive_last_mark_timestamp_seconds ${lastMark}`,
              `concord_archive_waiting_segments ${waiting}`,
              'concord_archive_failures_total 700',
              `concord_archive_gaps_total ${gaps}`,
            ].join('\n'),
          }),
          two,
        ],
      }),
    );
  const well = archiving(880, 0, 0);
  assert.deepEqual(findingsOf(well), []);
  assert.equal(
    well.state === 'judged' && well.summary,
    '1 member with an archive, the last mark 2 min ago',
  );
  const [still] = findingsOf(archiving(300, 3, 0));
  assert.deepEqual([still?.severity, still?.subject], ['problem', 'm1']);
  assert.match(
    still?.what ?? '',
    /for 12 min \(700 attempts failed\): .* 3 of at most 16 segments wait$/,
  );
  const [gap, ...more] = findingsOf(archiving(999, 0, 1));
  assert.deepEqual([gap?.severity, more], ['warning', []]);
  assert.match(gap?.what ?? '', /^1 gap came into the archive/);
  assert.equal(judgeArchives(wellSurvey()).state, 'skipped');
});

test('endpoints of two clusters, silent ones and removed members are told apart', () => {
  const answered = (endpoint: string, clusterId: bigint, memberId: bigint) =>
    ({ endpoint, answer: { state: 'answered', clusterId, memberId } }) as const;
  const verdict = judgeEndpoints(
    [
      answered('a:1', 77n, 1n),
      answered('b:1', 78n, 1n),
      answered('c:1', 77n, 9n),
      { endpoint: 'd:1', answer: { state: 'silent', problem: 'connection refused' } },
    ],
    wellSurvey(),
  );
  assert.deepEqual(
    findingsOf(verdict).map(({ subject }) => subject),
    ['d:1', '--endpoints', 'c:1'],
  );
  assert.match(
    findingsOf(verdict)[1]?.what ?? '',
    /a:1 and c:1 \(cluster 4d\); b:1 \(cluster 4e\)/,
  );
});
