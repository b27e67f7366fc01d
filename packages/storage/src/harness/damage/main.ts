/**
 * `npm run damage -- [--shards N] [--sample N] [--bits all] [--seed N] [--only SUBJECT:FILE]`: turns a bit of every byte
 * of a member's files and checks that a start has what was written, or says what is wrong (README.md).
 */
import { mkdtempSync, existsSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign, verdicts, type CampaignReport } from './campaign.ts';

const { values } = parseArgs({
  options: {
    shards: { type: 'string', default: String(availableParallelism()) },
    sample: { type: 'string' },
    bits: { type: 'string', default: 'one' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});

function print({ tried, counts, failures }: CampaignReport, seconds: number): void {
  const shown = verdicts.filter((verdict) => [...counts.values()].some((row) => row[verdict] > 0));
  const lines = [['file', ...shown]];
  for (const [name, row] of counts) lines.push([name, ...shown.map((v) => String(row[v]))]);
  const totals = shown.map((v) => [...counts.values()].reduce((sum, row) => sum + row[v], 0));
  lines.push(['all', ...totals.map(String)]);
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines)
    console.log(line.map((cell, i) => cell.padEnd(widths?.[i] ?? 0)).join('  '));
  console.log(`${tried} flips in ${seconds} s, ${failures.length} failures, seed ${values.seed}`);
}

// The system calls that make things durable cost nothing in memory.
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'concord-damage-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const started = performance.now();
const report = await runCampaign({
  root,
  shards: Number(values.shards),
  sample: values.sample === undefined ? undefined : Number(values.sample),
  isEveryBit: values.bits === 'all',
  seed: Number(values.seed),
  only: (subject, file) => `${subject}:${file}`.includes(values.only),
  log: (line) => console.log(line),
});
print(report, Math.round((performance.now() - started) / 1000));
if (report.failures.length > 0) process.exitCode = 1;
