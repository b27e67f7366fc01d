/**
 * The way between members: each message on its own is late, lost, doubled or overtaken by others, as chance and the
 * cut directions have it. A cut is one-way; two of them are a partition. A clogged direction loses nothing: what is
 * sent waits, and comes in one burst.
 *
 * A message that is on its way when a direction is cut is lost: it would have arrived over a link that is down.
 */
import type { EventQueue } from './event-queue.ts';
import type { Random } from './random.ts';

export interface NetworkOptions {
  /** Shortest and longest time on the way; messages overtake each other within it. */
  readonly delayMs: readonly [number, number];
  /** Probability that a message is lost. Default 0. */
  readonly loss?: number;
  /** Probability that a message arrives twice, each time on its own way. Default 0. */
  readonly duplication?: number;
}

/** A member's name in the network. */
export type Address = string;

export type Receive<Message> = (message: Message, from: Address) => void;

export class SimulatedNetwork<Message> {
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #members = new Map<Address, Receive<Message>>();
  readonly #cut = new Set<string>();
  /** What waits, in the order it was sent, by direction. */
  readonly #clogged = new Map<string, (() => void)[]>();
  #options: NetworkOptions;

  constructor(queue: EventQueue, random: Random, options: NetworkOptions) {
    this.#queue = queue;
    this.#random = random;
    this.#options = options;
  }

  /** Weather changes: messages sent from now on fare by other rules. */
  set options(options: NetworkOptions) {
    this.#options = options;
  }

  /** A member listens, in place of whoever did at this address before. */
  join(address: Address, receive: Receive<Message>): void {
    this.#members.set(address, receive);
  }

  /** A member is gone: what arrives for it is lost. */
  leave(address: Address): void {
    this.#members.delete(address);
  }

  send(from: Address, to: Address, message: Message): void {
    const { loss = 0, duplication = 0 } = this.#options;
    if (this.#cut.has(direction(from, to)) || this.#random.chance(loss)) return;
    this.#deliverLater(from, to, message);
    if (this.#random.chance(duplication)) this.#deliverLater(from, to, message);
  }

  /** Nothing gets from one member to the other until `heal`. The way back stays. */
  cut(from: Address, to: Address): void {
    this.#cut.add(direction(from, to));
  }

  /** Cuts both ways between the members of different groups. */
  partition(groups: readonly (readonly Address[])[]): void {
    for (const group of groups) {
      for (const other of groups) {
        if (group === other) continue;
        for (const from of group) for (const to of other) this.cut(from, to);
      }
    }
  }

  /** What is sent from one member to the other waits until `unclog`. */
  clog(from: Address, to: Address): void {
    const key = direction(from, to);
    if (!this.#clogged.has(key)) this.#clogged.set(key, []);
  }

  /** Everything that waits arrives at once, in the order it was sent. */
  unclog(from: Address, to: Address): void {
    const waiting = this.#clogged.get(direction(from, to)) ?? [];
    this.#clogged.delete(direction(from, to));
    for (const deliver of waiting) this.#queue.schedule(0, `burst ${from} → ${to}`, deliver);
  }

  /** Every direction is open again. Clogs stay. */
  heal(): void {
    this.#cut.clear();
  }

  #deliverLater(from: Address, to: Address, message: Message): void {
    const deliver = (): void => {
      if (!this.#cut.has(direction(from, to))) this.#members.get(to)?.(message, from);
    };
    const clogged = this.#clogged.get(direction(from, to));
    if (clogged !== undefined) return void clogged.push(deliver);
    const delayMs = this.#random.between(...this.#options.delayMs);
    this.#queue.schedule(delayMs, `message ${from} → ${to}`, deliver);
  }
}

const direction = (from: Address, to: Address): string => `${from}\0${to}`;
