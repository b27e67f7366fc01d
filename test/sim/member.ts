/**
 * A member of the simulation: the production replica, its production services and the production log, over a disk,
 * a store and a clock that are simulated. It is started, dies in various ways, and is started again from what its
 * disk and its store still hold.
 *
 * Nothing of a dead incarnation ever runs again: whatever it had scheduled passes into nothing, as with a process.
 */
import { ok } from 'node:assert/strict';
import {
  Replica,
  readApplied,
  encodeCommand,
  type Command,
  type ReplicaOptions,
} from '@concord/kv';
import type { Method } from '@concord/grpc-server';
import { Member } from '@concord/protocol';
import { createWal, hasWal, openWal, type Wal, type WalOptions } from '@concord/storage';
import type { Random } from '@concord/testing';
import { SimulatedClock, SimulatedDisk, randomCrash } from '@concord/testing';
import { Admission } from '../../apps/server/src/rpc/admission.ts';
import { KvService } from '../../apps/server/src/rpc/kv.ts';
import { LeaseService } from '../../apps/server/src/rpc/lease.ts';
import { Limits } from '../../apps/server/src/rpc/limits.ts';
import { MaintenanceService } from '../../apps/server/src/rpc/maintenance.ts';
import { MethodRegistry } from '../../apps/server/src/rpc/method.ts';
import { WatchService } from '../../apps/server/src/rpc/watch.ts';
import { LogWitness } from './log-witness.ts';
import { SimulatedStore } from './store.ts';
import type { SimulatedWorld } from './world.ts';

const CLUSTER_ID = 0xc1n;
const WAL_DIRECTORY = '/member/wal';
/** As production: for the disk and the network, beside two elections. */
const REQUEST_TIMEOUT_BASE_MS = 5000;
const TXN_OPS_MAX = 128;
const REQUEST_BYTES_MAX = 1_572_864;
/** A step of the disk that takes longer than this disturbs whoever counts on punctuality. */
const SLOW_STEP_MS = 50;

export type Death = 'power-cut' | 'process-kill' | 'disk-failure' | 'stopped';

/** One life of the member, from start to death. */
export class Incarnation {
  readonly number: number;
  readonly bootedAtMs: number;
  readonly clock: SimulatedClock;
  replica!: Replica;
  wal!: Wal;
  methods!: ReadonlyMap<string, Method>;
  /** Its own name is published, so everything recovered is applied: clients are let in. */
  isServing = false;
  /** It leads by then. NaN before. */
  servingSinceMs = NaN;
  isDead = false;
  pausedUntilMs = 0;
  /** For those who hold calls open. */
  readonly onDeath = new Set<() => void>();

  constructor(number: number, bootedAtMs: number, clock: SimulatedClock) {
    this.number = number;
    this.bootedAtMs = bootedAtMs;
    this.clock = clock;
  }
}

export class SimulatedMember {
  readonly id: bigint;
  readonly witness = new LogWitness();
  readonly incarnations: Incarnation[] = [];
  /** Called for each new incarnation before anything is applied in it. */
  readonly onBoot: ((incarnation: Incarnation) => void)[] = [];
  /** Compacted up to here, down to the disk: a client was told so. */
  physicallyCompacted = -1;
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #store: SimulatedStore;
  #disk: SimulatedDisk;
  #failsNextSync = false;
  #isDiskStalled = false;

  constructor(world: SimulatedWorld, id: bigint) {
    this.#world = world;
    this.#random = world.random.fork();
    this.id = id;
    this.#disk = new SimulatedDisk(this.#diskOptions());
    this.#store = new SimulatedStore((step) => {
      const delayMs = this.#random.between(...world.temper.storeMs);
      this.#after(this.incarnation, delayMs, 'store', step);
    });
    this.#store.found([Member.create({ ID: id, name: 'simulated' })]);
  }

  /** The current life, or the last one. */
  get incarnation(): Incarnation {
    return this.incarnations.at(-1) as Incarnation;
  }

  get isUp(): boolean {
    return this.incarnations.length > 0 && !this.incarnation.isDead;
  }

  /** Nothing is on its way through the log. */
  get hasAppliedAll(): boolean {
    return this.incarnation.replica.machine.applied.index === this.witness.lastIndex;
  }

  /** Starts the member from what it left behind. */
  boot(): void {
    const { temper, nowMs, queue, trace } = this.#world;
    const calm = this.#world.disturb();
    const offsetMs = this.#random.integer(0, 1_000_000);
    const clock = new SimulatedClock(queue, { offsetMs, rate: temper.clockRate });
    const life = new Incarnation(this.incarnations.length + 1, nowMs, clock);
    this.incarnations.push(life);
    life.onDeath.add(calm);
    if (!this.#tryToRecover(life)) return;
    this.#checkCompaction(life);
    this.#observeApplies(life);
    this.#serve(life);
    for (const listener of this.onBoot) listener(life);
    this.#tick(life);
    life.replica.campaign();
    const command: Command = {
      kind: 'publish-member',
      request: { ID: this.id, name: 'simulated', peerURLs: [], clientURLs: [], isLearner: false },
    };
    life.replica.propose(command, encodeCommand(command), (outcome) => {
      if (life.isDead) return;
      if ('code' in outcome) return this.die('stopped');
      life.isServing = true;
      life.servingSinceMs = this.#world.nowMs;
      trace.tell(queue, `life ${life.number} serves at revision ${life.replica.machine.revision}`);
    });
    this.#whenServing(life, calm);
  }

  /** The end of this life. What the disk and the store keep depends on how it comes. */
  die(death: Death): void {
    const life = this.incarnation;
    if (life.isDead) return;
    const { queue, trace } = this.#world;
    trace.tell(queue, `life ${life.number} dies: ${death}`);
    life.isDead = true;
    life.isServing = false;
    this.#disk = this.#diskAfter(death);
    this.#store.crash(this.#random);
    for (const listener of life.onDeath) listener();
  }

  /**
   * Only a power cut takes the page cache with it. After a failed sync the pages that could not be written stay in it
   * too, readable and clean: the next process reads what the disk does not hold.
   */
  #diskAfter(death: Death): SimulatedDisk {
    switch (death) {
      case 'power-cut':
        return this.#disk.afterCrash(
          randomCrash(() => this.#random.next()),
          this.#diskOptions(),
        );
      case 'disk-failure':
      case 'process-kill':
      case 'stopped':
        return this.#disk.afterKill(this.#diskOptions());
    }
  }

  /** The member is told to stop, and everything it has goes to the disk first. */
  stop(): void {
    const life = this.incarnation;
    life.isServing = false;
    life.replica.stop(() => {
      if (!life.isDead) life.wal.close(() => this.die('stopped'));
    });
  }

  /** Nothing of the member runs for a while; time and disk go on. */
  pause(durationMs: number): void {
    this.incarnation.pausedUntilMs = this.#world.nowMs + durationMs;
    this.#world.queue.schedule(durationMs, 'resume', this.#world.disturb());
  }

  /** The disk takes its time for a while. */
  stallDisk(durationMs: number): void {
    const calm = this.#world.disturb();
    this.#isDiskStalled = true;
    this.#world.queue.schedule(durationMs, 'disk is back', () => {
      this.#isDiskStalled = false;
      calm();
    });
  }

  /** The next sync of any file fails, and takes what it should have saved with it. */
  failNextSync(): void {
    this.#failsNextSync = true;
  }

  /** A disk that fails while the log is opened keeps the member from starting; any other error is a defect. */
  #tryToRecover(life: Incarnation): boolean {
    try {
      this.#recover(life);
      return true;
    } catch (error) {
      if (!(error instanceof InjectedError)) throw error;
      this.die('disk-failure');
      return false;
    }
  }

  #recover(life: Incarnation): void {
    const world = this.#world;
    const { temper } = world;
    const options: ReplicaOptions = {
      clusterId: CLUSTER_ID,
      memberId: this.id,
      raft: {
        electionTicks: Math.ceil(temper.electionTimeoutMs / temper.heartbeatMs),
        heartbeatTicks: 1,
        preVote: true,
      },
      requestTimeoutMs: REQUEST_TIMEOUT_BASE_MS + 2 * temper.electionTimeoutMs,
      electionTimeoutMs: temper.electionTimeoutMs,
      logEntriesKept: temper.logEntriesKept,
      membership: { isStrict: true, learnersMax: 1 },
      progressNotifyMs: temper.progressNotifyMs,
      fragmentBytes: temper.fragmentBytes,
    };
    const applied = readApplied(this.#store).position;
    const walOptions: WalOptions = {
      directory: WAL_DIRECTORY,
      fileSystem: this.#disk,
      identity: { clusterId: CLUSTER_ID, memberId: this.id },
      segmentBytes: temper.segmentBytes,
      onFailure: () => this.die('disk-failure'),
    };
    const isNew = !hasWal(this.#disk, WAL_DIRECTORY);
    const opened = isNew
      ? {
          wal: createWal(walOptions, applied),
          base: applied,
          entries: [],
          hardState: initialHardState,
        }
      : openWal({ ...walOptions, applied });
    life.wal = opened.wal;
    this.witness.recovered(applied, opened.entries);
    const { hardState, base, entries } = opened;
    world.trace.tell(
      world.queue,
      `life ${life.number} finds ${applied.index} stored and ${entries.length} to replay`,
    );
    life.replica = new Replica(
      options,
      { hardState, base, entries },
      {
        log: {
          append: (state, appended, durable) => {
            this.witness.appended(appended, world.nowMs);
            life.wal.append(state, appended, () => {
              if (!life.isDead) durable();
            });
          },
          release: (index, term) => {
            if (!life.isDead) life.wal.release(index, term);
          },
        },
        store: this.#store,
        transport: { send: () => undefined, isConnected: () => false },
        membershipChanged: () => undefined,
        roleChanged: () => undefined,
        snapshots: { hold: () => undefined, install: () => undefined },
        now: () => life.clock.now(),
        random: () => this.#random.next(),
        schedule: (run) => this.#after(life, this.#random.between(...temper.turnMs), 'turn', run),
      },
    );
  }

  #checkCompaction({ replica }: Incarnation): void {
    const { finishedCompaction } = replica.machine.mvcc;
    ok(
      finishedCompaction >= this.physicallyCompacted,
      `a client was told of ${this.physicallyCompacted}, compacted is ${finishedCompaction}`,
    );
  }

  /** The witness hears of every entry as it is applied. */
  #observeApplies({ replica }: Incarnation): void {
    const { machine } = replica;
    const tell = (): void => {
      this.witness.applied(machine.applied, machine.hash, machine.revision, this.#world.nowMs);
    };
    const apply = machine.apply.bind(machine);
    const skip = machine.skip.bind(machine);
    machine.apply = (index, term, command) => {
      const outcome = apply(index, term, command);
      tell();
      return outcome;
    };
    machine.skip = (index, term) => {
      skip(index, term);
      tell();
    };
  }

  #serve(life: Incarnation): void {
    const { replica } = life;
    const { electionTimeoutMs } = this.#world.temper;
    const limits = new Limits({
      requestBytesMax: REQUEST_BYTES_MAX,
      txnOpsMax: TXN_OPS_MAX,
      quotaBytes: Infinity,
      usedBytes: () => 0,
      isOutOfSpace: () => false,
      raiseNoSpace: () => undefined,
    });
    const registry = new MethodRegistry(new Admission(replica));
    const now = (): number => life.clock.now();
    new KvService(replica, limits).register(registry);
    new WatchService(replica).register(registry);
    new LeaseService(replica, limits, { electionTimeoutMs, now }).register(registry);
    const size = () => this.#store.size();
    new MaintenanceService(replica, { quotaBytes: 0, size }).register(registry);
    life.methods = registry.methods;
  }

  #tick(life: Incarnation): void {
    const intervalMs = life.clock.trueMs(this.#world.temper.heartbeatMs);
    this.#after(life, intervalMs, 'tick', () => {
      this.#tick(life);
      life.replica.tick();
    });
  }

  #whenServing(life: Incarnation, run: () => void): void {
    this.#after(life, this.#world.temper.heartbeatMs, 'serving?', () => {
      if (life.isServing) run();
      else this.#whenServing(life, run);
    });
  }

  /** Runs something of a life later, unless it is over by then; not while it is paused. */
  #after(life: Incarnation, delayMs: number, label: string, run: () => void): void {
    this.#world.queue.schedule(delayMs, label, () => {
      if (life.isDead) return;
      const pausedMs = life.pausedUntilMs - this.#world.nowMs;
      if (pausedMs > 0) this.#after(life, pausedMs, label, run);
      else run();
    });
  }

  #diskOptions(): ConstructorParameters<typeof SimulatedDisk>[0] {
    return {
      interfere: (operation) => {
        if (operation !== 'sync' || !this.#failsNextSync || !this.isUp) return undefined;
        this.#failsNextSync = false;
        return new InjectedError('EIO: i/o error, fdatasync');
      },
      onPending: () => this.#scheduleDiskStep(),
    };
  }

  #scheduleDiskStep(): void {
    const disk = this.#disk;
    const life = this.incarnation;
    this.#after(life, this.#diskDelayMs(), 'disk', () => {
      if (disk === this.#disk) disk.step(this.#random.integer(0, disk.pending - 1));
    });
  }

  #diskDelayMs(): number {
    const { temper } = this.#world;
    const isSlow = this.#isDiskStalled || this.#random.chance(temper.diskStallProbability);
    if (!isSlow) return this.#random.between(...temper.diskMs);
    const delayMs = this.#random.between(0, temper.diskStallMsMax);
    if (delayMs > SLOW_STEP_MS) {
      this.#world.queue.schedule(delayMs, 'slow step done', this.#world.disturb());
    }
    return delayMs;
  }
}

/** What the simulated disk fails with. */
class InjectedError extends Error {
  readonly code = 'EIO';
}

const initialHardState = { term: 0, votedFor: 0n, commit: 0 };
