/** One world, from its seed to the verdict: a time of calls and faults, a calm end, a last crash, and the checkers. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { RangeRequest, HashKVRequest } from '@concord/protocol';
import { Caller } from './caller.ts';
import { checkSecondReplica, hashOf } from './checkers/second-replica.ts';
import { Client } from './client.ts';
import { SimulatedCluster } from './cluster.ts';
import { Faults } from './faults.ts';
import type { History } from './history.ts';
import { Operator } from './operator.ts';
import { judge, type RunRecord } from './record.ts';
import { RegisterClient } from './register-client.ts';
import { RandomRequests } from './requests.ts';
import { WatchingClient } from './watching-client.ts';
import { SimulatedWorld } from './world.ts';

/** A calm member answers everything well within its own request timeout. */
const CALM_MS_MAX = 30_000;
/** No multiple of any heartbeat: what beats would otherwise be met in the same phase each time. */
const CALM_STEP_MS = 97;
/** What leases need to expire once nobody renews them, and watchers to read what they missed. */
const AFTERMATH_MS = 8000;

export interface RunReport {
  readonly seed: number;
  readonly traceHash: string;
  readonly simulatedMs: number;
  readonly steps: number;
  readonly calls: number;
  readonly acknowledged: number;
  readonly entries: number;
  readonly revisions: number;
  readonly lives: number;
  /** How often things happened, by name. */
  readonly counts: ReadonlyMap<string, number>;
  readonly faults: number;
  readonly watchEvents: number;
  readonly expiries: number;
  /** For those who judge it again. */
  readonly record: RunRecord;
}

/** A run that broke a promise; `cause` says which. */
export class SimulationFailure extends Error {
  readonly seed: number;

  constructor(seed: number, nowMs: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`seed ${seed}, after ${nowMs.toFixed(0)} simulated ms: ${reason}`, { cause });
    this.name = 'SimulationFailure';
    this.seed = seed;
  }
}

/** Throws `SimulationFailure`. `print` gets a line for whatever happens. */
export function simulate(seed: number, print?: (line: string) => void): RunReport {
  const world = new SimulatedWorld(seed, print);
  try {
    return new Simulation(world).run();
  } catch (error) {
    throw new SimulationFailure(seed, world.nowMs, error);
  }
}

class Simulation {
  readonly #world: SimulatedWorld;
  readonly #history: History = { operations: [], watches: [] };
  readonly #cluster: SimulatedCluster;
  readonly #faults: Faults;
  readonly #caller: Caller;
  readonly #operator: Operator;
  readonly #clients: readonly Client[];
  readonly #registerClients: readonly RegisterClient[];
  readonly #watchingClients: readonly WatchingClient[];

  constructor(world: SimulatedWorld) {
    this.#world = world;
    this.#cluster = new SimulatedCluster(world);
    this.#faults = new Faults(world, this.#cluster);
    this.#caller = new Caller(world, this.#cluster, this.#history);
    this.#operator = new Operator(world, this.#cluster, this.#caller);
    const { clientCount, watchStreamCount, registerClientCount } = world.temper;
    this.#registerClients = Array.from(
      { length: registerClientCount },
      (_, i) => new RegisterClient(i + 1, world, this.#cluster, this.#caller),
    );
    const requests = new RandomRequests(world.random.fork(), world.temper);
    this.#clients = Array.from(
      { length: clientCount },
      (_, i) => new Client(i + 1, world, this.#cluster, this.#caller, requests),
    );
    this.#watchingClients = Array.from(
      { length: watchStreamCount },
      () => new WatchingClient(world, this.#cluster, this.#history, requests),
    );
  }

  run(): RunReport {
    const everyone = [
      ...this.#clients,
      ...this.#registerClients,
      ...this.#watchingClients,
      this.#operator,
    ];
    this.#faults.start();
    for (const each of everyone) each.start();
    this.#world.queue.runUntil(this.#world.temper.durationMs);
    this.#faults.stop();
    for (const each of everyone) each.stop();
    this.#runUntilCalm();
    this.#readEverything();
    this.#world.queue.runUntil(this.#world.nowMs + AFTERMATH_MS);
    this.#runUntilCalm();
    this.#compareReplicas();
    for (const member of this.#cluster.members) if (member.isUp) member.die('power-cut');
    this.#runUntilCalm();
    this.#readEverything();
    this.#compareMembers();
    // Watches were taken up again, and have to catch up.
    this.#world.queue.runUntil(this.#world.nowMs + CALM_STEP_MS);
    this.#runUntilCalm();
    return this.#report(this.#record);
  }

  /** Lets time pass until all members serve the same and nobody waits for anything. */
  #runUntilCalm(): void {
    const { queue } = this.#world;
    const latestMs = this.#world.nowMs + CALM_MS_MAX;
    let unrest: string | undefined;
    do {
      ok(this.#world.nowMs < latestMs, `the faults are over, and there is no rest: ${unrest}`);
      queue.runUntil(this.#world.nowMs + CALM_STEP_MS);
      this.#cluster.endRemoved();
      unrest = this.#unrest;
    } while (unrest !== undefined);
  }

  get #unrest(): string | undefined {
    const clients = [...this.#clients, ...this.#registerClients];
    const waits = clients.find(({ isIdle }) => !isIdle);
    if (waits !== undefined) return `client ${waits.number} waits for an answer`;
    const { unansweredCount } = this.#caller;
    if (unansweredCount > 0) return `${unansweredCount} calls are not answered`;
    const watches = this.#watchingClients.findIndex(({ isIdle }) => !isIdle);
    if (watches >= 0) return `watching client ${watches + 1} waits`;
    if (!this.#operator.isIdle) return 'the operator waits for an answer';
    return this.#cluster.unrest;
  }

  /** A last client reads the whole store of everybody and has it hashed. */
  #readEverything(): void {
    let waiting = 0;
    const done = (): void => {
      waiting--;
    };
    const all = { key: Uint8Array.of(0), rangeEnd: Uint8Array.of(0) };
    for (const member of this.#cluster.belonging) {
      waiting += 2;
      const serializable = member.incarnation.replica.role === 'learner';
      this.#caller.call(0, member, 'range', RangeRequest.create({ ...all, serializable }), done);
      this.#caller.call(0, member, 'hash-kv', HashKVRequest.create(), done);
    }
    const latestMs = this.#world.nowMs + CALM_MS_MAX;
    while (waiting > 0) {
      ok(this.#world.nowMs < latestMs, 'nobody can read the store');
      this.#world.queue.runUntil(this.#world.nowMs + CALM_STEP_MS);
    }
  }

  /** Everybody holds the same, and so does a state machine that was fed the log in its own way. */
  #compareReplicas(): void {
    const { witness, belonging } = this.#cluster;
    this.#compareMembers();
    const second = checkSecondReplica(witness.entries, this.#world.random.fork());
    for (const { name, incarnation } of belonging) {
      const { machine } = incarnation.replica;
      equal(incarnation.appliedIndex, witness.appliedIndex, `${name} has not applied everything`);
      while (machine.hasCompactionWork) machine.workInBackground(Infinity);
      equal(hashOf(machine).hash, second.hash, `a second replica has another HashKV than ${name}`);
    }
  }

  /** Everybody knows the same members, and who was removed for good. */
  #compareMembers(): void {
    const { belonging, members } = this.#cluster;
    const [first] = belonging.map(({ incarnation }) => incarnation.replica.machine.members.list());
    for (const { name, incarnation } of belonging) {
      const known = incarnation.replica.machine.members;
      deepEqual(known.list(), first, `${name} knows other members`);
      for (const other of members) {
        const isGone = !belonging.includes(other);
        equal(known.isRemoved(other.id), isGone, `${name} is wrong about ${other.name}`);
      }
    }
  }

  get #record(): RunRecord {
    const world = this.#world;
    const { witness, founders, members } = this.#cluster;
    return {
      history: this.#history,
      entries: witness.entries,
      founders,
      leaderships: witness.leaderships,
      clockRates: new Map(members.map(({ id, clockRate }) => [id, clockRate])),
      temper: world.temper,
      endedAtMs: world.nowMs,
      isQuiet: (fromMs, toMs) => world.isQuiet(fromMs, toMs),
    };
  }

  #report(record: RunRecord): RunReport {
    const world = this.#world;
    const { operations } = record.history;
    const { timeline, registers, watchEvents, expiries } = judge(record);
    world.count(`registers ${registers}`);
    world.count('proposal made again', this.#cluster.witness.repeatCount);
    return {
      seed: world.seed,
      traceHash: world.trace.hash,
      simulatedMs: world.nowMs,
      steps: world.queue.eventCount,
      calls: operations.length,
      acknowledged: operations.filter(({ outcome }) => outcome?.kind === 'ok').length,
      entries: record.entries.length,
      revisions: timeline.moments.at(-1)?.revision ?? 0,
      lives: this.#cluster.lives.length,
      counts: world.counts,
      faults: this.#faults.count,
      watchEvents,
      expiries,
      record,
    };
  }
}
