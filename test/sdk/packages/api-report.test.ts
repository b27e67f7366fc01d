/** Goal: nobody changes what users see without seeing it. Method: each package's exports beside its kept report. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ApiReports, UPDATE_COMMAND, keptReport } from './api-report.ts';
import { PUBLISHED, build } from './published.ts';

let reports: ApiReports;

before(async () => {
  await build();
  reports = new ApiReports(PUBLISHED);
});

for (const name of PUBLISHED) {
  test(`packages/${name}/api.md says what the package exports`, () => {
    assert.ok(
      keptReport(name) === reports.of(name),
      `it says something else: if the change is meant, run "${UPDATE_COMMAND}" and read its diff`,
    );
  });
}

test('a report does not depend on what is reported along with it', () => {
  assert.equal(new ApiReports(['lock']).of('lock'), reports.of('lock'));
});
