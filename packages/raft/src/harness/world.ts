/**
 * A cluster in a hostile world: a network that loses, repeats and reorders, disks that lose what was
 * not synced and report late and out of order, members that crash, come and go. One seed decides
 * everything, and the checker looks at every step.
 */
import {
  createConfiguration,
  type MemberChange,
  type MemberId,
  type MembershipTransition,
  type Message,
} from '../index.ts';
import { Checker } from './checker.ts';
import { below, createRandom, pick, type Random } from './random.ts';
import { Replica } from './replica.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly voters: number;
  /** Members that are not invited yet; without any, the membership never changes. */
  readonly spare: number;
  readonly preVote: boolean;
  readonly checkQuorum: boolean;
}

/** How much something weighs among all that can happen, and what it does. */
type Action = readonly [number, (replica: Replica) => void];

/** Above this, an older message is lost for each new one. */
const FLYING_MAX = 400;

/** Rounds of a healed world; a cluster that needs more does not get anywhere. */
const SETTLE_ROUNDS_MAX = 1000;

export class World {
  readonly replicas: readonly Replica[];
  readonly checker = new Checker();
  readonly #random: Random;
  readonly #churns: boolean;
  #flying: Message[] = [];
  #blocked = new Set<MemberId>();
  readonly #actions: readonly Action[];
  readonly #weight: number;
  #nextContext = 1;
  #nextPayload = 1;

  constructor({ seed, voters, spare, preVote, checkQuorum }: WorldOptions) {
    const random = createRandom(seed);
    const configuration = createConfiguration(ids(1, voters));
    // A tiny window and tiny appends meet more corners than the defaults do.
    const limits = {
      inflightMessagesMax: 1 + below(random, 4),
      inflightBytesMax: 200,
      appendBytesMax: 100,
      committedBytesMax: 200,
      uncommittedBytesMax: 2_000,
    };
    const shared = { random, preVote, checkQuorum, ...limits };
    this.#random = random;
    this.#churns = spare > 0;
    this.replicas = [
      ...ids(1, voters).map((id) => new Replica({ id, configuration, ...shared })),
      ...ids(voters + 1, voters + spare).map(
        (id) => new Replica({ id, configuration: createConfiguration([]), ...shared }),
      ),
    ];
    for (const replica of this.replicas) this.checker.watch(replica);
    this.#actions = this.#temper();
    this.#weight = this.#actions.reduce((sum, [weight]) => sum + weight, 0);
  }

  /**
   * What can happen, and how often. Messages and disks are fast compared with ticks, as they are in
   * life; otherwise no leader would ever be heard in time. But every world has a temper of its own:
   * some mishaps only show on a slow disk, others only where nobody leads for long.
   */
  #temper(): readonly Action[] {
    const disk = pick(this.#random, [2000, 500, 150]);
    const crash = pick(this.#random, [15, 60]);
    const tick = pick(this.#random, [300, 600]);
    return [
      [4000, () => this.#deliverOne()],
      [3000, (replica) => this.#advance(replica)],
      [disk, (replica) => this.#disk(replica)],
      [tick, (replica) => this.#tick(replica)],
      [300, (replica) => this.#propose(replica)],
      [200, (replica) => this.#read(replica)],
      [60, (replica) => this.#changeMembership(replica)],
      [40, (replica) => this.#compact(replica)],
      [crash * 3, (replica) => this.#restart(replica)],
      [crash, (replica) => this.#crash(replica)],
      [20, (replica) => this.#transfer(replica)],
      [20, (replica) => this.#report(replica)],
      [10, () => this.#block()],
    ];
  }

  /** Does one thing, whichever the seed says. */
  step(): void {
    const replica = pick(this.#random, this.replicas);
    let dice = below(this.#random, this.#weight);
    for (const [weight, action] of this.#actions) {
      dice -= weight;
      if (dice < 0) {
        action(replica);
        return;
      }
    }
  }

  /** Heals the world and runs it until every member of the last configuration agrees. */
  settle(): void {
    this.#blocked.clear();
    for (const replica of this.replicas) if (replica.isDown) replica.restart();
    for (let round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      for (const replica of this.replicas) {
        replica.raft.tick();
        this.#runToRest(replica);
      }
      for (const message of this.#flying.splice(0)) this.#deliver(message);
      if (this.#isSettled()) return;
    }
    throw new Error('a healed cluster does not come to agree');
  }

  /** One leader, nothing joint, a proposal of now applied by every member that it counts. */
  #isSettled(): boolean {
    const leader = this.replicas.find(({ raft }) => raft.role === 'leader');
    if (leader === undefined) return false;
    const { raft } = leader;
    if (raft.configuration.votersOutgoing.length > 0) {
      const leave = { members: [], transition: 'auto', context: new Uint8Array(0) } as const;
      raft.proposeMembership(leave);
      return false;
    }
    if (raft.appliedIndex < raft.status().lastIndex) return false;
    const { voters, learners } = raft.configuration;
    return [...voters, ...learners].every(
      (id) => this.replicas[Number(id) - 1]?.machine.index === raft.appliedIndex,
    );
  }

  #runToRest(replica: Replica): void {
    while (replica.raft.hasReady() || replica.writes.length > 0 || replica.unreported.length > 0) {
      if (replica.raft.hasReady()) this.#advance(replica);
      replica.sync();
    }
  }

  #advance(replica: Replica): void {
    if (replica.isDown || !replica.raft.hasReady()) return;
    const ready = replica.advance();
    this.checker.check(replica, ready);
    this.#flying.push(...ready.messages);
    while (this.#flying.length > FLYING_MAX) {
      const [lost] = this.#flying.splice(below(this.#random, this.#flying.length), 1);
      if (lost !== undefined) this.#lose(lost);
    }
  }

  /** One in ten is lost, and one in ten is delivered and will come again. */
  #deliverOne(): void {
    if (this.#flying.length === 0) return;
    const position = below(this.#random, this.#flying.length);
    const message = this.#flying[position] as Message;
    const fate = below(this.#random, 100);
    if (fate >= 10) this.#flying.splice(position, 1);
    if (fate < 90) this.#deliver(message);
    else this.#lose(message);
  }

  #deliver(message: Message): void {
    const receiver = this.replicas[Number(message.to) - 1];
    const isCut = this.#blocked.has(message.from) !== this.#blocked.has(message.to);
    if (receiver === undefined || receiver.isDown || isCut) {
      this.#lose(message);
      return;
    }
    receiver.step(message);
    // What the transport takes for delivered may still be lost before it is durable.
    if (message.kind === 'snapshot') this.#reportSnapshot(message, below(this.#random, 4) > 0);
  }

  /** The sender of a snapshot always hears of its end, as raft asks of its caller. */
  #lose(message: Message): void {
    if (message.kind === 'snapshot') this.#reportSnapshot(message, false);
  }

  #reportSnapshot({ from, to }: Message, arrived: boolean): void {
    const sender = this.replicas[Number(from) - 1];
    if (sender !== undefined && !sender.isDown) sender.raft.reportSnapshot(to, arrived);
  }

  #tick(replica: Replica): void {
    if (!replica.isDown) replica.raft.tick();
  }

  #disk(replica: Replica): void {
    if (replica.isDown) return;
    if (below(this.#random, 3) === 0) replica.store(1);
    else if (replica.unreported.length > 0) {
      replica.report(below(this.#random, replica.unreported.length));
    } else replica.sync(below(this.#random, replica.writes.length + 1));
  }

  #propose(replica: Replica): void {
    if (replica.isDown) return;
    const count = 1 + below(this.#random, 4);
    const payloads = Array.from({ length: count }, () =>
      new TextEncoder().encode(String(this.#nextPayload++)),
    );
    if (!replica.raft.propose(payloads).ok) replica.raft.forward(payloads);
  }

  #read(replica: Replica): void {
    if (replica.isDown) return;
    const context = this.#nextContext++;
    this.checker.expectRead(context);
    replica.raft.readIndex(context);
  }

  #changeMembership(replica: Replica): void {
    if (replica.isDown || !this.#churns) return;
    const members = Array.from({ length: 1 + below(this.#random, 3) }, (): MemberChange => {
      const member = pick(this.#random, this.replicas).id;
      const kind = pick(this.#random, ['add-voter', 'add-voter', 'add-learner', 'remove'] as const);
      return { kind, member };
    });
    const leave = below(this.#random, 4) === 0;
    const transition = pick<MembershipTransition>(this.#random, [
      'auto',
      'joint-implicit',
      'joint-explicit',
    ]);
    const context = new Uint8Array(0);
    replica.raft.proposeMembership({ members: leave ? [] : members, transition, context });
  }

  /** Cuts the world in two, or makes it whole. */
  #block(): void {
    this.#blocked.clear();
    if (below(this.#random, 2) === 0) return;
    for (const { id } of this.replicas) if (below(this.#random, 2) === 0) this.#blocked.add(id);
  }

  #transfer(replica: Replica): void {
    if (replica.isDown) return;
    replica.raft.transferLeadership(pick(this.#random, this.replicas).id);
  }

  #compact(replica: Replica): void {
    if (!replica.isDown) replica.compact();
  }

  #report(replica: Replica): void {
    if (!replica.isDown) replica.raft.reportUnreachable(pick(this.#random, this.replicas).id);
  }

  #restart(replica: Replica): void {
    if (replica.isDown) replica.restart();
  }

  #crash(replica: Replica): void {
    if (!replica.isDown) replica.crash(below(this.#random, replica.writes.length + 1));
  }
}

function ids(first: number, last: number): readonly MemberId[] {
  return Array.from({ length: last - first + 1 }, (_, i) => BigInt(first + i));
}
