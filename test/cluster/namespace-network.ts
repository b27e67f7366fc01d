/**
 * A network namespace for each member, with a cable to a bridge for peers and one to a bridge for clients, so that
 * packets between members are really lost and those of clients are not. The bridges are in the namespace of this
 * process, which is not the machine's: `enterNamespace` began it there. So nothing of this is seen outside, and all
 * of it is gone with the processes that hold it.
 */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { ClusterNetwork, LinkQuality, Place, Way } from './network.ts';

const run = promisify(execFile);

const CLIENT_PORT = 2379;
const PEER_PORT = 2380;
/** A private range that exists in these namespaces only. */
const PEER_NETWORK = '10.77.1';
const CLIENT_NETWORK = '10.77.2';
const BRIDGE_HOST = 254;
/** Set in a process that `enterNamespace` began. */
const INSIDE = 'CONCORD_TEST_NAMESPACE';

/** Drops what comes from a peer in `cut`; each rule of `loss` drops a share of what goes to peers. */
const FILTER = `
table inet concord_test {
  set cut { type ipv4_addr; }
  chain incoming { type filter hook input priority 0; ip saddr @cut drop; }
  chain loss { type filter hook output priority 0; }
}`;

/** Whether this process has a network of its own, made for tests. */
export const isInNamespace = (): boolean => process.env[INSIDE] === '1';

/** Starts this program anew in namespaces of its own (network, mounts) and ends with it. False where that cannot be. */
export function enterNamespace(): boolean {
  if (process.platform !== 'linux' || !canUse('ip', ['-V']) || !canUse('nft', ['--version'])) {
    return false;
  }
  const unshare = ['--net', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];
  if (!canUse('unshare', [...unshare, 'ip', 'link', 'add', 'probe', 'type', 'bridge']))
    return false;
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('unshare', [...unshare, ...program], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('exit', (code) => process.exit(code ?? 1));
  return true;
}

const canUse = (command: string, parameters: readonly string[]): boolean =>
  spawnSync(command, parameters, { stdio: 'ignore' }).status === 0;

interface Room extends Place {
  /** A process that does nothing but hold the namespace. */
  readonly holder: ChildProcess;
}

export class NamespaceNetwork implements ClusterNetwork {
  readonly hasFaults = true;
  readonly #rooms = new Map<number, Promise<Room>>();
  readonly #hasNetem: boolean;
  /** How many faults lose what goes along a way at present, by `from>to`. */
  readonly #cuts = new Map<string, number>();

  private constructor(hasNetem: boolean) {
    this.#hasNetem = hasNetem;
  }

  /** Lays the bridges. */
  static async create(): Promise<NamespaceNetwork> {
    await run('ip', ['link', 'set', 'lo', 'up']);
    for (const [bridge, network] of [
      ['peers', PEER_NETWORK],
      ['clients', CLIENT_NETWORK],
    ] as const) {
      await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
      await run('ip', ['addr', 'add', `${network}.${BRIDGE_HOST}/24`, 'dev', bridge]);
      await run('ip', ['link', 'set', bridge, 'up']);
    }
    const netem = 'qdisc add dev lo root netem delay 1ms'.split(' ');
    const hasNetem = canUse('tc', netem);
    if (hasNetem) await run('tc', ['qdisc', 'del', 'dev', 'lo', 'root']);
    return new NamespaceNetwork(hasNetem);
  }

  get description(): string {
    const delay = this.#hasNetem ? 'netem' : 'a token bucket, this kernel lacks netem';
    return `network namespaces: partitions and loss by nftables, delay by ${delay}`;
  }

  place(number: number): Promise<Place> {
    return this.#room(number);
  }

  async cut(ways: readonly Way[]): Promise<() => Promise<void>> {
    await Promise.all(ways.map((way) => this.#count(way, 1)));
    return async () => {
      await Promise.all(ways.map((way) => this.#count(way, -1)));
    };
  }

  async impair(number: number, quality: LinkQuality): Promise<() => Promise<void>> {
    const { holder } = await this.#room(number);
    const { delayMs, lossPercent } = quality;
    // Without netem: what is sent waits for tokens, the longer the more is sent.
    const discipline = this.#hasNetem
      ? `netem delay ${delayMs}ms ${Math.ceil(delayMs / 4)}ms`
      : `tbf rate 512kbit burst 3000 latency ${Math.max(1, delayMs * 5)}ms`;
    if (delayMs > 0) {
      await inside(holder, 'tc', `qdisc replace dev peer0 root ${discipline}`.split(' '));
    }
    if (lossPercent > 0) {
      const rule = `add rule inet concord_test loss oifname "peer0" numgen random mod 100 < ${lossPercent} drop`;
      await inside(holder, 'nft', [rule]);
    }
    return async () => {
      await inside(holder, 'nft', ['flush chain inet concord_test loss']);
      if (delayMs > 0) await inside(holder, 'tc', 'qdisc del dev peer0 root'.split(' '));
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const room of this.#rooms.values()) (await room).holder.kill('SIGKILL');
    this.#rooms.clear();
    for (const bridge of ['peers', 'clients']) await run('ip', ['link', 'del', bridge]);
  }

  async #count({ from, to }: Way, change: 1 | -1): Promise<void> {
    const name = `${from}>${to}`;
    const before = this.#cuts.get(name) ?? 0;
    this.#cuts.set(name, before + change);
    if (before !== 0 && before + change !== 0) return;
    const { holder } = await this.#room(to);
    const verb = change === 1 ? 'add' : 'delete';
    const element = `${verb} element inet concord_test cut { ${PEER_NETWORK}.${from} }`;
    await inside(holder, 'nft', [element]);
  }

  #room(number: number): Promise<Room> {
    const room = this.#rooms.get(number) ?? furnish(number);
    this.#rooms.set(number, room);
    return room;
  }
}

async function furnish(number: number): Promise<Room> {
  const holder = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', '--net', 'sh', '-c', 'echo in; exec sleep infinity'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(holder.stdout, 'data');
  for (const [cable, bridge, network] of [
    ['peer', 'peers', PEER_NETWORK],
    ['client', 'clients', CLIENT_NETWORK],
  ] as const) {
    const outer = `${cable}${number}`;
    const inner = `${cable}0`;
    await run(
      'ip',
      `link add ${outer} type veth peer name ${inner} netns ${holder.pid}`.split(' '),
    );
    await run('ip', `link set ${outer} master ${bridge} up`.split(' '));
    await inside(holder, 'ip', `addr add ${network}.${number}/24 dev ${inner}`.split(' '));
    await inside(holder, 'ip', `link set ${inner} up`.split(' '));
  }
  await inside(holder, 'ip', 'link set lo up'.split(' '));
  await inside(holder, 'nft', [FILTER]);
  const endpoint = `${CLIENT_NETWORK}.${number}:${CLIENT_PORT}`;
  return {
    holder,
    clientUrl: `http://${endpoint}`,
    peerUrl: `http://${PEER_NETWORK}.${number}:${PEER_PORT}`,
    endpoint,
    launcher: launcherInto(holder),
  };
}

const launcherInto = ({ pid }: ChildProcess): string[] => ['nsenter', `--net=/proc/${pid}/ns/net`];

async function inside(
  holder: ChildProcess,
  command: string,
  parameters: readonly string[],
): Promise<void> {
  const [program = '', ...before] = launcherInto(holder);
  await run(program, [...before, command, ...parameters]);
}
