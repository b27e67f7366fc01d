/**
 * The unit tests of a package in one process: a process for each file takes a third of a second before the first test,
 * and there are hundreds. For packages whose tests leave nothing behind. Started by `npm test`, which hears of each test
 * as it ends: `node test/run/package-tests.ts FILE ...`
 */
import { run } from 'node:test';
import { follow } from './test-stream.ts';

await follow(run({ files: process.argv.slice(2), isolation: 'none' }), {
  ended: (outcome) => process.send?.(outcome),
  lasted: () => undefined,
});
process.disconnect();
