/**
 * `npm run nemesis`: real processes, real faults, histories checked. README.md says what and how.
 *
 * Usage: npm run nemesis [-- --seed N] [--runs N] [--seconds S] [--members 3|5] [--clients N] [--lanes N]
 *                        [--faults a,b] [--target concord|etcd]
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { LoopbackNetwork } from '../cluster/loopback-network.ts';
import { NamespaceNetwork, enterNamespace, isInNamespace } from '../cluster/namespace-network.ts';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { catalogue, faultsNamed } from './faults/catalogue.ts';
import { percentile } from './recovery.ts';
import { run, type RunOptions, type RunSummary } from './run.ts';

/** etcd's default, and Concord's. */
const ELECTION_MS = 1_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '20' },
    members: { type: 'string', default: '3' },
    clients: { type: 'string', default: '12' },
    lanes: { type: 'string', default: '3' },
    faults: { type: 'string' },
    target: { type: 'string', default: 'concord' },
  },
});

if (isInNamespace() || !enterNamespace()) await main();

async function main(): Promise<void> {
  const first = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  const summaries: RunSummary[] = [];
  await using network = isInNamespace() ? await NamespaceNetwork.create() : new LoopbackNetwork();
  console.log(`network: ${network.description}`);
  for (let i = 0; i < Number(values.runs); i++) {
    const options = optionsFor(first + i, network);
    try {
      const summary = await run(options);
      summaries.push(summary);
      console.log(`seed ${options.seed}: ${describe(summary)}`);
    } catch (error) {
      console.error(error);
      console.error(`FAILED, seed ${options.seed}; again: ${replayCommand(options)}`);
      process.exitCode = 1;
      return;
    }
  }
}

function optionsFor(seed: number, network: RunOptions['network']): RunOptions {
  const kind = values.target === 'etcd' ? etcdKind() : concordKind();
  if (kind === undefined)
    throw new Error(`${values.target} is not here: npm run build, or install etcd-server`);
  const faults =
    values.faults === undefined ? catalogue : faultsNamed(values.faults.split(',').filter(Boolean));
  return {
    kind,
    network,
    seed,
    size: Number(values.members),
    seconds: Number(values.seconds),
    clients: Number(values.clients),
    lanes: Number(values.lanes),
    faults: faults.filter(({ needsNetwork }) => needsNetwork !== true || network.hasFaults),
    log: (line) => console.log(line),
  };
}

function replayCommand({ seed, size, seconds, clients, lanes, faults, kind }: RunOptions): string {
  return (
    `npm run nemesis -- --seed ${seed} --seconds ${seconds} --members ${size} --clients ${clients} --lanes ${lanes} ` +
    `--target ${kind.name} --faults ${faults.map(({ name }) => name).join()}`
  );
}

function describe(summary: RunSummary): string {
  const {
    operations,
    acknowledged,
    unknown,
    refused,
    placed,
    judged,
    events,
    leaseEnds,
    revision,
    recoveryMs,
  } = summary;
  const elections = (share: number): string =>
    (percentile(recoveryMs, share) / ELECTION_MS).toFixed(2);
  const recovery =
    recoveryMs.length === 0
      ? ''
      : `; ${recoveryMs.length} leaders killed, writes back after p50 ${elections(0.5)}, p99 ${elections(0.99)} election timeouts`;
  return (
    `${operations} calls (${acknowledged} acknowledged, ${unknown} unanswered of which ${placed} took place, ${refused} refused; ` +
    `${summary.callsPerSecond.toFixed(0)}/s), ${summary.faults.length} faults; ${judged} answers, ${events} events, ${leaseEnds} lease ends judged; revision ${revision}${recovery}`
  );
}
