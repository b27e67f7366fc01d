/**
 * A replica with all that raft asks of its caller: a disk that is slow and forgets what was not
 * synced, and a state machine that is a hash over everything applied. It is driven by hand: nothing
 * happens until a test says so.
 *
 * The state machine survives a crash only as of the last snapshot, which is the hardest case: all
 * entries after it are handed out again.
 */
import {
  decodeMembershipChange,
  MemoryLog,
  Raft,
  type Configuration,
  type Entry,
  type HardState,
  type MemberId,
  type Message,
  type RaftConfig,
  type Ready,
  type ReadState,
  type Snapshot,
  type StepOutcome,
} from '../index.ts';

export interface ReplicaOptions extends Omit<RaftConfig, 'id'> {
  readonly id: MemberId;
  /** The first configuration; empty for a member that is yet to be invited. */
  readonly configuration: Configuration;
}

/** The state machine; the configuration is part of it, since membership entries are applied too. */
interface Machine {
  readonly index: number;
  readonly hash: number;
  readonly configuration: Configuration;
}

export class Replica {
  readonly id: MemberId;
  readonly #options: ReplicaOptions;
  raft: Raft;
  isDown = false;

  /** What is on disk. */
  readonly disk = new MemoryLog({ snapshotSource: () => this.#snapshot() });
  hardState: HardState = { term: 0, votedFor: 0n, commit: 0 };
  base: Snapshot;
  /** What was handed to the disk and is not synced, oldest first. */
  writes: Ready[] = [];
  /** The numbers of the Readys that are synced and not reported. */
  unreported: number[] = [];

  /** What raft believes its log to be: the disk and everything on its way there. */
  image = new MemoryLog();
  machine: Machine;
  reads: ReadState[] = [];
  readsLost: number[] = [];
  onApply: (entry: Entry) => void = () => undefined;
  onInstall: (snapshot: Snapshot) => void = () => undefined;

  constructor(options: ReplicaOptions) {
    this.id = options.id;
    this.#options = options;
    const { configuration } = options;
    this.base = { term: 0, index: 0, configuration, data: encodeHash(0) };
    this.machine = { index: 0, hash: 0, configuration };
    this.raft = this.#boot();
  }

  #boot(): Raft {
    const { disk, hardState, base } = this;
    return new Raft(this.#options, disk, hardState, base.configuration, base.index);
  }

  /** Takes one Ready and does what it says, except that its write stays unsynced. */
  advance(): Ready {
    const ready = this.raft.ready();
    if (ready.mustPersist) this.writes.push(ready);
    if (ready.snapshot !== undefined) this.image.applySnapshot(ready.snapshot);
    this.image.append(ready.entries);
    for (const entry of ready.committed) this.#apply(entry);
    const last = ready.committed.at(-1);
    if (last !== undefined) this.raft.applied(last.index);
    this.reads.push(...ready.readStates);
    this.readsLost.push(...ready.readsLost);
    return ready;
  }

  #apply(entry: Entry): void {
    if (entry.index !== this.machine.index + 1) throw new Error('applied out of order');
    const { hash, configuration } = this.machine;
    this.machine = {
      index: entry.index,
      hash: hashEntry(hash, entry),
      configuration: entry.kind === 'membership' ? this.raft.applyMembership(entry) : configuration,
    };
    this.onApply(entry);
  }

  /** Makes the oldest unsynced writes durable and reports them. */
  sync(count = this.writes.length): void {
    this.store(count);
    while (this.unreported.length > 0) this.report(0);
  }

  /** Makes the oldest unsynced writes durable without telling raft. */
  store(count: number): void {
    for (const write of this.writes.splice(0, count)) {
      this.#store(write);
      this.unreported.push(write.number);
    }
  }

  /** Tells raft of one write that is durable; the reports need not keep the order. */
  report(position: number): void {
    for (const number of this.unreported.splice(position, 1)) this.raft.persisted(number);
  }

  #store(write: Ready): void {
    if (write.hardState !== undefined) this.hardState = write.hardState;
    if (write.snapshot !== undefined) {
      this.base = write.snapshot;
      this.disk.applySnapshot(write.snapshot);
      this.machine = loadMachine(write.snapshot);
      this.onInstall(write.snapshot);
    }
    this.disk.append(write.entries);
  }

  /** Stops without warning; of what was not synced, the oldest `surviving` writes are on disk. */
  crash(surviving = 0): void {
    for (const write of this.writes.slice(0, surviving)) this.#store(write);
    this.writes = [];
    this.unreported = [];
    this.isDown = true;
  }

  restart(): void {
    this.isDown = false;
    this.reads = [];
    this.readsLost = [];
    this.machine = loadMachine(this.base);
    this.image = new MemoryLog({ start: this.base });
    const { disk } = this;
    this.image.append(disk.entries(disk.firstIndex(), disk.lastIndex() + 1, Infinity));
    this.raft = this.#boot();
  }

  /** Makes a snapshot of the state machine and forgets the log up to it. */
  compact(): void {
    const snapshot = this.#snapshot();
    if (snapshot === undefined || snapshot.index <= this.base.index) return;
    this.base = snapshot;
    this.disk.compact(snapshot.index);
    this.image.compact(snapshot.index);
  }

  #snapshot(): Snapshot | undefined {
    const { index, hash, configuration } = this.machine;
    const term = this.disk.term(index);
    if (term === undefined) return undefined;
    return { term, index, configuration, data: encodeHash(hash) };
  }

  step(message: Message): StepOutcome {
    return this.raft.step(message);
  }
}

/** What a payload says, for people. */
export function describeEntry(entry: Entry): string {
  const position = `${String(entry.index)}/${String(entry.term)}`;
  if (entry.kind === 'normal') return `${position} ${describePayload(entry.data)}`;
  const change = decodeMembershipChange(entry.data);
  const members = change?.members.map(({ kind, member }) => `${kind} ${String(member)}`);
  const what = members?.length === 0 ? 'leave-joint' : (members?.join(', ') ?? 'malformed');
  return `${position} [${what}]`;
}

function describePayload(data: Uint8Array): string {
  return data.length === 0 ? '(opening)' : new TextDecoder().decode(data);
}

/** Depends on everything applied so far, and its order. */
function hashEntry(hash: number, entry: Entry): number {
  let mixed = Math.imul(hash ^ entry.term, 0x01000193) ^ (entry.kind === 'normal' ? 1 : 2);
  for (const byte of entry.data) mixed = Math.imul(mixed ^ byte, 0x01000193);
  return mixed >>> 0;
}

function encodeHash(hash: number): Uint8Array {
  return new TextEncoder().encode(String(hash));
}

function loadMachine({ index, configuration, data }: Snapshot): Machine {
  return { index, hash: Number(new TextDecoder().decode(data)), configuration };
}
