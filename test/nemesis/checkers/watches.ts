/**
 * Judges every watch by the list of all changes. By the names of etcd's documents: ordered, unique, reliable (the
 * events are those of the list, each once, none left out), atomic (a revision comes in one piece), resumable (from
 * the revision that was asked for), bookmarkable (what comes after progress is newer), and prev_kv.
 */
import { isDeepStrictEqual, inspect } from 'node:util';
import { toByteString, type Event } from '@concord/protocol';
import type { ModelEvent } from '../../sim/model/key-value-model.ts';
import { inRange } from '../../sim/model/select.ts';
import type { History, WatchMessage, WatchRecord } from '../history.ts';
import type { Timeline } from './replay.ts';
import { promised } from './violation.ts';

/** Answers how many events were judged. */
export function checkWatches(history: History, timeline: Timeline): number {
  const judges = history.watches.map((record) => new Judge(record, timeline));
  for (const judge of judges) judge.judge();
  return judges.reduce((sum, { position }) => sum + position, 0);
}

class Judge {
  /** How many of the expected events have come. */
  position = 0;
  readonly #record: WatchRecord;
  readonly #timeline: Timeline;
  readonly #expected: readonly ModelEvent[];
  readonly #label: string;
  #progressRevision = 0;

  constructor(record: WatchRecord, timeline: Timeline) {
    this.#record = record;
    this.#timeline = timeline;
    const { request, watcher, member } = record;
    this.#label = `the watch of ${watcher} at member ${member} from revision ${request.startRevision}`;
    this.#expected = timeline.events.slice(firstAtOrAfter(timeline.events, request.startRevision));
    if (toByteString(request.key) !== '\0') {
      this.#expected = this.#expected.filter(({ key }) => inRange(key, request));
    }
  }

  judge(): void {
    const [created, ...rest] = this.#record.messages;
    if (created === undefined) return;
    promised(created.response.created, () => `${this.#label} began without being created`);
    for (const message of rest) this.#judgeMessage(message);
    if (this.#record.end === 'open')
      this.#assertComplete(this.#timeline.lastRevision, 'at the end');
  }

  #judgeMessage({ response }: WatchMessage): void {
    const { events, compactRevision, canceled, header } = response;
    if (compactRevision > 0) {
      const had = this.#expected[this.position - 1]?.revision ?? 0;
      const needed = Math.max(this.#record.request.startRevision, had + 1);
      promised(
        needed < compactRevision,
        () =>
          `${this.#label} ended by the compaction at ${compactRevision}, which had not taken what it needed (${needed})`,
      );
      return;
    }
    promised(!canceled, () => `${this.#label} was cancelled: ${response.cancelReason}`);
    if (events.length > 0) return this.#judgeEvents(events);
    const revision = header?.revision ?? 0;
    this.#assertComplete(revision, `at its progress to ${revision}`);
    this.#progressRevision = revision;
  }

  #judgeEvents(events: readonly Event[]): void {
    for (const event of events) {
      const expected = this.#expected[this.position];
      promised(
        expected !== undefined,
        () => `${this.#label} got an event that is not: ${inspect(event)}`,
      );
      promised(
        expected.revision > this.#progressRevision,
        () =>
          `${this.#label} got revision ${expected.revision} after progress to ${this.#progressRevision}`,
      );
      this.#judgeEvent(event, expected);
      this.position += 1;
    }
    const last = this.#expected[this.position - 1] as ModelEvent;
    const next = this.#expected[this.position];
    promised(
      (next?.revision ?? Infinity) > last.revision,
      () => `${this.#label} got revision ${last.revision} in part`,
    );
  }

  #judgeEvent(actual: Event, { type, kv, previous }: ModelEvent): void {
    // What a compaction took is not told; the others must be the key as it was.
    const prevKv =
      actual.prevKv === undefined || !this.#record.request.prevKv ? undefined : previous;
    const wanted: Event = { type: type === 'put' ? 0 : 1, kv, prevKv };
    promised(
      isDeepStrictEqual(actual, wanted),
      () => `${this.#label} got ${inspect(actual)}\ninstead of ${inspect(wanted)}`,
    );
  }

  /** Everything up to a revision has come. */
  #assertComplete(revision: number, when: string): void {
    const next = this.#expected[this.position];
    promised(
      (next?.revision ?? Infinity) > revision,
      () => `${this.#label} lacks revision ${next?.revision} ${when}`,
    );
  }
}

function firstAtOrAfter(events: readonly ModelEvent[], revision: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle] as ModelEvent).revision < revision) low = middle + 1;
    else high = middle;
  }
  return low;
}
