/**
 * The differential run: as many random programs as make the number of calls asked for, each on a fresh pair
 * of servers. A mismatch ends the run, shrunk, with the command that replays it.
 */
import { concord, etcd } from '../harness/backend.ts';
import type { Backend } from '../harness/backend.ts';
import { isTlsWanted, type Guise } from '../harness/tls-tunnel.ts';
import type { Json } from './canonical.ts';
import { differences } from './differences.ts';
import { watchDifferences } from './watch-differences.ts';
import { AuthGenerator } from './auth-generator.ts';
import { authDifferences } from './auth-differences.ts';
import { Generator } from './generator.ts';
import { runLockstep } from './lockstep.ts';
import type { Mismatch } from './lockstep.ts';
import { shrink } from './shrink.ts';
import type { Language, Manner } from './side.ts';
import type { Program } from './step.ts';

export interface RunOptions {
  readonly seed: number;
  readonly calls: number;
  /** Steps of one program. Default 500: long enough to meet old states, short enough to shrink. */
  readonly programSteps?: number;
  /** Tell every kind of difference once and go on, rather than stop and shrink at the first. */
  readonly keepGoing?: boolean;
  /** Where a line of the report goes. */
  readonly print: (line: string) => void;
  /** Whom to compare with whom; by default real etcd and Concord. */
  readonly reference?: Backend | undefined;
  readonly subject?: Backend | undefined;
  /** Default: gRPC. */
  readonly language?: Language;
  /** Programs with users, roles and authentication on. Default: none. */
  readonly hasAuth?: boolean;
}

export type RunResult = 'equal' | 'different' | 'skipped';

const PROGRAM_STEPS = 500;

export async function runDifferential(options: RunOptions): Promise<RunResult> {
  const { print, calls, keepGoing = false, reference = etcd(), subject = concord() } = options;
  const { language = 'grpc', hasAuth = false } = options;
  if (reference === undefined || subject === undefined) {
    print(`differential run skipped: there is no ${reference === undefined ? 'etcd' : 'Concord'}`);
    return 'skipped';
  }
  const steps = Math.min(options.programSteps ?? PROGRAM_STEPS, calls);
  const natures = new Set<string>();
  const allowed = new Map<string, number>();
  let done = 0;
  for (let seed = options.seed; done < calls; seed++) {
    const program = (hasAuth ? new AuthGenerator(seed) : new Generator(seed)).program(steps);
    const manner = { language, guise: hasAuth ? guiseOf(seed, language) : {} };
    const result = await runLockstep(reference, subject, program, keepGoing ? Infinity : 1, manner);
    for (const [name, count] of result.allowed) allowed.set(name, (allowed.get(name) ?? 0) + count);
    done += result.steps;
    const [mismatch] = result.mismatches;
    if (keepGoing) {
      for (const each of result.mismatches.filter((one) => !natures.has(nature(one)))) {
        natures.add(nature(each));
        print(`seed ${seed}, step ${each.index}: ${show(each.step)} (${each.what})`);
        reportAnswers(reference, subject, each, print);
      }
    } else if (mismatch !== undefined) {
      print(`seed ${seed}: a difference at step ${mismatch.index} of ${steps}; shrinking`);
      await reportShortest({ reference, subject, manner }, program, mismatch, print);
      print(
        `replay: npm run conformance -- --differential --seed ${seed} --calls ${steps} --steps ${steps}${language === 'json' ? ' --json' : ''}${hasAuth ? ' --auth' : ''}${isTlsWanted() ? ' --tls' : ''}`,
      );
      return 'different';
    }
  }
  print(
    `${done} calls from seed ${options.seed} on: ${natures.size} kinds of unexplained difference`,
  );
  for (const [name, count] of allowed) {
    const reason = [...differences, ...authDifferences, ...watchDifferences].find(
      (entry) => entry.name === name,
    )?.reason;
    print(`  allowed ${count} times: ${name} (${reason ?? ''})`);
  }
  return natures.size === 0 ? 'equal' : 'different';
}

/**
 * With TLS, whoever sends no token is known by his certificate: as nobody without one, by one of no name, as a user from
 * the start, as one who comes and goes. The gateway refuses a certificate with a name.
 */
const GUISES: readonly Guise[] = [
  { hasCertificate: false },
  { name: '' },
  { name: 'alice' },
  { name: 'carol' },
];

function guiseOf(seed: number, language: Language): Guise {
  const guises = language === 'json' ? GUISES.slice(0, 2) : GUISES;
  return guises[seed % guises.length] as Guise;
}

async function reportShortest(
  { reference, subject, manner }: { reference: Backend; subject: Backend; manner: Manner },
  program: Program,
  first: Mismatch,
  print: (line: string) => void,
): Promise<void> {
  let mismatch = first;
  const shortest = await shrink(program.slice(0, first.index + 1), async (candidate) => {
    const [found] = (await runLockstep(reference, subject, candidate, 1, manner)).mismatches;
    if (found === undefined || nature(found) !== nature(first)) return false;
    mismatch = found;
    return true;
  });
  print('the shortest program found that still differs:');
  for (const step of shortest) print(`  ${show(step)}`);
  print(`at ${show(mismatch.step)} (${mismatch.what})`);
  reportAnswers(reference, subject, mismatch, print);
}

function reportAnswers(
  reference: Backend,
  subject: Backend,
  mismatch: Mismatch,
  print: (line: string) => void,
): void {
  print(`  ${reference.executable}: ${show(mismatch.reference)}`);
  print(`  against ${subject.name}: ${show(mismatch.subject)}`);
}

/** What makes two mismatches look like one fault: shrinking must not wander off to another. */
function nature({ what, step, reference, subject }: Mismatch): string {
  const method = step.kind === 'call' ? step.method : step.kind;
  const code = (answer: Json): Json =>
    typeof answer === 'object' && answer !== null && 'code' in answer
      ? (answer['code'] ?? null)
      : 0;
  return JSON.stringify([what, what === 'watch' ? '' : method, code(reference), code(subject)]);
}

const LINE_CHARACTERS_MAX = 4_000;

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, item: unknown) => {
    const buffer = item as { type?: string; data?: number[] } | null;
    if (buffer?.type !== 'Buffer' || buffer.data === undefined) return item;
    if (buffer.data.length > 100) return `<${buffer.data.length} bytes>`;
    return Buffer.from(buffer.data).toString('latin1');
  });
  return text.length > LINE_CHARACTERS_MAX ? `${text.slice(0, LINE_CHARACTERS_MAX)}…` : text;
}
