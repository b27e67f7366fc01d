/**
 * Judges every watch by the list of all changes that the model made. Guarantees, by their names in etcd's documents:
 * ordered, unique, atomic and reliable (events come in the order of the list, each once, none is left out, those of
 * one revision together), filter (nothing that was not asked for), prev_kv, bookmarkable (nothing at or before
 * progress comes after it), resumable (a watch taken up again where it broke goes on as if it had not).
 */
import { equal, ok } from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';
import { toByteString, type Event } from '@concord/protocol';
import type { History, WatchMessage, WatchRecord } from '../history.ts';
import type { ModelEvent } from '../model/key-value-model.ts';
import { inRange } from '../model/select.ts';
import type { Moment, Timeline } from './timeline.ts';

const TYPE_PUT = 0;
const FILTER_NOPUT = 0;
const FILTER_NODELETE = 1;

/** Answers how many events were judged. */
export function checkWatches(history: History, timeline: Timeline): number {
  let count = 0;
  for (const record of history.watches) count += new Judge(record, timeline).judge();
  return count;
}

/** The one thing that a watch of this workload is rejected for. */
function isEmptySpan({ key, rangeEnd }: WatchRecord['request']): boolean {
  const [from, end] = [toByteString(key), toByteString(rangeEnd)];
  return end !== '' && end !== '\0' && end <= from;
}

class Judge {
  readonly #record: WatchRecord;
  readonly #timeline: Timeline;
  readonly #label: string;
  /** What this watch is to get, in order. */
  #expected: readonly ModelEvent[] = [];
  #startRevision = 0;
  #position = 0;
  #isWithinRevision = false;
  #progressRevision = 0;

  constructor(record: WatchRecord, timeline: Timeline) {
    this.#record = record;
    this.#timeline = timeline;
    const { key, rangeEnd, startRevision } = record.request;
    const span = `${JSON.stringify(toByteString(key))}..${JSON.stringify(toByteString(rangeEnd))}`;
    this.#label = `the watch of ${span} from ${startRevision} on stream ${record.stream}`;
  }

  judge(): number {
    const { messages, end } = this.#record;
    const [created, ...rest] = messages;
    if (created === undefined) {
      ok(end === 'cut', `${this.#label} was never answered`);
      return 0;
    }
    if (end === 'rejected') {
      ok(isEmptySpan(this.#record.request), `${this.#label} was rejected`);
      return 0;
    }
    this.#judgeCreated(created);
    for (const message of rest) this.#judgeMessage(message);
    const { revision } = this.#timeline.moments.at(-1) as Moment;
    if (end === 'open') this.#assertComplete(revision, 'at the end');
    return this.#position;
  }

  #judgeCreated({ response, writtenIndex }: WatchMessage): void {
    const { revision } = this.#at(writtenIndex);
    ok(response.created, `${this.#label} began without being created`);
    equal(response.header?.revision, revision, `${this.#label} was created at another revision`);
    const { startRevision, filters } = this.#record.request;
    this.#startRevision = startRevision === 0 ? revision + 1 : startRevision;
    this.#expected = this.#timeline.events.filter(
      (event) =>
        event.revision >= this.#startRevision &&
        inRange(event.key, this.#record.request) &&
        !filters.includes(event.type === 'put' ? FILTER_NOPUT : FILTER_NODELETE),
    );
  }

  #judgeMessage(message: WatchMessage): void {
    const { response, writtenIndex } = message;
    const { revision, compacted } = this.#at(writtenIndex);
    const { events, compactRevision, canceled, header } = response;
    if (compactRevision > 0) {
      equal(compactRevision, compacted, `${this.#label} ended by another compaction`);
      const next = this.#expected[this.#position]?.revision ?? Infinity;
      const needed = Math.min(Math.max(this.#startRevision, this.#progressRevision + 1), next);
      ok(needed < compacted, `${this.#label} had all that was compacted at ${compacted}`);
      return;
    }
    equal(header?.revision, revision, `${this.#label} got a header of another revision`);
    if (canceled) return;
    if (events.length > 0) return this.#judgeEvents(message);
    this.#assertComplete(revision, `at its progress to ${revision}`);
    const { startRevision } = this.#record.request;
    ok(startRevision <= revision, `${this.#label} got progress before its start`);
    this.#progressRevision = revision;
  }

  #judgeEvents({ response, writtenIndex }: WatchMessage): void {
    for (const [i, event] of response.events.entries()) {
      const expected = this.#expected[this.#position];
      if (expected === undefined) {
        throw new Error(`${this.#label} got an event that is not: ${inspect(event)}`);
      }
      const before = this.#expected[this.#position - 1];
      const isNew = before === undefined || before.revision < expected.revision;
      if (i === 0) equal(isNew, !this.#isWithinRevision, `${this.#label} got a revision in parts`);
      ok(expected.revision > this.#progressRevision, `${this.#label} got an event after progress`);
      this.#judgeEvent(event, expected, this.#at(writtenIndex));
      this.#position++;
    }
    const last = this.#expected[this.#position - 1] as ModelEvent;
    const isComplete = (this.#expected[this.#position]?.revision ?? Infinity) > last.revision;
    const { fragment } = response;
    ok(!fragment || this.#record.request.fragment, `${this.#label} got a fragment unasked`);
    ok(fragment || isComplete, `${this.#label} got revision ${last.revision} in part`);
    this.#isWithinRevision = !isComplete;
  }

  #judgeEvent(actual: Event, expected: ModelEvent, { compacted }: Moment): void {
    const isPut = expected.type === 'put';
    const isCreate = isPut && expected.kv.version === 1;
    const wantsPrevious = this.#record.request.prevKv && !isCreate;
    // What compaction took is not told; what it will take in the background may be.
    const mayBeMissing = expected.revision - 1 < compacted;
    const previous = actual.prevKv === undefined && mayBeMissing ? undefined : expected.previous;
    const wanted: Event = {
      type: isPut ? TYPE_PUT : 1,
      kv: expected.kv,
      prevKv: wantsPrevious ? previous : undefined,
    };
    if (isDeepStrictEqual(actual, wanted)) return;
    throw new Error(`${this.#label} got ${inspect(actual)}\ninstead of ${inspect(wanted)}`);
  }

  /** Everything up to a revision has come. */
  #assertComplete(revision: number, when: string): void {
    const next = this.#expected[this.#position];
    ok(
      next === undefined || next.revision > revision,
      `${this.#label} lacks revision ${next?.revision} ${when}`,
    );
  }

  #at(index: number): Moment {
    const moment = this.#timeline.moments[index];
    ok(moment !== undefined, `${this.#label} got something at index ${index}, which is not`);
    return moment;
  }
}
