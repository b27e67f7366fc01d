/**
 * Deadlines of all calls of a server in a hashed timing wheel (Varghese and Lauck, scheme 6): setting
 * and clearing one is a few stores, because nearly every call ends before its deadline does anything.
 * Resolution is 10 ms: the client keeps its own, exact deadline; this one only frees the server's work.
 *
 * Invariant: the timer runs exactly while the wheel holds an entry.
 */
import type { CancelTimer, Clock } from './clock.ts';

/** Width of a slot. */
const SLOT_MS = 10;
/** Slots of the wheel, a power of two: about ten seconds a round; later deadlines stay for rounds. */
const SLOTS = 1024;

/** Something with a deadline; the links live in it, so that the wheel allocates nothing. */
export interface WheelEntry {
  readonly deadline: number | undefined;
  previousInWheel: WheelEntry | undefined;
  nextInWheel: WheelEntry | undefined;
  /** Slot number, or -1 outside of the wheel. */
  wheelSlot: number;
  onDeadline(): void;
}

/** See the file comment. */
export class DeadlineWheel {
  readonly #clock: Clock;
  readonly #slots: (WheelEntry | undefined)[] = new Array<WheelEntry | undefined>(SLOTS).fill(
    undefined,
  );
  #count = 0;
  /** Last slot number, counted from time 0, that was swept. */
  #swept = 0;
  #cancelTimer: CancelTimer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Entries in the wheel. */
  get size(): number {
    return this.#count;
  }

  /** Adds an entry that has a deadline and is in no wheel. */
  add(entry: WheelEntry): void {
    if (this.#count++ === 0) {
      this.#swept = Math.floor(this.#clock.now() / SLOT_MS);
      this.#startTimer();
    }
    const due = Math.max(this.#swept + 1, Math.ceil(entry.deadline! / SLOT_MS));
    const slot = due & (SLOTS - 1);
    const next = this.#slots[slot];
    entry.wheelSlot = slot;
    entry.nextInWheel = next;
    entry.previousInWheel = undefined;
    if (next !== undefined) next.previousInWheel = entry;
    this.#slots[slot] = entry;
  }

  /** Removes an entry; nothing happens when it is not in the wheel. */
  remove(entry: WheelEntry): void {
    if (entry.wheelSlot < 0) return;
    const { previousInWheel: previous, nextInWheel: next } = entry;
    if (previous === undefined) this.#slots[entry.wheelSlot] = next;
    else previous.nextInWheel = next;
    if (next !== undefined) next.previousInWheel = previous;
    entry.wheelSlot = -1;
    entry.nextInWheel = undefined;
    entry.previousInWheel = undefined;
    if (--this.#count > 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #startTimer(): void {
    this.#cancelTimer = this.#clock.after(SLOT_MS, () => {
      this.#cancelTimer = undefined;
      this.#sweep();
      if (this.#count > 0) this.#keepTimer();
    });
  }

  /** The timer runs already when the wheel became empty and was filled again while it was swept. */
  #keepTimer(): void {
    if (this.#cancelTimer === undefined) this.#startTimer();
  }

  #sweep(): void {
    const now = this.#clock.now();
    const current = Math.floor(now / SLOT_MS);
    const first = Math.max(this.#swept + 1, current - SLOTS + 1);
    this.#swept = current;
    for (let number = first; number <= current; number++) {
      for (const entry of this.#dueIn(number & (SLOTS - 1), now)) {
        if (entry.wheelSlot < 0) continue; // removed by the expiry of another
        this.remove(entry);
        entry.onDeadline();
      }
    }
  }

  #dueIn(slot: number, now: number): WheelEntry[] {
    const due: WheelEntry[] = [];
    for (let entry = this.#slots[slot]; entry !== undefined; entry = entry.nextInWheel) {
      if (entry.deadline! <= now) due.push(entry);
    }
    return due;
  }
}
