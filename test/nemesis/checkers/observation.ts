/** What the observer's watch, over all its streams, says about each revision: the order of everything, as one member after the other told it. */
import { toByteString, type Event } from '@concord/protocol';
import type { WatchRecord } from '../history.ts';
import { promised } from './violation.ts';

export interface ObservedRevision {
  readonly events: readonly Event[];
  /** When the observer was told; the change is older. */
  readonly receivedAtMs: number;
}

export type Observation = ReadonlyMap<number, ObservedRevision>;

const TYPE_DELETE = 1;

/** Puts the streams of one watcher together. */
export function observationOf(records: readonly WatchRecord[]): Observation {
  const revisions = new Map<number, { events: Event[]; receivedAtMs: number }>();
  let last = 0;
  for (const { messages, watcher, member } of records) {
    for (const { response, receivedAtMs } of messages) {
      for (const event of response.events) {
        const revision = event.kv?.modRevision ?? 0;
        promised(
          revision >= last,
          () =>
            `${watcher} was told of revision ${revision} by member ${member} after revision ${last}`,
        );
        last = revision;
        const known = revisions.get(revision);
        if (known === undefined) revisions.set(revision, { events: [event], receivedAtMs });
        else known.events.push(event);
      }
    }
  }
  return revisions;
}

/** An event, for people and for comparison. */
export function describeEvent({ type, kv }: Event): string {
  if (kv === undefined) return 'nothing';
  const key = toByteString(kv.key);
  if (type === TYPE_DELETE) return `delete ${key}@${kv.modRevision}`;
  const { createRevision, modRevision, version, lease } = kv;
  return `put ${key}=${toByteString(kv.value)}@${modRevision} created ${createRevision} version ${version} lease ${lease}`;
}
