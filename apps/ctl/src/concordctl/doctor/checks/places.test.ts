import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wellSurvey } from '../../survey/survey.fixture.ts';
import type { Finding, Verdict } from '../finding.ts';
import { judgeCertificates, type SeenCertificate } from './certificates.ts';
import { judgeDirectories, type SeenDirectory } from './data-directory.ts';

const findingsOf = (verdict: Verdict): readonly Finding[] =>
  verdict.state === 'judged' ? verdict.findings : assert.fail('nothing was judged');

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);

const certificate = (change: Partial<SeenCertificate> = {}): SeenCertificate => ({
  place: 'https://10.0.0.1:2379',
  use: 'client URL',
  name: 'CN=m1',
  validFromMs: NOW - 10 * DAY,
  validToMs: NOW + 90 * DAY,
  ...change,
});

const judgedOne = (change: Partial<SeenCertificate>): Finding | undefined =>
  findingsOf(judgeCertificates({ certificates: [certificate(change)], missing: [] }, NOW))[0];

test('a certificate is fine until thirty days before its end, then a warning, a week before a problem', () => {
  assert.equal(judgedOne({}), undefined);
  assert.equal(judgedOne({ validToMs: NOW + 20 * DAY })?.severity, 'warning');
  const soon = judgedOne({ validToMs: NOW + 5.5 * DAY });
  assert.equal(soon?.severity, 'problem');
  assert.equal(soon.what, 'the certificate of CN=m1 expires in 5 days, on 2026-06-06');
  assert.match(judgedOne({ validToMs: NOW - 1 })?.what ?? '', /expired on 2026-05-31/);
  assert.match(judgedOne({ validFromMs: NOW + DAY })?.what ?? '', /is valid from/);
});

test('wrong names, unknown issuers and foreign keys are three different problems', () => {
  assert.match(judgedOne({ hostProblem: 'it is for a.example' })?.what ?? '', /not for the name/);
  assert.match(judgedOne({ chainProblem: 'unable to verify' })?.what ?? '', /not trusted/);
  const key = judgedOne({ place: 'c.pem', use: '--cert', keyProblem: 'it is that of another' });
  assert.match(key?.what ?? '', /private key does not go with/);
  assert.deepEqual(key?.commands, [
    'openssl x509 -in c.pem -noout -dates -subject -ext subjectAltName',
  ]);
});

test('without TLS there is nothing to judge, and a place without its certificate is a problem', () => {
  assert.equal(judgeCertificates({ certificates: [], missing: [] }, NOW).state, 'skipped');
  const missing = [{ place: 'c.pem', use: '--cert', problem: 'no such file' } as const];
  assert.equal(findingsOf(judgeCertificates({ certificates: [], missing }, NOW)).length, 1);
});

const directory = (change: Partial<SeenDirectory> = {}): SeenDirectory => ({
  path: '/data',
  content: { kind: 'concord', use: 'locked', clusterId: 77n, memberId: 1n },
  mode: 0o700,
  freeBytes: 80e9,
  totalBytes: 100e9,
  ...change,
});

const inspected = (change: Partial<SeenDirectory>): readonly Finding[] =>
  findingsOf(judgeDirectories([directory(change)], wellSurvey()));

test('a directory in use by a member of the cluster is well', () => {
  assert.deepEqual(inspected({}), []);
  assert.equal(judgeDirectories([], undefined).state, 'skipped');
});

test('open permissions, little room and damage are told with what to type', () => {
  assert.deepEqual(inspected({ mode: 0o755 })[0]?.commands, ['chmod -R go= /data/member']);
  assert.equal(inspected({ freeBytes: 10e9 })[0]?.severity, 'warning');
  assert.equal(inspected({ freeBytes: 1e9 })[0]?.severity, 'problem');
  const damage = { what: 'segment 3 is damaged at 120', remedy: 'Replace the member.' };
  const [finding] = inspected({ content: { kind: 'concord', use: 'free', damage } });
  assert.equal(finding?.what, damage.what);
  assert.equal(finding.advice, damage.remedy);
});

test('a directory of another cluster, and of a removed member, is found out', () => {
  const of = (clusterId: bigint, memberId: bigint) =>
    inspected({ content: { kind: 'concord', use: 'free', clusterId, memberId } })[0]?.what ?? '';
  assert.match(of(78n, 1n), /it is of cluster 4e, and the endpoints are of cluster 4d/);
  assert.match(of(77n, 9n), /it is of member 9, which was removed/);
});

test('a directory that is missing, empty or of something else is none', () => {
  for (const kind of ['missing', 'empty', 'foreign'] as const) {
    assert.equal(inspected({ content: { kind } })[0]?.severity, 'problem', kind);
  }
});
