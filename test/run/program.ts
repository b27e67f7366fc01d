/** Checks that are programs of their own. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { NOTHING, sum, type Outcome, type Report, type Tally } from './tally.ts';

export const CONDITIONS = '--conditions=@concord/source';

export interface ProgramOptions {
  /** Works when nobody else does: beside tests that keep time. */
  readonly isPatient?: boolean;
}

/** A program that is one check: it passes by ending with status 0. */
export async function program(
  report: Report,
  command: readonly string[],
  { isPatient = false }: ProgramOptions = {},
): Promise<Tally> {
  const child = spawn(process.execPath, [CONDITIONS, ...command], { stdio: 'inherit' });
  if (isPatient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status === 0) return { ...NOTHING, passed: 1 };
  return report.take({
    kind: 'failed',
    name: command.join(' '),
    file: command[0] ?? '',
    cause: `status ${status}`,
  });
}

/** A package's unit tests in one process. It is ended when it takes longer than `timeoutMs`, which counts as a failure. */
export async function packageTests(
  report: Report,
  name: string,
  files: readonly string[],
  timeoutMs: number,
): Promise<Tally> {
  const startedMs = performance.now();
  const tallies: Tally[] = [];
  const child = fork(join(import.meta.dirname, 'package-tests.ts'), files, {
    execArgv: [CONDITIONS],
    timeout: timeoutMs,
  });
  child.on('message', (outcome: Outcome) => tallies.push(report.take(outcome)));
  // What it said last may be read after its end.
  const [[status, signal]] = (await Promise.all([
    once(child, 'exit'),
    once(child, 'disconnect'),
  ])) as [[number | null, string | null], unknown];
  report.lasted(name, performance.now() - startedMs);
  const hasFailed = tallies.some(({ failed }) => failed > 0);
  if (status !== 0 && !hasFailed) {
    const cause = `its tests ended with ${signal ?? `status ${status}`}`;
    tallies.push(report.take({ kind: 'failed', name, file: name, cause }));
  }
  return sum(tallies);
}
