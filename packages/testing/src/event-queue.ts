/**
 * Virtual time: what is to happen, in the order of its moments. Nothing passes between two events, so an hour in
 * which nothing happens costs nothing.
 *
 * Invariant: events of the same moment happen in the order in which they were scheduled, and time never goes back.
 */
export interface ScheduledEvent {
  readonly atMs: number;
  /** What it is, for the trace. */
  readonly label: string;
}

interface Event extends ScheduledEvent {
  readonly number: number;
  run: (() => void) | undefined;
}

/** Takes an event back; nothing happens when it has happened. */
export type CancelEvent = () => void;

export interface EventQueueOptions {
  /** Called before each event, for a trace. */
  readonly onEvent?: (event: ScheduledEvent) => void;
}

export class EventQueue {
  /** A binary heap: no event comes before its parent, which is at half its position. */
  readonly #heap: Event[] = [];
  readonly #options: EventQueueOptions;
  #nowMs = 0;
  #scheduledCount = 0;
  #eventCount = 0;

  constructor(options: EventQueueOptions = {}) {
    this.#options = options;
  }

  /** Virtual milliseconds since the world began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many events have happened. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Schedules an event `delayMs` from now; 0 is after all that is scheduled for now. */
  schedule(delayMs: number, label: string, run: () => void): CancelEvent {
    const event: Event = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      number: this.#scheduledCount++,
      label,
      run,
    };
    this.#push(event);
    return () => {
      event.run = undefined;
    };
  }

  /** Lets the next event happen. False when there is none. */
  step(): boolean {
    for (;;) {
      const event = this.#pop();
      if (event === undefined) return false;
      const { run } = event;
      if (run === undefined) continue;
      event.run = undefined;
      this.#nowMs = event.atMs;
      this.#eventCount++;
      this.#options.onEvent?.(event);
      run();
      return true;
    }
  }

  /** Lets everything happen up to a moment, at which the clock then stands. */
  runUntil(atMs: number): void {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.atMs > atMs) break;
      if (next.run === undefined) this.#pop();
      else this.step();
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent] as Event, event)) break;
      heap[at] = heap[parent] as Event;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || last === first) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child] as Event)) child++;
      if (isBefore(last, heap[child] as Event)) break;
      heap[at] = heap[child] as Event;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (a: Event, b: Event): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);
