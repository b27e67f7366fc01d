/** Writes each package's `api.md` anew: to be run, and its diff to be read, after a change of what a package exports. */
import { writeFileSync } from 'node:fs';
import { ApiReports, reportFile } from './api-report.ts';
import { PUBLISHED, build } from './published.ts';

await build();
const reports = new ApiReports(PUBLISHED);
for (const name of PUBLISHED) writeFileSync(reportFile(name), reports.of(name));
