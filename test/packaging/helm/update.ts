/**
 * Writes what is made of the chart's values anew: README.md, values.schema.json, its copies of the monitoring files, and
 * `rendered/`, for which it builds Helm where there is none.
 *
 * Usage: npm run chart      read the difference before you commit it
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CASES } from './cases.ts';
import { madeFiles } from './chart-files.ts';
import { Helm } from './helm-program.ts';
import { renderedFile } from './rendered.ts';

for (const [path, content] of madeFiles()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const helm = await Helm.find();
if (!(helm instanceof Helm)) throw new Error(helm.reason);
for (const each of CASES) {
  const { status, output, errors } = await helm.template(each);
  if (status !== 0) throw new Error(`${each.name}: ${errors}`);
  mkdirSync(dirname(renderedFile(each.name)), { recursive: true });
  writeFileSync(renderedFile(each.name), output);
}
