/**
 * `npm run nemesis`: real processes, real faults, histories checked. README.md says what and how.
 *
 * Usage: npm run nemesis [-- --seed N] [--runs N] [--seconds S] [--members 3|5] [--clients N] [--lanes N]
 *                        [--faults a,b] [--target concord|etcd] [--campaign leader-kills] [--minutes M]
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hasEtcdctl } from '../cluster/etcdctl.ts';
import { LoopbackNetwork } from '../cluster/loopback-network.ts';
import { NamespaceNetwork, enterNamespace, isInNamespace } from '../cluster/namespace-network.ts';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { catalogue, faultsNamed } from './faults/catalogue.ts';
import { campaigns } from './campaigns.ts';
import { ELECTION_MS, percentile } from './recovery.ts';
import { run, type RunOptions, type RunSummary } from './run.ts';

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
    campaign: { type: 'string' },
    minutes: { type: 'string' },
  },
});

const campaign = values.campaign === undefined ? undefined : campaigns[values.campaign];
if (values.campaign !== undefined && campaign === undefined) {
  console.error(
    `there is no campaign ${values.campaign}; there is ${Object.keys(campaigns).join(', ')}`,
  );
  process.exit(2);
}
if (isInNamespace() || !enterNamespace()) await main();

async function main(): Promise<void> {
  const first = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  await using network = isInNamespace() ? await NamespaceNetwork.create() : new LoopbackNetwork();
  console.log(`${values.target}; ${network.description}`);
  for (let i = 0; i < Number(values.runs); i++) {
    const options = optionsFor(first + i, network);
    try {
      const summary = await run(options);
      console.log(`seed ${options.seed}: ${describe(summary)}`);
      campaign?.judge(summary, options.seconds / 60);
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
  const has = {
    network: network.hasFaults,
    'small disk': isInNamespace(),
    etcdctl: hasEtcdctl(),
  };
  const named =
    values.faults === undefined ? catalogue : faultsNamed(values.faults.split(',').filter(Boolean));
  const faults = campaign?.faults ?? named;
  return {
    kind,
    network,
    seed,
    size: Number(values.members),
    seconds: values.minutes === undefined ? Number(values.seconds) : Number(values.minutes) * 60,
    clients: Number(values.clients),
    lanes: campaign?.lanes ?? Number(values.lanes),
    faults: faults.filter(({ needs }) => needs === undefined || has[needs]),
    log: (line) => console.log(line),
  };
}

function replayCommand({ seed, size, seconds, clients, lanes, faults, kind }: RunOptions): string {
  return (
    `npm run nemesis -- --seed ${seed} --seconds ${seconds} --members ${size} --clients ${clients} --lanes ${lanes} ` +
    `--target ${kind.name} ` +
    (values.campaign === undefined ? '' : `--campaign ${values.campaign} `) +
    `--faults ${faults.map(({ name }) => name).join()}`
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
    `${summary.callsPerSecond.toFixed(0)}/s), ${summary.faults.length} faults; ${judged} answers, ${events} events, ${leaseEnds} lease ends judged, ${summary.entriesCompared} log entries compared; revision ${revision}${recovery}`
  );
}
