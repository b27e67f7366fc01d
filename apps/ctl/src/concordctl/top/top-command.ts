/** `concordctl top`. */
import type { ReadStream } from 'node:tty';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { jsonLine } from '../listing/listing.ts';
import { ClusterConnection } from '../survey/cluster-connection.ts';
import { askEndpoints, knownMembers, type SeenEndpoint } from '../survey/endpoints.ts';
import type { Survey } from '../survey/survey.ts';
import { ANSWER_MS_MAX, takeSurvey } from '../survey/take-survey.ts';
import { viewOf, type ClusterView } from './cluster-view.ts';
import { sortedBy } from './columns.ts';
import { LiveTop } from './live-top.ts';
import { draw } from './screen.ts';
import type { Terminal } from './terminal.ts';

/** Of lines in a file or a pipe, which nobody cuts. */
const PLAIN_WIDTH = 1_000;
const INTERVAL_MS_MIN = 100;

const flags = {
  interval: { kind: 'duration', short: 'i', default: 2_000, help: 'from one look to the next' },
  once: {
    kind: 'bool',
    default: false,
    help: 'print one view with the rates of one interval, and end',
  },
} satisfies Flags;

type TopInvocation = Invocation<typeof flags>;

export const topCommand: Command<typeof flags> = {
  usage: '[options]',
  description: `Shows members, leader, requests a second by method, latencies, watchers, keys, sizes and lag, anew every interval. Keys: q
quits, p pauses, the arrows choose the column that members are sorted by and turn the order round. Where stdout is no
terminal, a view is printed every interval; with --once, one. Numbers of this program's own questions are among them.`,
  flags,
  async run(invocation) {
    const { args, values } = invocation;
    if (args.length > 0) refuseArguments('top takes no arguments');
    if (values.interval < INTERVAL_MS_MIN) {
      throw new CommandError(
        `--interval: give at least ${INTERVAL_MS_MIN}ms`,
        exitCodes.badArguments,
      );
    }
    await using cluster = await ClusterConnection.open(invocation, ANSWER_MS_MAX);
    const { endpoints } = cluster;
    const take = async (signal: AbortSignal): Promise<Survey> => {
      const seen = await askEndpoints(cluster, endpoints, { answerMs: ANSWER_MS_MAX, signal });
      assertOneAnswers(seen);
      return takeSurvey(cluster, { signal, known: knownMembers(cluster, seen) });
    };
    const terminal = terminalOf(invocation);
    const isLive =
      terminal !== undefined && !values.once && invocation.presenter().format === 'simple';
    await (isLive ? live(invocation, terminal, take) : printed(invocation, take));
  },
};

function assertOneAnswers(seen: readonly SeenEndpoint[]): void {
  if (seen.some(({ answer }) => answer.state === 'answered')) return;
  const why = seen.map(({ endpoint, answer }) =>
    answer.state === 'silent' ? `${endpoint}: ${answer.problem}` : endpoint,
  );
  throw new CommandError(`no endpoint answers: ${why.join('; ')}`);
}

function live(
  { values, signal, environment }: TopInvocation,
  terminal: Terminal,
  take: (signal: AbortSignal) => Promise<Survey>,
): Promise<void> {
  const hasColour = (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return new LiveTop({ terminal, take, intervalMs: values.interval, hasColour, signal }).run();
}

/** View after view, each with the rates since the one before; with `--once` the first that has any. */
async function printed(
  invocation: TopInvocation,
  take: (signal: AbortSignal) => Promise<Survey>,
): Promise<void> {
  const { values, signal } = invocation;
  let before: Survey | undefined;
  while (!signal.aborted) {
    const survey = await take(signal);
    const view = viewOf(survey, before);
    const isFirst = before === undefined;
    before = survey;
    if (!isFirst) await show(invocation, view);
    if (values.once && !isFirst) return;
    await pauseFor(values.interval, undefined, { signal }).catch(() => undefined);
  }
}

async function show(invocation: TopInvocation, view: ClusterView): Promise<void> {
  const frame = {
    width: PLAIN_WIDTH,
    hasColour: false,
    sort: sortedBy(0),
    isPaused: false,
    isLive: false,
  };
  await invocation.presenter().show({
    simple: () => `${draw(view, frame).join('\n')}\n${invocation.values.once ? '' : '\n'}`,
    json: () => jsonLine({ ...view, at: new Date(view.atMs).toISOString() }),
  });
}

/** Undefined where there is nothing to draw on, or nobody to press keys. */
function terminalOf({ screen, stdin, print }: TopInvocation): Terminal | undefined {
  const keyboard = stdin as Partial<ReadStream> & TopInvocation['stdin'];
  if (screen === undefined || keyboard.isTTY !== true) return undefined;
  return {
    isInteractive: true,
    get size() {
      return { columns: screen.columns, rows: screen.rows };
    },
    write: print,
    onKey(listener) {
      const hear = (part: Buffer): void => {
        for (const key of keysIn(part.toString('utf8'))) listener(key);
      };
      keyboard.setRawMode?.(true);
      keyboard.on('data', hear);
      keyboard.resume();
      return () => {
        keyboard.off('data', hear);
        keyboard.setRawMode?.(false);
        keyboard.pause();
      };
    },
    onResize: (listener) => screen.onResize(listener),
  };
}

/** Several may come at once, when somebody types fast or pastes. */
const keysIn = (text: string): readonly string[] => text.match(/\x1b[[O][A-Z]|[^]/g) ?? [];
