/**
 * `npm run bench`: measures Concord and, where present, etcd in turn on this machine, prints ratios and
 * writes them as JSON and SVG. `npm run bench -- --help` says what can be chosen.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCampaign } from './campaign.ts';
import { measureCapacity } from './generator-process.ts';
import { USAGE, parseOptions } from './options.ts';
import type { BenchOptions } from './options.ts';
import { plotReport } from './plot.ts';
import { formatReport, summarize } from './report.ts';

const LOCAL_RESULTS = fileURLToPath(new URL('results/local/', import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

async function main(options: BenchOptions): Promise<void> {
  if (options.help) process.stdout.write(USAGE);
  else if (options.capacity) await reportCapacity(options);
  else await reportServers(options);
}

async function reportCapacity({ callers, seconds, generatorCpu }: BenchOptions): Promise<void> {
  for (const count of callers) {
    const found = await measureCapacity(count, seconds, generatorCpu);
    const perSecond = Math.round(found.operationsPerSecond).toLocaleString('en');
    const own = found.generatorCpuMicroseconds.toFixed(2);
    const peer = found.serverCpuMicroseconds.toFixed(2);
    console.log(
      `${count} callers: ${perSecond} calls/s; CPU a call: generator ${own} us, responder ${peer} us`,
    );
  }
}

async function reportServers(options: BenchOptions): Promise<void> {
  const date = new Date();
  const findings = await runCampaign(options, (line) => console.error(line));
  const report = summarize(date, options, findings);
  const stem = options.out ?? `${LOCAL_RESULTS}${report.date.slice(0, 16).replace(':', '')}`;
  mkdirSync(dirname(stem), { recursive: true });
  writeFileSync(`${stem}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${stem}.svg`, plotReport(report));
  console.log(formatReport(report));
  console.log(`written to ${relative(process.cwd(), stem)}.json and .svg`);
}

try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
