/**
 * Keeps the record of what happened: one gateway at a time does, found by an election. It follows the registry from where
 * the record ends, so that nothing is lost while no gateway ran, as far as the cluster's history goes back.
 */
import { ConcordError, type Change, type Client, type WatchBatch } from '@concord/client';
import type { Elections } from '@concord/lock';
import { registryKeys } from '@concord/registry/records';
import { eventOf, type Untimed } from './timeline-event.ts';
import {
  BATCH_EVENTS_MAX,
  timed,
  type Mark,
  type Timed,
  type TimelineRecord,
} from './timeline-record.ts';
import type { Timeline } from './timeline.ts';

const ELECTION = '/concord/gateway/timeline/keeper';
/** How long an event waits for others to come along. */
const GATHER_MS = 100;
/** Where nothing happens, the mark moves on so often, so that it is not left behind the compaction. */
const MARK_EVERY_MS = 10 * 60_000;

export class TimelineKeeper implements AsyncDisposable {
  readonly #client: Client;
  readonly #record: TimelineRecord;
  readonly #timeline: Timeline;
  readonly #candidacy: AsyncDisposable;

  /** @param timeline - what this gateway has seen itself, with the time when it did */
  constructor(
    client: Client,
    elections: Elections,
    record: TimelineRecord,
    timeline: Timeline,
    name: string,
  ) {
    this.#client = client;
    this.#record = record;
    this.#timeline = timeline;
    this.#candidacy = elections.lead(ELECTION, ({ signal }) => this.#keep(signal), { value: name });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#candidacy[Symbol.asyncDispose]();
  }

  async #keep(signal: AbortSignal): Promise<void> {
    const present = await this.#presentRevision();
    const mark = (await this.#record.mark()) ?? (await this.#begin(present));
    try {
      await this.#follow(mark, present, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!ConcordError.is(error, 'COMPACTED')) throw error;
      // What was in between is not known any more: the record is complete from now on.
      await this.#follow(await this.#begin(present), present, signal);
    }
  }

  async #begin(revision: number): Promise<Mark> {
    const mark = { revision, since: new Date().toISOString() };
    await this.#record.write([], mark);
    return mark;
  }

  async #presentRevision(): Promise<number> {
    const { kv } = this.#client;
    return (await kv.range(registryKeys.all, { countOnly: true })).revision;
  }

  /** @param present - what happened up to this revision is told late: when exactly may not be known */
  async #follow(begun: Mark, present: number, signal: AbortSignal): Promise<void> {
    let mark = begun;
    let writtenAtMs = performance.now();
    const waiting: Timed[] = [];
    const write = async (): Promise<void> => {
      do {
        // Events of one revision may be parted: the mark moves on with the last of them.
        const batch = waiting.slice(0, BATCH_EVENTS_MAX);
        const isAll = batch.length === waiting.length;
        const { revision } = batch.at(-1)?.event ?? mark;
        const to = isAll ? mark : { ...mark, revision: revision - 1 };
        await this.#record.write(batch, to);
        waiting.splice(0, batch.length);
      } while (waiting.length > 0);
      writtenAtMs = performance.now();
    };
    const range = { prefix: registryKeys.all };
    const options = { from: mark.revision + 1, previous: true, signal };
    await using watch = this.#client.watch(range, options);
    let next = watch.next();
    for (;;) {
      const read = await within(next, GATHER_MS, waiting.length > 0);
      if (read === 'late') {
        await write();
        continue;
      }
      if (read.done === true) return;
      next = watch.next();
      mark = { ...mark, revision: read.value.revision };
      waiting.push(...this.#events(read.value, present));
      const isIdle = performance.now() - writtenAtMs > MARK_EVERY_MS;
      if (waiting.length >= BATCH_EVENTS_MAX || isIdle) await write();
    }
  }

  #events(batch: WatchBatch, present: number): Timed[] {
    if (batch.type !== 'changes') return [];
    const { revision } = batch;
    return batch.changes
      .map((change) => eventOf({ revision, ...sidesOf(change) }))
      .filter((event) => event !== undefined)
      .map((untimed) => this.#timed(untimed, present));
  }

  #timed(untimed: Untimed, present: number): Timed {
    const seenAt = this.#timeline.seenAt(untimed);
    if (seenAt !== undefined) return timed(untimed, new Date(seenAt), false);
    return timed(untimed, new Date(), untimed.event.revision <= present);
  }
}

const sidesOf = (change: Change) => ({
  key: change.kind === 'put' ? change.entry.key : change.key,
  before: change.previous,
  after: change.kind === 'put' ? change.entry : undefined,
});

/** What `pending` brings, or that it takes long, if that matters. */
async function within<T>(pending: Promise<T>, ms: number, isBounded: boolean): Promise<T | 'late'> {
  if (!isBounded) return pending;
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), ms);
  try {
    return await Promise.race([pending, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
