/** What of the chart is made and not written: kept in the repository, so that a chart is installed as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../sdk/packages/published.ts';
import { chartReadme } from './chart-readme.ts';
import { chartSchema } from './chart-schema.ts';
import { CHART, readChartValues } from './chart-values.ts';

export const UPDATE_COMMAND = 'npm run chart';

/** By their paths. */
export function madeFiles(): ReadonlyMap<string, string> {
  const values = readChartValues();
  const monitoring = (name: string): [string, string] => [
    join(CHART, 'files', name),
    readFileSync(join(ROOT, 'packaging/monitoring', name), 'utf8'),
  ];
  return new Map([
    [join(CHART, 'README.md'), chartReadme(values)],
    [join(CHART, 'values.schema.json'), chartSchema(values)],
    monitoring('concord.rules.yaml'),
    monitoring('concord.dashboard.json'),
  ]);
}
