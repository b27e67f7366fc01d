/**
 * A member of the simulation: the production replica, its production services and the production log, over a disk,
 * a store, a network and a clock that are simulated. It is started, dies in various ways, and is started again from
 * what its disk and its store still hold.
 */
import { ok } from 'node:assert/strict';
import {
  Replica,
  encodeCommand,
  readApplied,
  readConfiguration,
  type Command,
  type RecoveredState,
  type ReplicaOptions,
  type World,
} from '@concord/kv';
import type { Member } from '@concord/protocol';
import type { WalIdentity } from '@concord/storage';
import { SimulatedClock, type Random } from '@concord/testing';
import type { SimulatedCluster } from './cluster.ts';
import { Incarnation } from './incarnation.ts';
import { LogWitness } from './log-witness.ts';
import { InjectedError, MemberDisk, type Death } from './member-disk.ts';
import { MemberLink } from './member-link.ts';
import { servicesOf } from './member-services.ts';
import { observe } from './observation.ts';
import type { StoreContent } from './store.ts';
import type { SimulatedWorld } from './world.ts';

const CLUSTER_ID = 0xc1n;
/** As production: for the disk and the network, beside two elections. */
const REQUEST_TIMEOUT_BASE_MS = 5000;
/** How often a member that was removed looks whether the others can do without it. */
const REMOVED_LINGERS_MS = 1000;
const CLOCK_OFFSET_MS_MAX = 1_000_000;

export class SimulatedMember {
  readonly id: bigint;
  readonly name: string;
  readonly witness: LogWitness;
  readonly incarnations: Incarnation[] = [];
  /** Milliseconds on its clock per true one. */
  readonly clockRate: number;
  /** Compacted up to here, down to the disk: a client was told so. */
  physicallyCompacted = -1;
  /** Its machine is lost, until further notice: nobody starts it. */
  isGivenUp = false;
  /** It has learned that it does not belong to the cluster any more. */
  isRemoved = false;
  /** It is not started again. */
  hasLeft = false;
  readonly #world: SimulatedWorld;
  readonly #cluster: SimulatedCluster;
  readonly #random: Random;
  readonly #disk: MemberDisk;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster, id: bigint, name: string) {
    this.#world = world;
    this.#cluster = cluster;
    this.#random = world.random.fork();
    this.id = id;
    this.name = name;
    this.witness = new LogWitness(cluster.witness);
    cluster.witness.logs.set(id, this.witness);
    const { clockDriftMax } = world.temper;
    this.clockRate = 1 + this.#random.between(-clockDriftMax, clockDriftMax);
    this.#disk = new MemberDisk(world, this);
  }

  get identity(): WalIdentity {
    return { clusterId: CLUSTER_ID, memberId: this.id };
  }

  /** The current life, or the last one. */
  get incarnation(): Incarnation {
    return this.incarnations.at(-1) as Incarnation;
  }

  get life(): Incarnation {
    return this.incarnation;
  }

  get isUp(): boolean {
    return this.incarnations.length > 0 && !this.incarnation.isDead;
  }

  /** It leads, and can answer for it. */
  get leads(): boolean {
    if (!this.isUp) return false;
    const { replica } = this.incarnation;
    return replica.isLeader && replica.machine.lessor.isPrimary;
  }

  /** What a member does before its first start: it begins with the members that its flags name. */
  found(members: readonly Member[]): void {
    this.#disk.store.found(members);
  }

  storeContent(): StoreContent {
    return this.#disk.store.content();
  }

  get isInstalling(): boolean {
    return this.#disk.isInstalling;
  }

  /** A snapshot of another member has arrived whole. */
  takeIn(name: string, content: StoreContent): void {
    this.#disk.takeIn(name, content);
  }

  /** Starts the member from what it left behind. */
  boot(): void {
    const world = this.#world;
    const calm = world.disturb();
    const offsetMs = this.#random.integer(0, CLOCK_OFFSET_MS_MAX);
    const clock = new SimulatedClock(world.queue, { offsetMs, rate: this.clockRate });
    const life = new Incarnation(world, this.name, this.incarnations.length + 1, clock);
    this.incarnations.push(life);
    life.onDeath.add(calm);
    const recovered = this.#tryToRecover();
    if (recovered === undefined) return;
    this.#createReplica(life, recovered);
    this.#checkCompaction(life);
    observe(life, this, this.#cluster.witness, world);
    life.methods = servicesOf(life.replica, {
      electionTimeoutMs: world.temper.electionTimeoutMs,
      unixSeconds: () => Math.floor(world.nowMs),
      storeSize: () => this.#disk.store.size(),
    });
    // Harder than production, which lets clients in once the member has published itself.
    life.isServing = world.temper.servesAtOnce && life.appliedIndex > 0;
    this.#tick(life);
    if (this.#isAlone) life.replica.campaign();
    this.#publish(life);
    life.when(() => !Number.isNaN(life.publishedAtMs), world.temper.heartbeatMs, calm);
  }

  /** The end of this life. What the disk and the store keep depends on how it comes. */
  die(death: Death): void {
    const life = this.incarnation;
    if (life.isDead) return;
    const { queue, trace } = this.#world;
    trace.tell(queue, `${life.label} dies: ${death}`);
    this.#world.count(death);
    life.isDead = true;
    life.isServing = false;
    this.#disk.crash(death);
    for (const listener of life.onDeath) listener();
  }

  /** The member is told to stop: it hands over what it leads, and everything it has goes to the disk first. */
  stop(): void {
    const life = this.incarnation;
    if (life.isStopping) return;
    life.isStopping = true;
    const { replica } = life;
    replica.handOver(() => {
      if (life.isDead) return;
      life.isServing = false;
      replica.stop(() => {
        if (!life.isDead) life.wal.close(() => this.die('stopped'));
      });
    });
  }

  /** Nothing of the member runs for a while; time and disk go on. */
  pause(durationMs: number): void {
    const { incarnation } = this;
    const { nowMs, queue } = this.#world;
    incarnation.pausedUntilMs = Math.max(incarnation.pausedUntilMs, nowMs + durationMs);
    queue.schedule(durationMs, 'resume', this.#world.disturb());
  }

  /** The disk takes its time for a while. */
  stallDisk(durationMs: number): void {
    this.#disk.stall(durationMs);
  }

  /** The next sync of any file fails, and takes what it should have saved with it. */
  failNextSync(): void {
    this.#disk.failNextSync();
  }

  /** Another member refuses its messages, because it was removed; or it has applied that itself. */
  hearsOfRemoval(): void {
    if (this.isRemoved) return;
    this.isRemoved = true;
    const { queue, trace } = this.#world;
    trace.tell(queue, `${this.name} learns that it was removed`);
    this.#leaveLater();
  }

  /** As long as too few of the others know of it, the change that removes it may need its log and its vote. */
  #leaveLater(): void {
    this.#world.queue.schedule(REMOVED_LINGERS_MS, `${this.name} leaves?`, () => {
      if (!this.#cluster.knowsRemoval(this.id)) return this.#leaveLater();
      this.leave();
    });
  }

  /** It is gone for good. */
  leave(): void {
    this.isRemoved = true;
    this.hasLeft = true;
    if (this.isUp) this.die('removed');
  }

  get #isAlone(): boolean {
    const voters = readConfiguration(this.#disk.store)?.voters ?? [];
    return voters.length === 1 && voters[0] === this.id;
  }

  /** A disk that fails while the log is opened keeps the member from starting; any other error is a defect. */
  #tryToRecover(): RecoveredState | undefined {
    const { queue, trace } = this.#world;
    try {
      const { index } = readApplied(this.#disk.store).position;
      const { wal, ...recovered } = this.#disk.recover();
      this.incarnation.wal = wal;
      const replayed = recovered.base.index + recovered.entries.length - index;
      trace.tell(
        queue,
        `${this.incarnation.label} finds ${index} stored and ${replayed} to replay`,
      );
      return recovered;
    } catch (error) {
      if (!(error instanceof InjectedError)) throw error;
      this.die('disk-failure');
      return undefined;
    }
  }

  #createReplica(life: Incarnation, recovered: RecoveredState): void {
    const { temper } = this.#world;
    const link = new MemberLink(this.#world, this.#cluster, this, life);
    life.link = link;
    const world: World = {
      log: this.#log(life),
      store: this.#disk.store,
      transport: link,
      membershipChanged: () => {
        if (life.replica.machine.members.isRemoved(this.id)) this.hearsOfRemoval();
      },
      roleChanged: () => this.#roleChanged(life),
      snapshots: {
        hold: () => link.hold(),
        install: (position, name, installed) =>
          this.#disk.install(position, Buffer.from(name).toString(), installed),
      },
      now: () => life.clock.now(),
      random: () => this.#random.next(),
      schedule: (run) => life.later(this.#random.between(...temper.turnMs), 'turn', run),
    };
    life.replica = new Replica(this.#options(), recovered, world);
  }

  #log(life: Incarnation): World['log'] {
    return {
      append: (hardState, entries, durable) => {
        this.witness.append(hardState, entries, this.#world.nowMs);
        life.wal.append(hardState, entries, () => {
          if (life.isDead) return;
          this.witness.durable();
          durable();
        });
      },
      release: (index, term) => {
        if (!life.isDead) life.wal.release(index, term);
      },
    };
  }

  #options(): ReplicaOptions {
    const { temper } = this.#world;
    return {
      clusterId: CLUSTER_ID,
      memberId: this.id,
      raft: {
        electionTicks: Math.ceil(temper.electionTimeoutMs / temper.heartbeatMs),
        heartbeatTicks: 1,
        preVote: temper.preVote,
        ...temper.raftLimits,
      },
      requestTimeoutMs: REQUEST_TIMEOUT_BASE_MS + 2 * temper.electionTimeoutMs,
      electionTimeoutMs: temper.electionTimeoutMs,
      logEntriesKept: temper.logEntriesKept,
      membership: { isStrict: true, learnersMax: 2 },
      progressNotifyMs: temper.progressNotifyMs,
      fragmentBytes: temper.fragmentBytes,
    };
  }

  #roleChanged(life: Incarnation): void {
    const { replica } = life;
    const world = this.#world;
    if (!replica.isLeader) return;
    world.count('leader change');
    world.trace.tell(world.queue, `${life.label} leads in term ${replica.term}`);
    this.#cluster.witness.leads(this.id, replica.term, world.nowMs);
    this.#cluster.onElection(this);
    // Nobody may expect punctuality of leases until this leader's clocks have started.
    const calm = world.disturb();
    life.onDeath.add(calm);
    const { term } = replica;
    const isDecided = (): boolean => this.leads || !replica.isLeader || replica.term > term;
    life.when(isDecided, world.temper.heartbeatMs, () => {
      calm();
      const leadership = this.#cluster.witness.leaderships.get(term);
      if (this.leads && leadership !== undefined) leadership.primaryAtMs = world.nowMs;
    });
  }

  #checkCompaction({ replica }: Incarnation): void {
    const { finishedCompaction } = replica.machine.mvcc;
    ok(
      finishedCompaction >= this.physicallyCompacted,
      `a client was told of ${this.physicallyCompacted}, compacted is ${finishedCompaction}`,
    );
  }

  /** Tells the cluster its name, until it is heard. */
  #publish(life: Incarnation): void {
    const { trace, queue } = this.#world;
    const request = {
      ID: this.id,
      name: this.name,
      peerURLs: [],
      clientURLs: [],
      isLearner: false,
    };
    const command: Command = { kind: 'publish-member', request };
    life.replica.propose(command, encodeCommand(command), (outcome) => {
      if (life.isDead) return;
      if ('code' in outcome) {
        if (outcome.name !== 'ErrStopped') this.#publish(life);
        return;
      }
      life.isServing = true;
      life.publishedAtMs = this.#world.nowMs;
      trace.tell(queue, `${life.label} serves at revision ${life.replica.machine.revision}`);
    });
  }

  #tick(life: Incarnation): void {
    life.later(life.clock.trueMs(this.#world.temper.heartbeatMs), 'tick', () => {
      this.#tick(life);
      life.replica.tick();
    });
  }
}
