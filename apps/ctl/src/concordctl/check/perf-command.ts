/** `concordctl check perf` */
import { exitCodes, SilentExit } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { ProgressBar } from '../progress/progress-bar.ts';
import { checkFlags } from './check-flags.ts';
import { CheckKeys, compact, defragmentAll } from './check-keys.ts';
import { putLoad, type LoadResult } from './load.ts';
import { writeLoad, type WriteLoad } from './load-model.ts';

const flags = {
  ...checkFlags('/etcdctl-check-perf/'),
  duration: { kind: 'duration', default: 60_000, help: 'how long to write' },
} satisfies Flags;

/** etcdctl's keys and values. */
const KEY_BYTES = 256;
const VALUE_BYTES = 1024;

/** What a cluster that is well keeps below. */
const SLOWEST_SECONDS_MAX = 0.5;
const DEVIATION_SECONDS_MAX = 0.1;
const SHARE_MIN = 0.9;

/** Connections beyond these would measure us. */
const CONNECTIONS_MAX = 100;

export const perfCommand: Command<typeof flags> = {
  usage: '[options]',
  flags,
  async run({ values, connect, print, draw, signal, settings }) {
    const load = writeLoad(values.load);
    const keys = new CheckKeys(values.prefix);
    const clients = await Promise.all(
      Array.from({ length: Math.min(load.clients, CONNECTIONS_MAX) }, () => connect()),
    );
    const [client = await connect()] = clients;
    await keys.assertNone(client, "'");
    const bar = new ProgressBar(draw, values.duration / 1000, 'count');
    const startedMs = performance.now();
    const elapsedMs = (): number => performance.now() - startedMs;
    const ticking = setInterval(() => (bar.count = elapsedMs() / 1000), 100);
    const value = Buffer.alloc(VALUE_BYTES);
    const result = await putLoad({
      ...{ clients, atOnce: load.clients, perSecond: load.perSecond },
      next: () =>
        elapsedMs() < values.duration && !signal.aborted ? keys.put(KEY_BYTES, value) : undefined,
      onDone: () => undefined,
    });
    clearInterval(ticking);
    bar.count = values.duration / 1000;
    bar.finish();
    try {
      const revision = await keys.remove(client);
      if (values['auto-compact']) await compact(client, revision, print);
    } catch (error) {
      print(`FAIL: Cleanup failed during key deletion: ERROR(${(error as Error).message})\n`);
    }
    if (values['auto-defrag']) await defragmentAll(connect, settings().endpoints, print);
    const { lines, isPassed } = judge(result, load);
    print([...lines, isPassed ? 'PASS' : 'FAIL'].map((line) => `${line}\n`).join(''));
    if (!isPassed) throw new SilentExit(exitCodes.failure);
  },
};

export function judge(result: LoadResult, load: WriteLoad): { lines: string[]; isPassed: boolean } {
  const { perSecond, slowestSeconds, deviationSeconds, errors } = result;
  const lines: string[] = [];
  const failures = [...errors].map(([error, count]) => `FAIL: ERROR(${error}) -> ${count}`);
  if (failures.length > 0) lines.push('FAIL: too many errors', ...failures);
  const writes = Math.trunc(perSecond) + 1;
  const isFast = perSecond / load.perSecond > SHARE_MIN;
  lines.push(
    isFast
      ? `PASS: Throughput is ${writes} writes/s`
      : `FAIL: Throughput too low: ${writes} writes/s`,
  );
  const isPrompt = slowestSeconds <= SLOWEST_SECONDS_MAX;
  const slowest = `${slowestSeconds.toFixed(6)}s`;
  lines.push(
    isPrompt
      ? `PASS: Slowest request took ${slowest}`
      : `Slowest request took too long: ${slowest}`,
  );
  const isSteady = deviationSeconds <= DEVIATION_SECONDS_MAX;
  const deviation = `${deviationSeconds.toFixed(6)}s`;
  lines.push(isSteady ? `PASS: Stddev is ${deviation}` : `Stddev too high: ${deviation}`);
  return { lines, isPassed: failures.length === 0 && isFast && isPrompt && isSteady };
}
