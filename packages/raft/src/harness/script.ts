/**
 * Runs the narrated scripts of `testdata`: each command drives a small cluster by hand and answers
 * with what it saw. The commands, with N for a member id:
 *
 * - `start voters=(…) learners=(…) spare=(…)`: a new cluster; may be followed by `pre-vote=off`,
 *   `check-quorum=off`, `heartbeat=K` in ticks, `inflight=K` in messages, `append-bytes=K`
 * - `campaign N`, `tick N K`, `propose N text…`, `forward N text…`, `read N context`
 * - `change N [auto|implicit|explicit] add-voter=M add-learner=M remove=M`, `leave N`
 * - `transfer N M`, `unreachable N M`, `snapshot-result N M ok|failed`
 * - `ready N`: carry out one Ready, its write unsynced; `sync N K`: the K oldest writes, or all
 * - `deliver`, `drop`, both with `from=N to=M kind=K` as filters: what is in flight now
 * - `stabilize (…)`: everything, until nothing happens, among these members or all
 * - `crash N`, `restart N`, `compact N`, `status`, `log N`, `progress N`
 */
import {
  createConfiguration,
  type MemberChange,
  type MemberId,
  type MembershipTransition,
  type Message,
} from '../index.ts';
import { describeConfiguration, describeMessage, describeReady } from './describe.ts';
import { createRandom } from './random.ts';
import { describeEntry, Replica } from './replica.ts';

/** More rounds than any script needs; beyond it messages go in circles. */
const STABILIZE_ROUNDS_MAX = 200;

interface Arguments {
  readonly words: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

export class Script {
  readonly #replicas = new Map<MemberId, Replica>();
  #flying: Message[] = [];
  #lines: string[] = [];

  /** Carries out one command line and returns what is to be seen, a line each. */
  run(line: string): readonly string[] {
    this.#lines = [];
    const [name = '', ...rest] = line.split(/\s+/);
    const command = this.#commands[name];
    if (command === undefined) throw new Error(`unknown command: ${line}`);
    command(parse(rest));
    return this.#lines.length > 0 ? this.#lines : ['ok'];
  }

  readonly #commands: Readonly<Record<string, (args: Arguments) => void>> = {
    start: (args) => {
      this.#start(args);
    },
    campaign: (args) => {
      this.#at(args).raft.campaign();
    },
    tick: (args) => {
      for (let i = 0; i < Number(args.words[1] ?? 1); i++) this.#at(args).raft.tick();
    },
    propose: (args) => {
      this.#say(this.#at(args).raft.propose(payloads(args)));
    },
    forward: (args) => {
      if (!this.#at(args).raft.forward(payloads(args))) this.#lines.push('no leader to forward to');
    },
    read: (args) => {
      this.#lines.push(this.#at(args).raft.readIndex(Number(args.words[1])));
    },
    change: (args) => {
      this.#change(args);
    },
    leave: (args) => {
      const leave = { members: [], transition: 'auto', context: new Uint8Array(0) } as const;
      this.#say(this.#at(args).raft.proposeMembership(leave));
    },
    transfer: (args) => {
      this.#lines.push(this.#at(args).raft.transferLeadership(BigInt(args.words[1] ?? 0)));
    },
    unreachable: (args) => {
      this.#at(args).raft.reportUnreachable(BigInt(args.words[1] ?? 0));
    },
    'snapshot-result': (args) => {
      this.#at(args).raft.reportSnapshot(BigInt(args.words[1] ?? 0), args.words[2] === 'ok');
    },
    ready: (args) => {
      this.#ready(this.#at(args));
    },
    sync: (args) => {
      const count = args.words[1];
      this.#at(args).sync(count === undefined ? undefined : Number(count));
    },
    deliver: (args) => {
      for (const message of this.#take(args)) this.#deliver(message);
    },
    drop: (args) => {
      for (const message of this.#take(args)) this.#lines.push(`lost: ${describeMessage(message)}`);
    },
    stabilize: (args) => {
      this.#stabilize(ids(args.words[0]));
    },
    crash: (args) => {
      this.#at(args).crash();
    },
    restart: (args) => {
      this.#at(args).restart();
    },
    compact: (args) => {
      const replica = this.#at(args);
      replica.compact();
      this.#lines.push(`${String(replica.id)} begins at ${String(replica.disk.firstIndex())}`);
    },
    status: () => {
      for (const replica of this.#replicas.values()) this.#status(replica);
    },
    log: (args) => {
      const { image } = this.#at(args);
      const entries = image.entries(image.firstIndex(), image.lastIndex() + 1, Infinity);
      this.#lines.push(...entries.map(describeEntry));
    },
    progress: (args) => {
      for (const [id, progress] of this.#at(args).raft.status().progress) {
        const { state, match, next } = progress;
        this.#lines.push(
          `${String(id)}: ${state} match=${String(match)} next=${String(next)}` +
            (progress.recentActive ? '' : ' silent'),
        );
      }
    },
  };

  #start({ named }: Arguments): void {
    const voters = ids(named.get('voters'));
    const learners = ids(named.get('learners'));
    const spare = ids(named.get('spare'));
    const random = createRandom(1);
    for (const id of [...voters, ...learners, ...spare]) {
      const configuration = spare.includes(id)
        ? createConfiguration([])
        : createConfiguration(voters, learners);
      const replica = new Replica({
        id,
        random,
        configuration,
        preVote: named.get('pre-vote') !== 'off',
        checkQuorum: named.get('check-quorum') !== 'off',
        heartbeatTicks: Number(named.get('heartbeat') ?? 1),
        inflightMessagesMax: Number(named.get('inflight') ?? 256),
        appendBytesMax: Number(named.get('append-bytes') ?? 1 << 20),
      });
      this.#replicas.set(id, replica);
    }
  }

  #change(args: Arguments): void {
    const members: MemberChange[] = [];
    for (const [kind, member] of args.named) {
      for (const id of ids(member))
        members.push({ kind: kind as MemberChange['kind'], member: id });
    }
    const word = args.words[1] ?? 'auto';
    const transition = (word === 'auto' ? word : `joint-${word}`) as MembershipTransition;
    const change = { members, transition, context: new Uint8Array(0) };
    this.#say(this.#at(args).raft.proposeMembership(change));
  }

  #ready(replica: Replica): void {
    const ready = replica.advance();
    this.#flying.push(...ready.messages);
    this.#lines.push(...describeReady(replica.id, ready));
    if (ready.committed.some(({ kind }) => kind === 'membership')) {
      const { id, raft } = replica;
      this.#lines.push(`${String(id)} now has ${describeConfiguration(raft.configuration)}`);
    }
  }

  #deliver(message: Message): void {
    const receiver = this.#replicas.get(message.to);
    if (receiver === undefined || receiver.isDown) {
      this.#lines.push(`lost: ${describeMessage(message)}`);
      return;
    }
    const outcome = receiver.step(message);
    if (outcome !== 'handled') this.#lines.push(`${outcome}: ${describeMessage(message)}`);
  }

  #stabilize(members: readonly MemberId[]): void {
    const included = (id: MemberId): boolean => members.length === 0 || members.includes(id);
    for (let round = 0; round < STABILIZE_ROUNDS_MAX; round++) {
      let quiet = true;
      for (const replica of this.#replicas.values()) {
        if (replica.isDown || !included(replica.id)) continue;
        while (replica.raft.hasReady()) {
          quiet = false;
          this.#ready(replica);
        }
        if (replica.writes.length > 0) quiet = false;
        replica.sync();
      }
      const mine = this.#flying.filter(({ from, to }) => included(from) && included(to));
      this.#flying = this.#flying.filter((message) => !mine.includes(message));
      for (const message of mine) this.#deliver(message);
      if (quiet && mine.length === 0) return;
    }
    throw new Error('the cluster does not come to rest');
  }

  #take({ named }: Arguments): readonly Message[] {
    const matches = (message: Message): boolean =>
      [...named].every(([name, value]) => String(message[name as 'from']) === value);
    const taken = this.#flying.filter(matches);
    this.#flying = this.#flying.filter((message) => !matches(message));
    return taken;
  }

  #status(replica: Replica): void {
    const { id, isDown, raft } = replica;
    if (isDown) {
      this.#lines.push(`${String(id)}: down`);
      return;
    }
    const { role, term, leader, commitIndex, appliedIndex } = raft;
    const { durable, lastIndex } = raft.status();
    this.#lines.push(
      `${String(id)}: ${role} term=${String(term)} leader=${String(leader)} ` +
        `last=${String(lastIndex)} durable=${String(durable)} ` +
        `commit=${String(commitIndex)} applied=${String(appliedIndex)}`,
    );
  }

  #say(result: { readonly ok: boolean; readonly firstIndex?: number; readonly reason?: string }) {
    this.#lines.push(
      result.ok ? `appended at ${String(result.firstIndex)}` : `refused: ${String(result.reason)}`,
    );
  }

  #at({ words }: Arguments): Replica {
    const replica = this.#replicas.get(BigInt(words[0] ?? 0));
    if (replica === undefined) throw new Error(`no member ${String(words[0])}`);
    return replica;
  }
}

function parse(words: readonly string[]): Arguments {
  const named = words.filter((word) => word.includes('=')).map((word) => word.split('=', 2));
  return {
    words: words.filter((word) => !word.includes('=')),
    named: new Map(named.map(([name = '', value = '']) => [name, value])),
  };
}

function ids(text = ''): readonly MemberId[] {
  return [...text.matchAll(/\d+/g)].map(([digits]) => BigInt(digits));
}

function payloads({ words }: Arguments): readonly Uint8Array[] {
  return words.slice(1).map((word) => new TextEncoder().encode(word));
}
