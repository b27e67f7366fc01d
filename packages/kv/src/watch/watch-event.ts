/**
 * A change on its way to watchers, and how it is encoded as `mvccpb.Event`. The key and value in it are bytes
 * that the store has encoded already; nothing is decoded to tell of a change.
 */
import type { Writer } from '@concord/protocol';
import type { WatchedChange } from './watch-history.ts';

// Tags of protobuf fields: number times 8 plus wire type.
const RESPONSE_EVENTS = 90;
const EVENT_TYPE = 8;
const EVENT_KV = 18;
const EVENT_PREVIOUS = 26;
const TYPE_DELETE = 1;
const TYPE_FIELD_BYTES = 2;

export class WatchEvent {
  readonly change: WatchedChange;
  #previous: Uint8Array | undefined;
  #isPreviousKnown = false;

  constructor(change: WatchedChange) {
    this.change = change;
  }

  /** The record before the change, read from the store at most once; a creation has none. */
  previous(): Uint8Array | undefined {
    if (!this.#isPreviousKnown) {
      this.#previous = this.change.isCreate ? undefined : this.change.previous();
      this.#isPreviousKnown = true;
    }
    return this.#previous;
  }
}

/** Writes an event as one element of `WatchResponse.events`. */
export function writeEvent(writer: Writer, event: WatchEvent, withPrevious: boolean): void {
  const { kind, record } = event.change;
  const previous = withPrevious ? event.previous() : undefined;
  let length = 1 + lengthWidth(record.length) + record.length;
  if (kind === 'delete') length += TYPE_FIELD_BYTES;
  if (previous !== undefined) length += 1 + lengthWidth(previous.length) + previous.length;
  // An embedded message begins like a number: a tag, then a varint, which is its length.
  writer.uint32(RESPONSE_EVENTS, length);
  if (kind === 'delete') writer.uint32(EVENT_TYPE, TYPE_DELETE);
  writer.bytes(EVENT_KV, record);
  if (previous !== undefined) writer.bytes(EVENT_PREVIOUS, previous);
}

function lengthWidth(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  if (length < 0x200000) return 3;
  return length < 0x10000000 ? 4 : 5;
}
