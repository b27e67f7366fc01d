/**
 * Turns bits in the files of stopped members, one at a time, starts each and says what became of it. Sound is what was
 * written, what the log brings back, or a refusal that names the file and the remedy; anything else is a failure.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeSubjects, type Subject } from './subject.ts';
import type { TrialOutcome } from './trial.ts';
import type { Flip } from './victim.ts';

export const verdicts = [
  /** Nothing has changed: the byte is in no use, or the change is made good by what is beside it. */
  'harmless',
  /** The store was of an earlier moment, and the log brought back the rest. */
  'recovered',
  /** The last record of a log that was not closed was taken for an interrupted write. */
  'repaired',
  'refused',
  'UNDIAGNOSED',
  'SILENTLY DIFFERENT',
  'CRASHED',
  'HUNG',
] as const;
export type Verdict = (typeof verdicts)[number];

export const isFailure = (verdict: Verdict): boolean => verdict === verdict.toUpperCase();

export interface CampaignOptions {
  /** An empty directory, best in memory. */
  readonly root: string;
  readonly shards: number;
  /** How many flips a file gets at most, at random places; `undefined` for one of each byte. */
  readonly sample: number | undefined;
  /** Whether each byte gets all of its bits. */
  readonly isEveryBit: boolean;
  readonly seed: number;
  /** Takes only what it says yes to. */
  readonly only: (subject: string, file: string) => boolean;
  readonly log: (line: string) => void;
}

export interface Failure {
  readonly subject: string;
  readonly file: string;
  readonly offset: number;
  readonly bit: number;
  readonly verdict: Verdict;
  readonly outcome: TrialOutcome | undefined;
}

export interface CampaignReport {
  readonly tried: number;
  /** By subject and file. */
  readonly counts: ReadonlyMap<string, Readonly<Record<Verdict, number>>>;
  readonly failures: readonly Failure[];
}

interface Task extends Flip {
  readonly subject: Subject;
}

const progressMilliseconds = 10_000;
/** For a file that is the same, or plays the same part, in another member. */
const sampledFlips = 1000;
/** A start of these members takes some milliseconds. */
const hangMilliseconds = 60_000;
/** A process that has opened so many environments makes room for a fresh one. */
const trialsMax = 1000;

export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const subjects = await makeSubjects(join(options.root, 'subjects'));
  const tasks = subjects.flatMap((subject) => [...flipsOf(subject, options)]);
  const counts = new Map<string, Record<Verdict, number>>();
  const failures: Failure[] = [];
  let next = 0;
  let tried = 0;
  const take = (): Task | undefined => tasks[next++];
  const judge = (task: Task, outcome: TrialOutcome | 'crashed' | 'hung'): void => {
    const verdict = verdictOf(task, outcome);
    const { subject, file, offset, bit } = task;
    const name = `${subject.name}:${file}`;
    const row = counts.get(name) ?? noCounts();
    row[verdict]++;
    counts.set(name, row);
    tried++;
    if (!isFailure(verdict)) return;
    const seen = typeof outcome === 'string' ? undefined : outcome;
    failures.push({ subject: subject.name, file, offset, bit, verdict, outcome: seen });
    options.log(`${verdict}: ${name}:${offset}.${bit} ${JSON.stringify(seen ?? '')}`);
  };
  const progress = setInterval(() => {
    options.log(`${tried} of ${tasks.length} flips, ${failures.length} failures`);
  }, progressMilliseconds);
  try {
    const shards = Array.from({ length: options.shards }, (_, i) =>
      runShard(join(options.root, `shard-${i}`), take, judge),
    );
    await Promise.all(shards);
  } finally {
    clearInterval(progress);
  }
  return { tried, counts, failures };
}

/** Tries what it takes in a process of its own, and begins another one when that has gone down. */
async function runShard(
  scratch: string,
  take: () => Task | undefined,
  judge: (task: Task, outcome: TrialOutcome | 'crashed' | 'hung') => void,
): Promise<void> {
  mkdirSync(scratch, { recursive: true });
  let child = startVictim(scratch);
  let trials = 0;
  const beginAnew = (): void => {
    child.kill('SIGKILL');
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch);
    child = startVictim(scratch);
    trials = 0;
  };
  for (let task = take(); task !== undefined; task = take()) {
    if (++trials > trialsMax) beginAnew();
    let outcome = await ask(child, task);
    if (typeof outcome === 'string') {
      // A process that has opened thousands of environments may end by itself: what counts is a fresh one.
      beginAnew();
      outcome = await ask(child, task);
      if (typeof outcome === 'string') beginAnew();
    }
    judge(task, outcome);
  }
  child.kill();
}

function ask(child: ChildProcess, task: Task): Promise<TrialOutcome | 'crashed' | 'hung'> {
  const { path, file, offset, bit } = task;
  return new Promise<TrialOutcome | 'crashed' | 'hung'>((resolve) => {
    const timer = setTimeout(() => resolve('hung'), hangMilliseconds);
    const end = (outcome: TrialOutcome | 'crashed'): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.once('message', (message) => end(message as TrialOutcome));
    child.once('exit', () => end('crashed'));
    child.send({ path, file, offset, bit } satisfies Flip);
  }).finally(() => child.removeAllListeners());
}

function startVictim(scratch: string): ChildProcess {
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--test'));
  return fork(new URL('victim.ts', import.meta.url), [scratch], {
    execArgv: flags,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

export function verdictOf(
  { subject, file }: Pick<Task, 'subject' | 'file'>,
  outcome: TrialOutcome | 'crashed' | 'hung',
): Verdict {
  if (outcome === 'crashed') return 'CRASHED';
  if (outcome === 'hung') return 'HUNG';
  if (outcome.kind === 'refused') return outcome.hasDiagnosis ? 'refused' : 'UNDIAGNOSED';
  if (outcome.content === subject.content)
    return outcome.entries > subject.entriesToReplay ? 'recovered' : 'harmless';
  const isEndOfLog = file === subject.lastSegment && outcome.content === subject.contentBeforeLast;
  return isEndOfLog ? 'repaired' : 'SILENTLY DIFFERENT';
}

function* flipsOf(
  subject: Subject,
  { sample, isEveryBit, seed, only }: CampaignOptions,
): Generator<Task, void> {
  for (const file of subject.files) {
    if (!only(subject.name, file)) continue;
    const { path } = subject;
    const bytes = statSync(join(path, file)).size;
    const most = Math.min(sample ?? Infinity, subject.sampled.test(file) ? sampledFlips : Infinity);
    if (most < bytes) {
      let state = seed;
      for (let i = 0; i < most; i++) {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        yield { subject, path, file, offset: state % bytes, bit: (state >> 20) % 8 };
      }
      continue;
    }
    for (let offset = 0; offset < bytes; offset++) {
      if (!isEveryBit) yield { subject, path, file, offset, bit: (offset * 5 + seed) % 8 };
      else for (let bit = 0; bit < 8; bit++) yield { subject, path, file, offset, bit };
    }
  }
}

const noCounts = (): Record<Verdict, number> =>
  Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
