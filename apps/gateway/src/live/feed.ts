/**
 * What is told of one subject, to everybody who follows it. Subscribers are places in one log of changes; each round
 * writes to those who are behind and can take something, and all who are equally far get the very same bytes.
 */
import { ConcordError } from '@concord/client';
import { ChangeLog } from './change-log.ts';
import type { Entries } from './entry-index.ts';
import { LiveEvent, Packet, type ItemChanges } from './live-event.ts';
import { itemText, itemTexts, type Subject } from './subject.ts';

/** How a subscriber is reached: SSE or WebSocket. */
export interface Outlet {
  /** @returns false if nothing more should be sent until it has called the subscription's `drained` */
  send(packet: Packet): boolean;
  /** Shows that the connection lives, and that `revision` is known. */
  keepAlive(revision: number): boolean;
  /** Says that the gateway goes, and ends it. */
  end(): void;
  /** Ends it at once. */
  destroy(): void;
}

/** What a feed needs of its source. */
export interface FeedSource {
  readonly entries: Entries;
  readonly revision: number;
  reached(revision: number, timeoutMs: number): Promise<void>;
  /** The entries of these prefixes as they were. */
  entriesAt(prefixes: readonly string[], revision: number): Promise<Entries>;
}

/** A subscriber that knows more than this gateway does: how long to wait for the cluster to confirm it. */
const AHEAD_MS_MAX = 2000;
/** Rounds are no closer than this, so that what comes together is written together. */
const ROUND_MS_MIN = 10;
/** And no closer than this many times what the last one took: the rest of the gateway's work goes on. */
const ROUND_REST = 1.5;
/** After as much silence a subscriber is shown that the connection lives. */
const KEEP_ALIVE_MS = 15_000;
/** Who takes nothing for as long is gone. */
const STALL_MS_MAX = 60_000;

interface Subscriber {
  readonly outlet: Outlet;
  readonly mayStay: () => boolean;
  /** The revision up to which it has been told. */
  cursor: number;
  isBlocked: boolean;
  wroteAtMs: number;
}

/** A place in a feed. */
export interface Subscription extends Disposable {
  /** The outlet can take more. */
  drained(): void;
}

/** Who follows a feed. */
export interface Audience {
  readonly subject: string;
  readonly subscribers: number;
  /** Those who have not been told of the newest change yet. */
  readonly behind: number;
  /** Those whose connection takes nothing at the moment. */
  readonly blocked: number;
  /** Of the newest change. */
  readonly revision: number;
  readonly slowestRevision: number;
}

export interface SubscribeOptions {
  /** The revision up to which it knows everything: `Last-Event-ID`. Without it, it is told everything first. */
  readonly from?: number | undefined;
  /** Asked now and then: false ends it, as when a session has ended. */
  readonly mayStay?: () => boolean;
}

export class Feed {
  readonly subject: Subject<unknown>;
  readonly #source: FeedSource;
  readonly #subscribers = new Set<Subscriber>();
  readonly #waiters = new Set<() => void>();
  #items: Map<string, string>;
  #log: ChangeLog;
  #revision: number;
  #packets = new Map<number, Packet>();
  #snapshot: LiveEvent | undefined;
  #round: NodeJS.Timeout | undefined;
  #roundEndedAtMs = -Infinity;
  #roundMs = 0;
  #usedAtMs = performance.now();
  #isClosed = false;
  /** Items that have changed and have not been looked at yet. */
  readonly #touched = new Set<string>();
  #touchedRevision = 0;
  #applying: NodeJS.Timeout | undefined;

  constructor(subject: Subject<unknown>, source: FeedSource) {
    this.subject = subject;
    this.#source = source;
    this.#items = itemTexts(subject, source.entries);
    this.#revision = source.revision;
    this.#log = new ChangeLog(source.revision);
  }

  /** Of the newest change known; of the feed's beginning where there was none since. */
  get revision(): number {
    return this.#revision;
  }

  /** How long nobody has used it. */
  get idleMs(): number {
    const isUsed = this.#subscribers.size > 0 || this.#waiters.size > 0;
    return isUsed ? 0 : performance.now() - this.#usedAtMs;
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** How its subscribers are doing. */
  get audience(): Audience {
    const cursors = [...this.#subscribers].map(({ cursor }) => cursor);
    const behind = cursors.filter((cursor) => cursor < this.#revision);
    const blocked = [...this.#subscribers].filter(({ isBlocked }) => isBlocked);
    return {
      subject: this.subject.name,
      subscribers: cursors.length,
      behind: behind.length,
      blocked: blocked.length,
      revision: this.#revision,
      slowestRevision: Math.min(this.#revision, ...cursors),
    };
  }

  /** Tells `outlet` everything from `from` on, until the subscription is disposed of. */
  async subscribe(outlet: Outlet, options: SubscribeOptions = {}): Promise<Subscription> {
    const subscriber: Subscriber = {
      outlet,
      mayStay: options.mayStay ?? (() => true),
      cursor: 0,
      isBlocked: false,
      wroteAtMs: performance.now(),
    };
    this.#usedAtMs = performance.now();
    // Nothing is awaited between the answer and the addition: no change falls in between.
    this.#send(subscriber, await this.#beginning(options.from));
    if (this.#isClosed) outlet.end();
    else this.#subscribers.add(subscriber);
    return {
      drained: () => {
        subscriber.isBlocked = false;
        this.#schedule();
      },
      [Symbol.dispose]: () => {
        this.#subscribers.delete(subscriber);
        this.#usedAtMs = performance.now();
      },
    };
  }

  /** Resolves when something changed after `index`, or after `waitMs`: says whether it did. */
  async movedBeyond(index: number, waitMs: number, signal?: AbortSignal): Promise<boolean> {
    this.#usedAtMs = performance.now();
    this.#settle();
    if (index > this.#source.revision && !(await this.#isReached(index))) return true;
    if (this.#revision > index) return true;
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(finish);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      this.#waiters.add(finish);
      if (this.#isClosed || signal?.aborted === true) finish();
      else signal?.addEventListener('abort', finish, { once: true });
    });
    this.#usedAtMs = performance.now();
    return this.#revision > index;
  }

  /** Takes in that entries have changed at `revision`; the source's have taken it in already. */
  take(entryKeys: Iterable<string>, revision: number): void {
    for (const key of entryKeys) {
      const itemKey = this.subject.itemKey(key);
      if (itemKey !== undefined) this.#touched.add(itemKey);
    }
    if (this.#touched.size === 0) return;
    this.#touchedRevision = revision;
    const { coalesceMs = 0 } = this.subject;
    if (coalesceMs === 0) this.#settle();
    else this.#applying ??= setTimeout(() => this.#settle(), coalesceMs);
  }

  /** Looks at what has changed. Before anybody is told anything: or they would be told the past. */
  #settle(): void {
    clearTimeout(this.#applying);
    this.#applying = undefined;
    if (this.#touched.size === 0) return;
    const changes = this.#apply(this.#touched);
    this.#touched.clear();
    if (changes === undefined) return;
    this.#revision = this.#touchedRevision;
    this.#log.push(this.#revision, changes);
    this.#forgetEncoded();
    this.#schedule();
    this.#wake();
  }

  /** The cluster's history is another: nobody's place means anything any more. */
  restart(): void {
    this.#touched.clear();
    this.#items = itemTexts(this.subject, this.#source.entries);
    this.#revision = this.#source.revision;
    this.#log = new ChangeLog(this.#revision);
    this.#forgetEncoded();
    // Below every floor.
    for (const subscriber of this.#subscribers) subscriber.cursor = -1;
    this.#schedule();
    this.#wake();
  }

  /** Once a second or so: keeps connections alive, and ends those that are not. */
  tick(nowMs: number): void {
    this.#settle();
    for (const subscriber of this.#subscribers) {
      const silentMs = nowMs - subscriber.wroteAtMs;
      if (silentMs < KEEP_ALIVE_MS) continue;
      if (subscriber.isBlocked) {
        if (silentMs > STALL_MS_MAX) this.#drop(subscriber, 'destroy');
      } else if (!subscriber.mayStay()) {
        this.#drop(subscriber, 'end');
      } else {
        if (subscriber.cursor >= this.#revision) {
          subscriber.cursor = Math.max(subscriber.cursor, this.#source.revision);
        }
        subscriber.wroteAtMs = nowMs;
        subscriber.isBlocked = !subscriber.outlet.keepAlive(subscriber.cursor);
      }
    }
  }

  /** Ends all subscribers in good order. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#round);
    clearTimeout(this.#applying);
    for (const subscriber of this.#subscribers) this.#drop(subscriber, 'end');
    this.#wake();
  }

  #drop(subscriber: Subscriber, how: 'end' | 'destroy'): void {
    this.#subscribers.delete(subscriber);
    subscriber.outlet[how]();
  }

  #apply(touched: ReadonlySet<string>): ItemChanges | undefined {
    const put = new Map<string, string>();
    const deleted = new Set<string>();
    for (const key of touched) {
      const text = itemText(this.subject, key, this.#source.entries);
      if (text === this.#items.get(key)) continue;
      if (text === undefined) {
        this.#items.delete(key);
        deleted.add(key);
      } else {
        this.#items.set(key, text);
        put.set(key, text);
      }
    }
    return put.size + deleted.size === 0 ? undefined : { put, deleted };
  }

  async #beginning(from: number | undefined): Promise<Packet> {
    this.#settle();
    if (from === undefined) return this.#whole('snapshot');
    if (from > this.#source.revision && !(await this.#isReached(from))) {
      return this.#whole('resync');
    }
    this.#settle();
    const known = this.#log.after(from);
    if (known !== undefined) return new Packet(known, Math.max(from, this.#revision));
    return await this.#since(from);
  }

  /** What is different now from how it was at `revision`, which this gateway has not seen. */
  async #since(revision: number): Promise<Packet> {
    let then: Map<string, string>;
    try {
      const entries = await this.#source.entriesAt(this.subject.prefixes, revision);
      then = itemTexts(this.subject, entries);
    } catch (error) {
      if (ConcordError.is(error, 'COMPACTED') || isFuture(error)) return this.#whole('resync');
      throw error;
    }
    this.#settle();
    const put = new Map<string, string>();
    const deleted = new Set<string>();
    for (const [key, text] of this.#items) if (then.get(key) !== text) put.set(key, text);
    for (const key of then.keys()) if (!this.#items.has(key)) deleted.add(key);
    const head = this.#head();
    if (put.size + deleted.size === 0) return new Packet([], head);
    return new Packet([LiveEvent.change(head, { put, deleted })], head);
  }

  async #isReached(revision: number): Promise<boolean> {
    try {
      await this.#source.reached(revision, AHEAD_MS_MAX);
      return true;
    } catch {
      return false;
    }
  }

  #head(): number {
    return Math.max(this.#revision, this.#source.revision);
  }

  #whole(name: 'snapshot' | 'resync'): Packet {
    if (name === 'resync') {
      return new Packet([LiveEvent.whole(name, this.#head(), this.#items)], this.#head());
    }
    this.#snapshot ??= LiveEvent.whole(name, this.#head(), this.#items);
    return new Packet([this.#snapshot], this.#snapshot.revision);
  }

  #forgetEncoded(): void {
    this.#packets.clear();
    this.#snapshot = undefined;
  }

  #wake(): void {
    for (const finish of [...this.#waiters]) finish();
  }

  #schedule(): void {
    if (this.#round !== undefined || this.#isClosed) return;
    const restMs = Math.max(ROUND_MS_MIN, this.#roundMs * ROUND_REST);
    const waitMs = this.#roundEndedAtMs + restMs - performance.now();
    this.#round = setTimeout(() => this.#writeRound(), Math.max(0, waitMs));
  }

  #writeRound(): void {
    const startedAtMs = performance.now();
    for (const subscriber of this.#subscribers) {
      if (subscriber.isBlocked || subscriber.cursor >= this.#revision) continue;
      this.#send(subscriber, this.#packetAfter(subscriber.cursor));
    }
    this.#roundEndedAtMs = performance.now();
    this.#roundMs = this.#roundEndedAtMs - startedAtMs;
    this.#round = undefined;
  }

  #packetAfter(cursor: number): Packet {
    const made = this.#packets.get(cursor);
    if (made !== undefined) return made;
    const events = this.#log.after(cursor);
    const packet =
      events === undefined ? this.#whole('resync') : new Packet(events, this.#revision);
    this.#packets.set(cursor, packet);
    return packet;
  }

  #send(subscriber: Subscriber, packet: Packet): void {
    subscriber.cursor = packet.revision;
    if (packet.events.length === 0) return;
    subscriber.wroteAtMs = performance.now();
    subscriber.isBlocked = !subscriber.outlet.send(packet);
  }
}

/** A revision that the cluster has not come to: it was set back to a backup. */
const isFuture = (error: unknown): boolean => ConcordError.is(error, 'INVALID_ARGUMENT');
