/**
 * What happened to services, as it is kept in the cluster: each event is a key of its own, written once by whichever gateway
 * keeps the record. Heartbeats are no events, so that they cost nothing here.
 *
 * Invariant: every event up to the revision of the mark has been written, and each is written together with a mark.
 */
import { op, type Client } from '@concord/client';
import { z } from 'zod';
import { timelineEventSchema, type TimelineEvent } from './service-schemas.ts';
import type { Untimed } from './timeline-event.ts';

const EVENTS = '/concord/gateway/timeline/events/';
const MARK = '/concord/gateway/timeline/mark';
/** Of a service; a list shows as many. */
export const EVENTS_MAX = 500;
/** Trimming is done now and then, not for each event. */
const TRIM_OVER = 100;
/** Below etcd's default of 128 operations in a transaction, with the mark beside them. */
export const BATCH_EVENTS_MAX = 100;
/** Revisions have no more digits while they are exact numbers: texts in order are revisions in order. */
const DIGITS = 16;
const DAY_MS = 24 * 3_600_000;
/** Events hang on a lease that is shared by those of an hour: they go by themselves. */
const LEASE_USED_MS = 3_600_000;
/** How long events are kept: the more there are, the shorter, so that all of them together are bounded. */
const KEPT_MS: readonly { readonly upTo: number; readonly ms: number }[] = [
  { upTo: 50_000, ms: 7 * DAY_MS },
  { upTo: 100_000, ms: DAY_MS },
  { upTo: Infinity, ms: 3_600_000 },
];

const markSchema = z.object({ revision: z.int(), since: z.string() });

/** Up to where the record is complete, and since when. */
export type Mark = z.output<typeof markSchema>;
/** An event with the service that it is of. */
export interface Timed {
  readonly service: string;
  readonly event: TimelineEvent;
}

export class TimelineRecord {
  readonly #client: Client;
  /** Written since the last trim, by service. */
  readonly #untrimmed = new Map<string, number>();
  #lease: { readonly id: bigint; readonly untilMs: number } | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  async mark(): Promise<Mark | undefined> {
    const entry = await this.#client.kv.get(MARK);
    return entry && markOf(entry.text);
  }

  /** The newest events of a service, the newest first, and the mark that they belong to. */
  async read(
    service: string,
  ): Promise<{ events: readonly TimelineEvent[]; mark: Mark | undefined }> {
    // The mark first: what is written in between is known twice rather than not at all.
    const mark = await this.mark();
    const { entries } = await this.#client.kv.range(
      { prefix: `${EVENTS}${service}/` },
      { limit: EVENTS_MAX, sort: 'key', order: 'descending' },
    );
    const events = entries.flatMap(({ text }) => eventIn(text) ?? []);
    return { events, mark };
  }

  async isKnown(service: string): Promise<boolean> {
    const range = { prefix: `${EVENTS}${service}/` };
    return (await this.#client.kv.range(range, { countOnly: true })).count > 0;
  }

  /** Writes events, at most {@link BATCH_EVENTS_MAX}, and how far the record is with them. */
  async write(batch: readonly Timed[], mark: Mark): Promise<void> {
    const lease = batch.length === 0 ? 0n : await this.#leaseOfTheHour();
    const puts = batch.map(({ service, event }) =>
      op.put(keyOf(service, event), JSON.stringify(event), { lease }),
    );
    await this.#client.kv
      .txn()
      .then(...puts, op.put(MARK, JSON.stringify(mark)))
      .commit({ repeatable: true });
    for (const { service } of batch) await this.#count(service);
  }

  async #count(service: string): Promise<void> {
    const count = (this.#untrimmed.get(service) ?? 0) + 1;
    this.#untrimmed.set(service, count);
    if (count <= TRIM_OVER) return;
    this.#untrimmed.delete(service);
    await this.#trim(service);
  }

  async #trim(service: string): Promise<void> {
    const { kv } = this.#client;
    const prefix = `${EVENTS}${service}/`;
    const { count } = await kv.range({ prefix }, { countOnly: true });
    if (count <= EVENTS_MAX) return;
    const limit = count - EVENTS_MAX;
    const last = (await kv.range({ prefix }, { limit, keysOnly: true })).entries.at(-1);
    if (last !== undefined) await kv.delete({ from: prefix, to: `${last.key}\0` });
  }

  async #leaseOfTheHour(): Promise<bigint> {
    if (this.#lease !== undefined && Date.now() < this.#lease.untilMs) return this.#lease.id;
    const { count } = await this.#client.kv.range({ prefix: EVENTS }, { countOnly: true });
    const { ms } = KEPT_MS.find(({ upTo }) => count < upTo)!;
    const { lease } = await this.#client.leases.grant(ms + LEASE_USED_MS);
    this.#lease = { id: lease, untilMs: Date.now() + LEASE_USED_MS };
    return lease;
  }
}

/** The same event has the same key, whoever writes it. */
const keyOf = (service: string, { revision, instance, kind }: TimelineEvent): string =>
  `${EVENTS}${service}/${String(revision).padStart(DIGITS, '0')}-${instance}-${kind}`;

/** An event that has got its time. */
export const timed = ({ service, event }: Untimed, at: Date, isApproximate: boolean): Timed => ({
  service,
  event: { at: at.toISOString(), ...(isApproximate && { isApproximate: true }), ...event },
});

function eventIn(text: string): TimelineEvent | undefined {
  const result = timelineEventSchema.safeParse(jsonIn(text));
  return result.success ? result.data : undefined;
}

function markOf(text: string): Mark | undefined {
  const result = markSchema.safeParse(jsonIn(text));
  return result.success ? result.data : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
