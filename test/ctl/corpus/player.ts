/** Plays a script with a program, and says what came of each step. */
import { Normaliser, type Recorded } from './normaliser.ts';
import { wordsOf, type Script, type Step } from './script.ts';
import type { TestedServer } from '../harness/member-process.ts';
import type { Outcome, RunningProgram, StartProgram } from '../harness/running-program.ts';

export interface Programs {
  readonly start: StartProgram;
  /** For steps that say so. */
  readonly startProcess: StartProgram;
}

export async function play(
  { steps }: Script,
  { endpoint, peer }: TestedServer,
  programs: Programs,
): Promise<readonly Recorded[]> {
  const normaliser = new Normaliser();
  normaliser.learn(endpoint, 'endpoint');
  normaliser.learn(peer, 'peer');
  const known = new Map<string, string>([
    ['ENDPOINT', endpoint],
    ['PEER', peer],
  ]);
  await learnIds(endpoint, programs, normaliser, known);
  const recorded: Recorded[] = [];
  const beside = new Map<string, () => Promise<void>>();
  for (const one of steps) {
    if (one.after !== undefined) await beside.get(one.after)?.();
    const running = begin(one, endpoint, known, programs);
    const at = recorded.push({ line: one.line, exitCode: -1, stdout: '' }) - 1;
    const finish = async (): Promise<void> => {
      const outcome = await ended(one, running);
      learnFrom(one, outcome, normaliser, known);
      recorded[at] = normaliser.recorded(one, outcome);
    };
    if (one.beside === undefined) {
      await finish();
    } else {
      await running.lines(one.untilLines ?? 0);
      beside.set(one.beside, finish);
    }
  }
  return recorded;
}

function begin(
  { line, stdin, environment, untilLines, isProcess }: Step,
  endpoint: string,
  known: ReadonlyMap<string, string>,
  { start, startProcess }: Programs,
): RunningProgram {
  const surroundings = Object.entries({
    PATH: process.env['PATH'],
    ETCDCTL_ENDPOINTS: endpoint,
    ...environment,
  }).filter(([, text]) => text !== '');
  const begun = (isProcess === true ? startProcess : start)(
    wordsOf(line, known),
    Object.fromEntries(surroundings),
  );
  if (stdin !== undefined) begun.write(stdin);
  if (untilLines === undefined) begun.endStdin();
  return begun;
}

async function ended({ untilLines, end }: Step, running: RunningProgram): Promise<Outcome> {
  if (untilLines !== undefined) await running.lines(untilLines);
  if (end === 'interrupt') running.interrupt();
  running.endStdin();
  return running.outcome;
}

function learnFrom(
  { learn = {} }: Step,
  { stdout }: Outcome,
  normaliser: Normaliser,
  known: Map<string, string>,
): void {
  for (const [name, pattern] of Object.entries(learn)) {
    const found = pattern.exec(stdout.toString())?.[1];
    if (found === undefined) throw new Error(`${name} was not found in: ${stdout.toString()}`);
    known.set(name, found);
    normaliser.learnId(BigInt(`0x${found}`), name.toLowerCase());
  }
}

async function learnIds(
  endpoint: string,
  { start }: Programs,
  normaliser: Normaliser,
  known: Map<string, string>,
): Promise<void> {
  const words = ['endpoint', 'status', '-w', 'json', '--endpoints', endpoint];
  const running = start(words, { PATH: process.env['PATH'] });
  running.endStdin();
  const { stdout } = await running.outcome;
  const idOf = (name: string): bigint =>
    BigInt(new RegExp(`"${name}":(\\d+)`).exec(stdout.toString())?.[1] ?? 0);
  normaliser.learnId(idOf('cluster_id'), 'cluster');
  normaliser.learnId(idOf('member_id'), 'member');
  known.set('MEMBER', idOf('member_id').toString(16));
}
