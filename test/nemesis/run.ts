/**
 * One run: a cluster under load, faults that overlap, then peace, and then judgement. Checks come after the run,
 * for the members need the machine while it goes on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@concord/testing';
import { Cluster } from '../cluster/cluster.ts';
import type { ServerKind } from '../cluster/cluster.ts';
import type { ClusterNetwork } from '../cluster/network.ts';
import { wallClockEnvironment } from '../cluster/wall-clock.ts';
import { checkAgreement, statesAt } from './agreement.ts';
import { judge } from './checkers/judgement.ts';
import { clockFile } from './faults/clocks.ts';
import type { Fault } from './faults/fault.ts';
import { injectFaults, type FaultReport } from './faults/schedule.ts';
import { verifyDataDirectories } from './data-directories.ts';
import { HistoryBook } from './history.ts';
import { findLeader } from './leadership.ts';
import { Connections } from './load/connections.ts';
import { Load } from './load/load.ts';
import { recoveryTimesMs } from './recovery.ts';
import { writeHistory } from './history-file.ts';

/** Load before the first fault. */
const WARM_UP_MS = 1_500;
/** For members to come to the end once everything is mended. */
const HEAL_MS_MAX = 60_000;
/** Room for two segments of the log, at 64 MiB each, and for what a run writes. */
const SMALL_DISK_BYTES = 256 * 1024 * 1024;
const ENTRIES_KEPT = { min: 5, max: 500 } as const;
/** What a member says when it has one. */
const SNAPSHOT_LINE = 'fetched a snapshot';
/** Fewer acknowledged calls a second than this say nothing about a cluster under load. */
const CALLS_PER_SECOND_MIN = 20;

export interface RunOptions {
  readonly kind: ServerKind;
  readonly network: ClusterNetwork;
  readonly size: number;
  readonly seed: number;
  readonly seconds: number;
  readonly clients: number;
  readonly faults: readonly Fault[];
  /** How many faults at a time. */
  readonly lanes: number;
  log(line: string): void;
}

export interface RunSummary {
  readonly operations: number;
  readonly acknowledged: number;
  readonly unknown: number;
  readonly refused: number;
  /** Writes without an answer that were found in the history. */
  readonly placed: number;
  readonly judged: number;
  readonly events: number;
  readonly leaseEnds: number;
  readonly revision: number;
  readonly faults: readonly FaultReport[];
  readonly recoveryMs: readonly number[];
  readonly callsPerSecond: number;
  /** How often a member got a snapshot from another. */
  readonly snapshots: number;
  /** Entries that two members' logs both hold, in the end. */
  readonly entriesCompared: number;
}

/** Throws a `Violation` where the cluster breaks a promise; then data, logs and history are kept. */
export async function run(options: RunOptions): Promise<RunSummary> {
  const hasSmallDisk = options.faults.some(({ needs }) => needs === 'small disk');
  await using cluster = await Cluster.start({
    ...options,
    ...(hasSmallDisk && { smallDiskBytes: SMALL_DISK_BYTES }),
    flags: temperOf(options),
    ...(options.kind.name === 'concord' && {
      environment: ({ name }, directory) => wallClockEnvironment(clockFile(directory, name)),
    }),
  });
  const book = new HistoryBook();
  try {
    return await new Run(options, cluster, book).run();
  } catch (error) {
    const directory = cluster.keep();
    writeHistory(directory, book);
    options.log(`data directories, logs and history are kept in ${directory}`);
    throw error;
  }
}

/** A log that is kept for so many entries only: members that were away need a snapshot, some of the time. */
function temperOf({ kind, seed }: RunOptions): string[] {
  if (kind.name !== 'concord') return [];
  const entries = new Random(seed).fork().magnitude(ENTRIES_KEPT.min, ENTRIES_KEPT.max);
  return [`--snapshot-catchup-entries=${entries}`];
}

class Run {
  readonly #options: RunOptions;
  readonly #cluster: Cluster;
  readonly #book: HistoryBook;
  readonly #random: Random;
  readonly #load: Load;
  readonly #faults: FaultReport[] = [];
  readonly #leaderKillsAtMs: number[] = [];
  #entriesCompared = 0;

  constructor(options: RunOptions, cluster: Cluster, book: HistoryBook) {
    this.#options = options;
    this.#cluster = cluster;
    this.#book = book;
    this.#random = new Random(options.seed);
    this.#load = new Load(cluster, book, this.#random.fork(), options.clients);
  }

  async run(): Promise<RunSummary> {
    const connections = new Connections(this.#cluster);
    try {
      const beganAtMs = performance.now();
      this.#load.start();
      await sleep(WARM_UP_MS);
      await this.#trouble(connections);
      await this.#load.stopCalling();
      const seconds = (performance.now() - beganAtMs) / 1000;
      return await this.#judge(connections, seconds);
    } finally {
      await this.#load.end();
      connections.close();
    }
  }

  async #trouble(connections: Connections): Promise<void> {
    const { faults, lanes, seconds, log } = this.#options;
    const signal = AbortSignal.timeout(seconds * 1000);
    const context = {
      cluster: this.#cluster,
      random: this.#random.fork(),
      busy: new Set<string>(),
      observedRevision: () => this.#load.observer.revision,
      leader: () => findLeader(connections),
      wait: async (milliseconds: number) => {
        await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
      },
      leaderKilled: () => void this.#leaderKillsAtMs.push(performance.now()),
    };
    const began = performance.now();
    if (faults.length === 0) return context.wait(seconds * 1000);
    await injectFaults(faults, lanes, context, signal, (report) => {
      this.#cluster.assertAlive();
      this.#faults.push(report);
      const [from, to] = [report.beganAtMs, report.endedAtMs].map((ms) =>
        ((ms - began) / 1000).toFixed(1),
      );
      log(`  ${from} s to ${to} s, ${report.name}: ${report.description}`);
    });
  }

  async #judge(connections: Connections, seconds: number): Promise<RunSummary> {
    const deadlineMs = performance.now() + HEAL_MS_MAX;
    this.#cluster.assertAlive();
    const last = await this.#load.writeLast(deadlineMs);
    await within(this.#load.watched(last), HEAL_MS_MAX, 'a watch has not come to the last write');
    const states = await statesAt(connections, last, deadlineMs);
    await this.#load.end();
    const { timeline, events, leaseEnds } = judge(this.#book, last);
    checkAgreement(states, timeline.events);
    if (this.#options.kind.name === 'concord') await this.#verifyDisks();
    const { placed, judged, lastRevision } = timeline;
    return this.#summary(seconds, {
      placed: placed.size,
      judged,
      events,
      leaseEnds,
      revision: lastRevision,
    });
  }

  /** All at once: a stop one after the other would only add elections. */
  async #verifyDisks(): Promise<void> {
    const { members } = this.#cluster;
    await Promise.all(members.map(({ number }) => this.#cluster.stop(number)));
    this.#entriesCompared = await verifyDataDirectories(
      members.map(({ dataDirectory }) => dataDirectory),
    );
  }

  #summary(
    seconds: number,
    found: Pick<RunSummary, 'placed' | 'judged' | 'events' | 'leaseEnds' | 'revision'>,
  ): RunSummary {
    const { operations } = this.#book;
    const count = (kind: string): number =>
      operations.filter(({ outcome }) => outcome.kind === kind).length;
    const acknowledged = count('ok');
    const callsPerSecond = acknowledged / seconds;
    if (callsPerSecond < CALLS_PER_SECOND_MIN) {
      throw new Error(
        `too little load to say anything: ${callsPerSecond.toFixed(1)} acknowledged calls a second`,
      );
    }
    return {
      ...found,
      operations: operations.length,
      acknowledged,
      unknown: count('unknown'),
      refused: count('failed'),
      faults: this.#faults,
      recoveryMs: recoveryTimesMs(this.#book, this.#leaderKillsAtMs),
      callsPerSecond,
      snapshots: this.#cluster.countInLogs(SNAPSHOT_LINE),
      entriesCompared: this.#entriesCompared,
    };
  }
}

async function within(
  promise: Promise<void>,
  milliseconds: number,
  sentence: string,
): Promise<void> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${sentence} within ${milliseconds} ms`);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}
