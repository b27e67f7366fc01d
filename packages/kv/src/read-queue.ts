/**
 * Linearizable reads between their arrival and the moment when this member's state is known to be new enough
 * (ReadIndex, Raft thesis §6.4). All reads that wait in one turn share one round of confirmation.
 *
 * Invariant: a read runs only after the index that a leader confirmed at or after its arrival is applied.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';

export interface Read {
  readonly run: () => void;
  readonly fail: (error: EtcdErrorRow) => void;
  readonly deadlineMs: number;
}

type Round =
  | { readonly state: 'asked'; readonly reads: Read[]; readonly askedMs: number }
  | { readonly state: 'confirmed'; readonly reads: Read[]; readonly index: number };

/** A round that a member has forwarded may get lost: after this long it is asked for anew (etcd's time). */
const RETRY_MS = 500;

export class ReadQueue {
  #arrived: Read[] = [];
  /** Rounds by their number, oldest first. */
  readonly #rounds = new Map<number, Round>();
  #nextRound = 1;
  #slowCount = 0;
  #failedCount = 0;

  get waitingCount(): number {
    return this.#arrived.length;
  }

  /** Rounds that were asked for anew because nobody answered. */
  get slowCount(): number {
    return this.#slowCount;
  }

  /** Reads that nobody could confirm in time. */
  get failedCount(): number {
    return this.#failedCount;
  }

  add(read: Read): void {
    this.#arrived.push(read);
  }

  /** Starts a round for all that arrived since the last one; its number goes to Raft as the context. */
  openRound(nowMs: number): number {
    const round = this.#nextRound++;
    this.#rounds.set(round, { state: 'asked', reads: this.#arrived, askedMs: nowMs });
    this.#arrived = [];
    return round;
  }

  confirm(round: number, index: number): void {
    const asked = this.#rounds.get(round);
    if (asked !== undefined)
      this.#rounds.set(round, { state: 'confirmed', reads: asked.reads, index });
  }

  /** Nobody could confirm the round now: its reads wait for the next one. */
  reopen(round: number): void {
    const asked = this.#rounds.get(round);
    if (asked === undefined) return;
    this.#rounds.delete(round);
    this.#arrived = [...asked.reads, ...this.#arrived];
  }

  /** Runs every read whose index is applied. */
  release(appliedIndex: number): void {
    for (const [number, round] of this.#rounds) {
      if (round.state !== 'confirmed' || round.index > appliedIndex) continue;
      this.#rounds.delete(number);
      for (const read of round.reads) read.run();
    }
  }

  /** Gives up what is overdue, and takes back what nobody has answered. */
  tick(nowMs: number): void {
    this.#expire(nowMs);
    for (const [number, round] of this.#rounds) {
      if (round.state !== 'asked' || nowMs - round.askedMs < RETRY_MS) continue;
      this.#slowCount += 1;
      this.reopen(number);
    }
  }

  #expire(nowMs: number): void {
    const late: Read[] = [];
    const keep = (read: Read): boolean => read.deadlineMs > nowMs || (late.push(read), false);
    this.#arrived = this.#arrived.filter(keep);
    for (const [number, round] of this.#rounds) {
      const reads = round.reads.filter(keep);
      if (reads.length === 0) this.#rounds.delete(number);
      else if (reads.length < round.reads.length) this.#rounds.set(number, { ...round, reads });
    }
    this.#failedCount += late.length;
    for (const read of late) read.fail(etcdErrors.ErrTimeout);
  }

  failAll(error: EtcdErrorRow): void {
    const reads = [...this.#arrived, ...[...this.#rounds.values()].flatMap((round) => round.reads)];
    this.#arrived = [];
    this.#rounds.clear();
    for (const read of reads) read.fail(error);
  }
}
