/**
 * `npm run nemesis`: real processes, real faults, histories checked. README.md says what and how.
 *
 * Usage: npm run nemesis [-- --seed N] [--runs N] [--seconds S] [--minutes M] [--members 3|5] [--clients N]
 *                        [--lanes N] [--faults a,b] [--target concord|etcd] [--network namespaces|proxies]
 *                        [--campaign leader-kills|lagging-follower]
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hasEtcdctl } from '../cluster/etcdctl.ts';
import { NamespaceNetwork, enterNamespace, isInNamespace } from '../cluster/namespace-network.ts';
import { ProxiedNetwork } from '../cluster/proxied-network.ts';
import type { ClusterNetwork } from '../cluster/network.ts';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { campaigns, type Campaign } from './campaigns.ts';
import { catalogue, faultsNamed } from './faults/catalogue.ts';
import type { Fault } from './faults/fault.ts';
import { describe, replayCommand } from './report.ts';
import { run, type RunOptions } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '20' },
    minutes: { type: 'string' },
    members: { type: 'string', default: '3' },
    clients: { type: 'string', default: '12' },
    lanes: { type: 'string', default: '3' },
    faults: { type: 'string' },
    target: { type: 'string', default: 'concord' },
    network: { type: 'string', default: 'namespaces' },
    campaign: { type: 'string' },
  },
});

const campaign = chosenCampaign();
// Where namespaces are to be had, this process only waits for the one that it starts there.
const isOutside = values.network === 'namespaces' && !isInNamespace() && enterNamespace();
if (!isOutside) {
  await main();
  // A fault that was under way when a run failed may not have ended, and would keep this process.
  process.exit();
}

function chosenCampaign(): Campaign {
  const { campaign: name } = values;
  if (name === undefined) return async (options) => describe(await run(options));
  const chosen = campaigns[name];
  if (chosen !== undefined) return chosen;
  console.error(`no campaign ${name}; there are ${Object.keys(campaigns).join(', ')}`);
  process.exit(2);
}

async function main(): Promise<void> {
  const first = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  await using network = isInNamespace() ? await NamespaceNetwork.create() : new ProxiedNetwork();
  console.log(`${values.target}; ${network.description}`);
  for (let i = 0; i < Number(values.runs); i++) {
    const options = optionsFor(first + i, network);
    try {
      console.log(`seed ${options.seed}: ${await campaign(options)}`);
    } catch (error) {
      console.error(error);
      console.error(
        `FAILED, seed ${options.seed}; again: ${replayCommand(options, values.campaign)}`,
      );
      process.exitCode = 1;
      return;
    }
  }
}

function optionsFor(seed: number, network: ClusterNetwork): RunOptions {
  const kind = values.target === 'etcd' ? etcdKind() : concordKind();
  if (kind === undefined) {
    throw new Error(`${values.target} is not here: npm run build, or install etcd-server`);
  }
  return {
    kind,
    network,
    seed,
    size: Number(values.members),
    seconds: values.minutes === undefined ? Number(values.seconds) : Number(values.minutes) * 60,
    clients: Number(values.clients),
    lanes: Number(values.lanes),
    faults: chosenFaults(network),
    log: (line) => console.log(line),
  };
}

/** Without those for which the machine lacks something. */
function chosenFaults(network: ClusterNetwork): readonly Fault[] {
  const has = {
    network: network.hasFaults,
    'small disk': isInNamespace(),
    etcdctl: hasEtcdctl(),
    'wall clock': values.target === 'concord',
  };
  const named = values.faults?.split(',').filter((name) => name !== '');
  const faults = named === undefined ? catalogue : faultsNamed(named);
  return faults.filter(({ needs }) => needs === undefined || has[needs]);
}
