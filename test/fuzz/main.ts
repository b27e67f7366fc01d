/**
 * `npm run fuzz`: inputs that nobody would send, to everything that reads what others have written. README.md says what
 * holds for each target.
 *
 * Usage: npm run fuzz [-- --target NAME[,NAME]] [--seconds S] [--seed N] [--replay FILE]
 *
 * All targets in turn, an hour each, until one fails. Ctrl-C ends the present one and prints its figures.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FuzzFailure, runCampaign, type CampaignReport } from './campaign.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: Object.keys(targets).join(',') },
    seconds: { type: 'string', default: '3600' },
    seed: { type: 'string' },
    replay: { type: 'string' },
  },
});

const names = values.target.split(',');
const unknown = names.filter((name) => targets[name] === undefined);
if (unknown.length > 0) {
  const known = Object.keys(targets).join(', ');
  console.error(`no target ${unknown.join(', ')}; there are ${known}`);
  process.exit(2);
}
const seed = Number(values.seed ?? randomInt(2 ** 31));
const seconds = Number(values.seconds);
if (!(seed >= 0 && seconds > 0)) {
  console.error(`--seed and --seconds are numbers; got ${values.seed ?? ''} and ${values.seconds}`);
  process.exit(2);
}

if (names.length === 1) await runOne(names[0]!);
else await runInTurn();
process.exit();

/** Each in a process of its own: what one leaves in memory is not held against the next. */
async function runInTurn(): Promise<void> {
  // Ctrl-C reaches the processes as well, and each ends by itself.
  const stopping = new AbortController();
  process.on('SIGINT', () => stopping.abort());
  for (const name of names) {
    if (stopping.signal.aborted) return;
    const own = ['--target', name, '--seed', String(seed), '--seconds', String(seconds)];
    const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, ...own], {
      stdio: 'inherit',
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    if (code === 0) continue;
    if (signal !== null) console.error(`FAILED: ${name}, seed ${seed}: ended by ${signal}`);
    process.exitCode = 1;
    return;
  }
}

async function runOne(target: string): Promise<void> {
  const stopping = new AbortController();
  process.on('SIGINT', () => stopping.abort());
  const input = values.replay === undefined ? undefined : readFileSync(values.replay);
  console.log(`${target}: seed ${seed}${input === undefined ? `, ${seconds} s` : ', one input'}`);
  try {
    const report = await runCampaign({
      target,
      seed,
      seconds,
      signal: stopping.signal,
      ...(input !== undefined && { input }),
    });
    console.log(`${target}: ${describe(report)}`);
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error;
    console.error(`FAILED: ${error.message}`);
    process.exitCode = 1;
  }
}

function describe({ inputs, outcomes, growthBytes }: CampaignReport): string {
  const counts = [...outcomes].sort(([, a], [, b]) => b - a);
  const growth = (growthBytes / 2 ** 20).toFixed(0);
  return `${inputs} inputs (${counts.map(([name, count]) => `${name} ${count}`).join(', ')}), memory +${growth} MiB`;
}
