/**
 * Encodes `WatchResponse`s. A thousand streams that watch one key usually each call their watch 0 and so get the
 * very same bytes; those are made once. Watchers that differ in their id alone share the encoded events.
 *
 * A response is laid out in one buffer, the events from a fixed place on, header and id right before them:
 *
 *   | unused | header | watch_id | events … |
 *                                ^ eventsStart
 *
 * Invariant: what `response` and `fragments` give out is valid until their next call; a sink copies it.
 */
import { Writer } from '@concord/protocol';
import { writeEvent } from './watch-event.ts';
import type { WatchEvent } from './watch-event.ts';
import { WITH_PREVIOUS, isWanted } from './watcher.ts';

const HEADER = 10;
const WATCH_ID = 16;
const CREATED = 24;
const CANCELED = 32;
const COMPACT_REVISION = 40;
const CANCEL_REASON = 50;
const FRAGMENT = 56;
const FRAGMENT_FIELD_BYTES = 2;

/** A tag and a varint of 64 bits. */
const ID_FIELD_BYTES_MAX = 11;

/** A buffer that a huge response has made larger than this is let go. */
const KEPT_BYTES_MAX = 4_194_304;

/** Ids below this share their encoded field, so that equal ids are equal arrays. */
const SHARED_IDS = 1_024;
const sharedIdFields: Uint8Array[] = [];

/** The `watch_id` field of a response; empty for 0, which protobuf leaves out. */
export function idFieldOf(id: bigint): Uint8Array {
  if (id < 0n || id >= SHARED_IDS) return encodeIdField(id);
  return (sharedIdFields[Number(id)] ??= encodeIdField(id));
}

function encodeIdField(id: bigint): Uint8Array {
  if (id === 0n) return new Uint8Array(0);
  const writer = new Writer(ID_FIELD_BYTES_MAX);
  writer.int64(WATCH_ID, id);
  return writer.finish();
}

/** The `watch_id` of responses that concern no single watch. */
export const NO_WATCH_ID = idFieldOf(-1n);

/** What a response without events says. */
export interface Notice {
  readonly idField: Uint8Array;
  readonly isCreated?: boolean;
  readonly isCanceled?: boolean;
  readonly compactRevision?: number;
  readonly cancelReason?: string;
}

export function encodeNotice(header: Uint8Array, notice: Notice): Uint8Array {
  const { idField, isCreated, isCanceled, compactRevision = 0, cancelReason = '' } = notice;
  const writer = new Writer(64 + header.length + 3 * cancelReason.length);
  writer.bytes(HEADER, header);
  writer.raw(idField);
  if (isCreated === true) writer.bool(CREATED, true);
  if (isCanceled === true) writer.bool(CANCELED, true);
  if (compactRevision !== 0) writer.int64Number(COMPACT_REVISION, compactRevision);
  if (cancelReason !== '') writer.string(CANCEL_REASON, cancelReason);
  return writer.view();
}

export class ResponseWriter {
  #writer = new Writer();
  readonly #headerWriter = new Writer();
  #header = new Uint8Array(0);
  #eventsStart = 0;
  #buffer = new Uint8Array(0);

  // What the buffer holds at the moment.
  #events: readonly WatchEvent[] | undefined;
  #wants = 0;
  #eventCount = 0;
  #idField: Uint8Array | undefined;
  #response = new Uint8Array(0);

  /** Events in the response given out last. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Begins responses with this encoded `ResponseHeader`; forgets those before. */
  begin(header: Uint8Array): void {
    this.#headerWriter.reset().bytes(HEADER, header);
    this.#header = this.#headerWriter.view();
    this.#eventsStart = this.#header.length + ID_FIELD_BYTES_MAX;
    this.#events = undefined;
    if (this.#writer.capacity > KEPT_BYTES_MAX) this.#writer = new Writer();
  }

  /** The response with those of `events` that `wants` lets through; undefined when that leaves none. */
  response(
    events: readonly WatchEvent[],
    wants: number,
    idField: Uint8Array,
  ): Uint8Array | undefined {
    if (events !== this.#events || wants !== this.#wants) this.#writeEvents(events, wants);
    if (this.#eventCount === 0) return undefined;
    if (idField !== this.#idField) this.#writeFront(idField);
    return this.#response;
  }

  /**
   * The same response in parts that stay below `bytesMax` unless a single event is larger. All but the last say
   * that there is more.
   */
  *fragments(
    events: readonly WatchEvent[],
    wants: number,
    idField: Uint8Array,
    bytesMax: number,
  ): Generator<Uint8Array> {
    const wanted = events.filter(({ change }) => isWanted(wants, change.kind));
    const frontBytes = this.#header.length + idField.length + FRAGMENT_FIELD_BYTES;
    const part = new Writer();
    const single = new Writer();
    let partEvents = 0;
    for (const event of wanted) {
      writeEvent(single.reset(), event, (wants & WITH_PREVIOUS) !== 0);
      if (partEvents > 0 && frontBytes + part.length + single.length >= bytesMax) {
        yield this.#part(idField, part, true);
        part.reset();
        partEvents = 0;
      }
      part.raw(single.view());
      partEvents++;
    }
    yield this.#part(idField, part, false);
  }

  #part(idField: Uint8Array, events: Writer, hasMore: boolean): Uint8Array {
    const front = new Writer(this.#header.length + ID_FIELD_BYTES_MAX + events.length);
    front.raw(this.#header);
    front.raw(idField);
    if (hasMore) front.bool(FRAGMENT, true);
    front.raw(events.view());
    return front.view();
  }

  #writeEvents(events: readonly WatchEvent[], wants: number): void {
    const writer = this.#writer.reset();
    writer.skip(this.#eventsStart);
    const withPrevious = (wants & WITH_PREVIOUS) !== 0;
    let count = 0;
    for (const event of events) {
      if (!isWanted(wants, event.change.kind)) continue;
      writeEvent(writer, event, withPrevious);
      count++;
    }
    this.#buffer = writer.view();
    this.#events = events;
    this.#wants = wants;
    this.#eventCount = count;
    this.#idField = undefined;
  }

  #writeFront(idField: Uint8Array): void {
    const idStart = this.#eventsStart - idField.length;
    const start = idStart - this.#header.length;
    this.#buffer.set(idField, idStart);
    this.#buffer.set(this.#header, start);
    this.#response = this.#buffer.subarray(start);
    this.#idField = idField;
  }
}
