/**
 * A few production replicas in one process under virtual time: a log that is durable a moment later, a store in
 * memory, a network that a test can cut. Enough to see them work together; the worlds that try to break them are
 * the simulator's.
 */
import assert from 'node:assert/strict';
import {
  KeyValue,
  Member,
  MembershipRequest,
  PutRequest,
  RangeRequest,
  type EtcdErrorRow,
} from '@concord/protocol';
import type { Entry, HardState } from '@concord/raft';
import { EventQueue, Random, SimulatedNetwork } from '@concord/testing';
import type { ApplyOutcome } from '../apply-outcome.ts';
import { foundCluster } from '../cluster-founding.ts';
import { encodeCommand, type Command } from '../command.ts';
import type { MemberMessage } from '../member-message.ts';
import { MemoryStore } from '../memory-store.ts';
import { tables, type Table } from '../ordered-store.ts';
import { Replica } from '../replica.ts';
import type { ReplicaOptions } from '../replica-options.ts';
import { findDisagreement } from '../table-agreement.ts';
import type { Snapshots, World } from '../world.ts';

export const HEARTBEAT_MS = 100;
export const ELECTION_MS = 1000;
const LOG_MS = 1;
const NETWORK_MS = [1, 3] as const;

const newHardState: HardState = { term: 0, votedFor: 0n, commit: 0 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();
export const bytes = (text: string): Uint8Array => encoder.encode(text);

type Outcome = ApplyOutcome | EtcdErrorRow;

/** What a member has when it starts: all that a crash leaves. */
class Disk {
  store = new MemoryStore();
  hardState = newHardState;
  base = { index: 0, term: 0 };
  entries: Entry[] = [];
}

export class SmallMember {
  readonly id: bigint;
  readonly disk = new Disk();
  replica!: Replica;
  isUp = false;
  /** How often the members were told to have changed. */
  membershipChanges = 0;
  readonly #cluster: SmallCluster;
  #life = 0;

  constructor(cluster: SmallCluster, id: bigint) {
    this.#cluster = cluster;
    this.id = id;
  }

  start(): void {
    const { queue, network } = this.#cluster;
    this.isUp = true;
    this.#life++;
    const { hardState, base, entries } = this.disk;
    this.replica = new Replica(
      { ...this.#cluster.options, memberId: this.id },
      { hardState, base, entries: [...entries] },
      this.#world(),
    );
    network.join(String(this.id), (message) => {
      if (this.isUp) this.replica.step([message]);
    });
    const life = this.#life;
    const tick = (): void => {
      if (this.#life !== life || !this.isUp) return;
      this.replica.tick();
      queue.schedule(HEARTBEAT_MS, 'tick', tick);
    };
    tick();
  }

  kill(): void {
    this.isUp = false;
    this.#cluster.network.leave(String(this.id));
  }

  /** Proposes and waits for the outcome. */
  put(key: string, value: string): Outcome {
    const request = PutRequest.create({ key: bytes(key), value: bytes(value) });
    return this.propose({ kind: 'put', request });
  }

  propose(command: Command): Outcome {
    return this.#cluster.await((done) =>
      this.replica.propose(command, encodeCommand(command), done),
    );
  }

  /** A linearizable read; undefined for a key that is not there. */
  get(key: string): string | undefined {
    this.#cluster.await<'read' | EtcdErrorRow>((done) =>
      this.replica.read(() => done('read'), done),
    );
    return this.localGet(key);
  }

  localGet(key: string): string | undefined {
    const result = this.replica.machine.range(RangeRequest.create({ key: bytes(key) }));
    if ('code' in result) return assert.fail(result.message);
    const record = result.records[0];
    return record === undefined ? undefined : decoder.decode(KeyValue.decode(record).value);
  }

  change(request: Partial<MembershipRequest>): 'changed' | Pick<EtcdErrorRow, 'message'> {
    const whole = MembershipRequest.create(request);
    return this.#cluster.await((done) => this.replica.calls.changeMembership(whole, done));
  }

  #world(): World {
    const { queue, network, random } = this.#cluster;
    const life = this.#life;
    const later = (delayMs: number, label: string, run: () => void): void => {
      queue.schedule(delayMs, label, () => {
        if (this.isUp && this.#life === life) run();
      });
    };
    return {
      log: {
        append: (hardState, entries, durable) =>
          later(LOG_MS, 'log', () => {
            this.#append(hardState, entries);
            durable();
          }),
        release: () => undefined,
      },
      store: this.disk.store,
      transport: {
        send: (messages: readonly MemberMessage[]) => {
          for (const message of messages) {
            network.send(String(this.id), String(message.to), message);
            // The name stands for the content, which is in the sender's holds: it arrives with the message.
            if (message.kind !== 'snapshot') continue;
            later(50, 'snapshot', () => this.replica.reportSnapshot(message.to, true));
          }
        },
        connectedSinceMs: (id) => (this.#cluster.member(id)?.isUp === true ? -Infinity : undefined),
      },
      snapshots: this.#snapshots(later),
      membershipChanged: () => void (this.membershipChanges += 1),
      roleChanged: () => undefined,
      now: () => queue.nowMs,
      random: () => random.next(),
      schedule: (run) => later(0, 'turn', run),
    };
  }

  #append(hardState: HardState | undefined, entries: readonly Entry[]): void {
    const { disk } = this;
    disk.hardState = hardState ?? disk.hardState;
    const first = entries[0];
    if (first === undefined) return;
    disk.entries = [...disk.entries.filter(({ index }) => index < first.index), ...entries];
  }

  #snapshots(later: (delayMs: number, label: string, run: () => void) => void): Snapshots {
    const { holds } = this.#cluster;
    return {
      hold: () => {
        const copy = copyOf(this.disk.store);
        const name = bytes(`snapshot ${holds.size}`);
        holds.set(decoder.decode(name), copy);
        return { name, store: copy };
      },
      install: (position, name, installed) =>
        later(20, 'install', () => {
          replaceBy(this.disk.store, holds.get(decoder.decode(name))!);
          this.disk.base = position;
          this.disk.entries = [];
          installed();
        }),
    };
  }
}

export class SmallCluster {
  readonly queue = new EventQueue();
  readonly random = new Random(1);
  readonly network = new SimulatedNetwork<MemberMessage>(this.queue, this.random, {
    delayMs: NETWORK_MS,
  });
  readonly holds = new Map<string, MemoryStore>();
  readonly options: Omit<ReplicaOptions, 'memberId'>;
  readonly members: SmallMember[] = [];

  constructor(size: number, options: Partial<ReplicaOptions> = {}) {
    this.options = {
      clusterId: 0xc1n,
      raft: { electionTicks: ELECTION_MS / HEARTBEAT_MS, heartbeatTicks: 1, preVote: true },
      requestTimeoutMs: 5000,
      electionTimeoutMs: ELECTION_MS,
      logEntriesKept: 1000,
      membership: { isStrict: true, learnersMax: 1 },
      progressNotifyMs: 600_000,
      fragmentBytes: 1 << 20,
      ...options,
    };
    const records = Array.from({ length: size }, (_, i) => memberRecord(BigInt(i + 1)));
    for (const { ID } of records) {
      const member = this.add(ID);
      foundCluster(member.disk.store, records, () => undefined);
    }
    for (const member of this.members) member.start();
  }

  /** A member without any data: it has to be told of the cluster. */
  add(id: bigint): SmallMember {
    const member = new SmallMember(this, id);
    this.members.push(member);
    return member;
  }

  member(id: bigint): SmallMember | undefined {
    return this.members.find((member) => member.id === id);
  }

  /** The member that leads and answers for it. */
  leader(): SmallMember {
    this.until(() => this.#leading() !== undefined);
    return this.#leading()!;
  }

  followers(): SmallMember[] {
    const leader = this.leader();
    return this.members.filter((member) => member !== leader && member.isUp);
  }

  #leading(): SmallMember | undefined {
    const leading = this.members.filter(
      ({ isUp, replica }) => isUp && replica.isLeader && replica.machine.lessor.isPrimary,
    );
    return leading.sort((a, b) => b.replica.term - a.replica.term)[0];
  }

  /** Lets time pass until something is so; fails after a virtual minute. */
  until(condition: () => boolean): void {
    const endMs = this.queue.nowMs + 60_000;
    while (!condition()) {
      assert.ok(this.queue.nowMs < endMs && this.queue.step(), 'it becomes so within a minute');
    }
  }

  run(durationMs: number): void {
    const endMs = this.queue.nowMs + durationMs;
    this.until(() => this.queue.nowMs >= endMs);
  }

  await<T>(start: (done: (outcome: T) => void) => void): T {
    let outcome: { readonly value: T } | undefined;
    start((value) => (outcome = { value }));
    this.until(() => outcome !== undefined);
    return outcome!.value;
  }

  /** All that are up have applied the same, and it is the same. */
  converge(): void {
    const up = this.members.filter(({ isUp }) => isUp).map(({ replica }) => replica.machine);
    this.until(() => new Set(up.map(({ applied }) => applied.index)).size === 1);
    assert.equal(new Set(up.map(({ hash }) => hash)).size, 1, 'members have the same state');
    for (const { disk } of this.members)
      assert.equal(findDisagreement(disk.store), undefined, 'what is stored agrees with itself');
  }
}

const memberRecord = (ID: bigint): Member =>
  Member.create({ ID, name: `m${ID}`, peerURLs: [`http://m${ID}:2380`] });

function copyOf(store: MemoryStore): MemoryStore {
  const copy = new MemoryStore();
  replaceBy(copy, store);
  return copy;
}

/** Makes one store hold what another does. */
function replaceBy(store: MemoryStore, other: MemoryStore): void {
  const batch = new Map<Table, Map<string, Uint8Array | null>>();
  for (const table of tables) {
    const rows = new Map<string, Uint8Array | null>();
    store.scan(table, { from: '' }, (key) => void rows.set(key, null));
    other.scan(table, { from: '' }, (key, value) => void rows.set(key, value.slice()));
    batch.set(table, rows);
  }
  store.commit(batch, () => undefined);
}
