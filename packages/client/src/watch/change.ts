/** What happened to a key, as watches and mirrors tell it. */
import { Event_EventType, type Event, type KeyValue } from '@concord/protocol';
import { Entry } from '../kv/entry.ts';
import type { KeySpace } from '../kv/key-space.ts';
import { keyText } from '../key-text.ts';

/** A put, with the entry as it is now, or a deletion. `previous` is what was there before, where it is known. */
export type Change =
  | { readonly kind: 'put'; readonly entry: Entry; readonly previous?: Entry }
  | {
      readonly kind: 'delete';
      readonly key: string;
      readonly modRevision: number;
      readonly previous?: Entry;
    };

/** A server's event as a change. */
export function changeOf(event: Event, space: KeySpace): Change {
  const pair = event.kv as KeyValue;
  const previous = event.prevKv === undefined ? {} : { previous: new Entry(event.prevKv, space) };
  return event.type === Event_EventType.DELETE
    ? {
        kind: 'delete',
        key: keyText(space.strip(pair.key)),
        modRevision: pair.modRevision,
        ...previous,
      }
    : { kind: 'put', entry: new Entry(pair, space), ...previous };
}

/** The same in entries that can be kept. */
export function keptChangeOf(event: Event, space: KeySpace): Change {
  const change = changeOf(event, space);
  return change.kind === 'put' ? { ...change, entry: change.entry.detached() } : change;
}
