import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckReport } from './examination.ts';
import type { Finding } from './finding.ts';
import { isWell, reportDocument, reportText } from './report.ts';

const finding = (severity: Finding['severity']): Finding => ({
  severity,
  subject: 'm2',
  what: 'it is tired',
  advice: 'Let it sleep',
  commands: ['sleep 1'],
});
const report = (check: string, ...findings: readonly Finding[]): CheckReport => ({
  check,
  verdict: { state: 'judged', summary: 'looked', findings },
});
const unlooked: CheckReport = { check: 'clocks', verdict: { state: 'skipped', why: 'no clock' } };

test('a cluster that is well has one line a check and says so', () => {
  const text = reportText([report('members'), unlooked]);
  assert.equal(text, 'ok       members  looked\nskipped  clocks   no clock\n\nAll is well.\n');
  assert.equal(isWell([report('members'), unlooked], true), true);
});

test('what is wrong stands below its check with what to type, and is counted at the end', () => {
  const text = reportText([report('members', finding('warning'), finding('problem'))]);
  assert.deepEqual(text.split('\n'), [
    'problem  members  looked',
    '         warning: m2: it is tired.',
    '           Let it sleep.',
    '           $ sleep 1',
    '         problem: m2: it is tired.',
    '           Let it sleep.',
    '           $ sleep 1',
    '',
    '1 problem, 1 warning.',
    '',
  ]);
});

test('warnings are wrong only to who is strict', () => {
  const reports = [report('members', finding('warning'))];
  assert.equal(isWell(reports, false), true);
  assert.equal(isWell(reports, true), false);
  assert.equal(isWell([report('members', finding('problem'))], false), false);
  const document = reportDocument(reports, false);
  assert.equal(document.well, true);
  assert.deepEqual(document.checks, [{ check: 'members', state: 'warning', seen: 'looked' }]);
  assert.equal(document.findings[0]?.check, 'members');
});
