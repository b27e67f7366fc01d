/** A correct run with what a mutator needs to know of it; and the copying that leaves the original alone. */
import type { RangeResponse, WatchResponse } from '@concord/protocol';
import { ResponseHeader } from '@concord/protocol';
import type { Timeline } from '../checkers/timeline.ts';
import { commandOf } from '../checkers/second-replica.ts';
import type { WitnessedEntry } from '../cluster-witness.ts';
import type { Operation, WatchRecord } from '../history.ts';
import { selectFrom } from '../model/select.ts';
import { judge, type RunRecord } from '../record.ts';
import type { CallKind } from '../temper.ts';

/** Part of an operation's outcome or of a watch's messages, given another value. */
export class Specimen {
  readonly record: RunRecord;
  readonly timeline: Timeline;

  constructor(record: RunRecord) {
    this.record = record;
    this.timeline = judge(record).timeline;
  }

  /** Operations that were answered well, of some kinds. */
  answered<Kind extends CallKind>(...kinds: readonly Kind[]): Operation<Kind>[] {
    return this.record.history.operations.filter(
      (operation): operation is Operation<Kind> =>
        operation.outcome?.kind === 'ok' && (kinds as readonly CallKind[]).includes(operation.kind),
    );
  }

  /** Reads of the present that promise to know of everything before them. */
  get linearizableReads(): Operation<'range'>[] {
    return this.answered('range').filter(({ request }) => !request.serializable);
  }

  /** Entries that clients asked for and were told of. */
  get acknowledgedEntries(): WitnessedEntry[] {
    const writes = this.answered('put', 'delete-range', 'lease-revoke');
    const indexes = new Set(writes.map(({ answeredIndex }) => answeredIndex));
    return this.record.entries.filter(({ index }) => indexes.has(index));
  }

  /** Entries that open a term: they hold nothing. */
  get emptyEntries(): WitnessedEntry[] {
    return this.record.entries.filter((entry) => commandOf(entry) === undefined);
  }

  /** Watches with the positions of those of their messages that carry events. */
  get watchesWithEvents(): { watch: WatchRecord; positions: number[] }[] {
    return this.record.history.watches
      .map((watch) => ({
        watch,
        positions: watch.messages.flatMap(({ response }, i) =>
          response.events.length > 0 ? [i] : [],
        ),
      }))
      .filter(({ positions }) => positions.length > 0);
  }

  /** What a range would have been answered at a log index; undefined where it would have been refused. */
  rangeAt({ request }: Operation<'range'>, index: number): RangeResponse | undefined {
    const moment = this.timeline.moments[index];
    if (moment === undefined || request.revision !== 0) return undefined;
    const { revision } = moment;
    const header = ResponseHeader.create({ clusterId: 1n, memberId: 1n, raftTerm: 1, revision });
    return { header, ...selectFrom(this.timeline.model.stateAt(revision), request) };
  }

  withOperation(number: number, change: Partial<Operation>): RunRecord {
    const { history } = this.record;
    const operations = history.operations.map((operation) =>
      operation.number === number ? { ...operation, ...change } : operation,
    );
    return { ...this.record, history: { ...history, operations } };
  }

  /** Another response, with all else as it was. */
  withResponse<Kind extends CallKind>(
    operation: Operation<Kind>,
    change: Partial<ResponseOf<Kind>>,
  ): RunRecord {
    const { outcome } = operation;
    if (outcome?.kind !== 'ok') throw new Error('only what was answered is answered otherwise');
    const response = { ...outcome.response, ...change };
    return this.withOperation(operation.number, { outcome: { kind: 'ok', response } } as never);
  }

  withEntry(index: number, change: Partial<WitnessedEntry>): RunRecord {
    const entries = this.record.entries.map((entry) =>
      entry.index === index ? { ...entry, ...change } : entry,
    );
    return { ...this.record, entries };
  }

  withMessages(watch: WatchRecord, messages: WatchRecord['messages']): RunRecord {
    const { history } = this.record;
    const watches = history.watches.map((one) => (one === watch ? { ...one, messages } : one));
    return { ...this.record, history: { ...history, watches } };
  }

  withWatchResponse(
    watch: WatchRecord,
    position: number,
    change: Partial<WatchResponse>,
  ): RunRecord {
    const messages = watch.messages.map((message, i) =>
      i === position ? { ...message, response: { ...message.response, ...change } } : message,
    );
    return this.withMessages(watch, messages);
  }
}

type ResponseOf<Kind extends CallKind> = Extract<
  Operation<Kind>['outcome'],
  { kind: 'ok' }
>['response'];
