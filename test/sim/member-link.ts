/**
 * A life's way to the other members. What arrives is handed in a turn later, all that came at once; a snapshot is
 * fetched first, which takes its time, and both sides may die meanwhile. Members that were removed are told so.
 */
import { Writer } from '@concord/protocol';
import { decodeBatch } from '../../apps/server/src/peer/message-decoder.ts';
import { encodeBatch } from '../../apps/server/src/peer/message-encoder.ts';
import type { HeldSnapshot, MemberMessage, Transport } from '@concord/kv';
import type { SnapshotRequest } from '@concord/raft';
import type { Random } from '@concord/testing';
import type { Incarnation } from './incarnation.ts';
import type { SimulatedCluster } from './cluster.ts';
import type { SimulatedMember } from './member.ts';
import type { StoreContent } from './store.ts';
import type { SimulatedWorld } from './world.ts';

/** More copies of its store than these a member does not keep for others. */
const HOLDS_MAX = 2;

/** Messages that tell of something worth counting. */
const rareKinds: Partial<Record<MemberMessage['kind'], string>> = {
  propose: 'proposals forwarded',
  call: 'leader asked',
  'read-index': 'read forwarded',
  'timeout-now': 'successor told to stand',
  'state-hash': 'state compared',
};

/** A message on its way. */
export interface Parcel {
  readonly from: bigint;
  readonly to: bigint;
  readonly bytes: Uint8Array;
}

export class MemberLink implements Transport {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly #member: SimulatedMember;
  readonly #life: Incarnation;
  #inbox: MemberMessage[] = [];
  /** Kept for others, by name. */
  readonly #held = new Map<string, StoreContent>();
  #holdCount = 0;

  constructor(
    world: SimulatedWorld,
    cluster: SimulatedCluster,
    member: SimulatedMember,
    life: Incarnation,
  ) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.#member = member;
    this.#life = life;
    cluster.network.join(member.name, (parcel, from) => this.#receive(parcel, from));
    life.onDeath.add(() => cluster.network.leave(member.name));
  }

  send(messages: readonly MemberMessage[]): void {
    for (const message of messages) {
      this.#member.witness.sends(message);
      const name = rareKinds[message.kind];
      if (name !== undefined) this.#world.count(name);
      if (isPromise(message)) this.#cluster.onPromise(message);
      if (message.kind === 'snapshot') this.#sendSnapshot(message);
      else
        this.#cluster.network.send(
          this.#member.name,
          this.#addressOf(message.to),
          parcelOf(message),
        );
      this.#noteUnreachable(message.to);
    }
  }

  /** Counts from its first moment: changes of members are to meet every kind of weather. */
  connectedSinceMs(id: bigint): number | undefined {
    return this.#isConnected(id) ? -Infinity : undefined;
  }

  hold(): HeldSnapshot | undefined {
    if (this.#held.size >= HOLDS_MAX) return undefined;
    const content = this.#member.storeContent();
    const name = `${this.#life.label}#${this.#holdCount++}`;
    this.#held.set(name, content);
    // Unless it is sent, it is of no use.
    this.#life.later(this.#world.temper.snapshotMs[1] * 2, 'hold ends', () => {
      this.#held.delete(name);
    });
    return {
      name: Buffer.from(name),
      store: { get: (table, key) => content.get(table)?.get(key) },
    };
  }

  #isConnected(id: bigint): boolean {
    const other = this.#cluster.member(id);
    return other?.isUp === true && this.#cluster.weather.isOpen(this.#member.name, other.name);
  }

  /** Now and then the wrong one gets it. */
  #addressOf(id: bigint): string {
    if (this.#random.chance(this.#world.temper.misdeliveryProbability)) {
      return this.#random.pick(this.#cluster.members).name;
    }
    return this.#cluster.member(id)?.name ?? 'nobody';
  }

  /** A broken connection is noticed now and then. */
  #noteUnreachable(to: bigint): void {
    if (this.#isConnected(to) || !this.#random.chance(0.05)) return;
    this.#life.later(this.#random.between(0, 50), 'unreachable', () => {
      this.#life.replica.reportUnreachable(to);
    });
  }

  #sendSnapshot(message: SnapshotRequest): void {
    const { queue, temper } = this.#world;
    const receiver = this.#cluster.member(message.to);
    const name = Buffer.from(message.snapshot.data).toString();
    const content = this.#held.get(name);
    const target = receiver?.isUp === true ? receiver.incarnation : undefined;
    this.#world.count('snapshot sent');
    const end = (): void => {
      // Another one is being installed: this one waits until that is done.
      if (target?.isDead === false && receiver?.isInstalling === true) {
        queue.schedule(temper.networkMs[1], `snapshot ${name} waits`, end);
        return;
      }
      this.#held.delete(name);
      const isLost =
        content === undefined || target === undefined || target.isDead || this.#life.isDead;
      const arrives =
        !isLost && this.#isConnected(message.to) && target.pausedUntilMs <= this.#world.nowMs;
      if (arrives) {
        receiver?.takeIn(name, content);
        target.link.#receive(parcelOf(message), this.#member.name);
        this.#world.count('snapshot arrived');
      }
      this.#life.later(this.#random.between(...temper.networkMs), 'snapshot reported', () => {
        this.#life.replica.reportSnapshot(message.to, arrives);
      });
    };
    queue.schedule(this.#random.between(...temper.snapshotMs), `snapshot ${name}`, end);
  }

  #receive(parcel: Parcel, from: string): void {
    const { replica } = this.#life;
    if (replica.machine.members.isRemoved(parcel.from)) {
      this.#cluster.named(from)?.hearsOfRemoval();
      return;
    }
    const isFirst = this.#inbox.length === 0;
    this.#inbox.push(...contentOf(parcel));
    if (!isFirst) return;
    this.#life.later(this.#random.between(...this.#world.temper.turnMs), 'receives', () => {
      replica.step(this.#inbox.splice(0));
    });
  }
}

const isPromise = (message: MemberMessage): boolean =>
  (message.kind === 'vote-reply' && message.granted) ||
  (message.kind === 'append-reply' && message.accepted);

const writer = new Writer();

/** What members say goes as bytes, in production's encoding. */
function parcelOf(message: MemberMessage): Parcel {
  writer.reset();
  encodeBatch([message], writer);
  return { from: message.from, to: message.to, bytes: writer.view().slice() };
}

/** Decoding a doubled message gives another copy. */
const contentOf = ({ from, to, bytes }: Parcel): readonly MemberMessage[] =>
  decodeBatch(bytes.slice(), from, to);
