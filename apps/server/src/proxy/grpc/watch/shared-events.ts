/**
 * The events of one response of a member, encoded once for all watches that are told of the same ones: as the field
 * `events` of a `WatchResponse`, which is put behind the other fields as it is.
 */
import { Event, Writer } from '@concord/protocol';

/** `WatchResponse.events`, length-delimited. */
const EVENTS_TAG = (11 << 3) | 2;

export class SharedEvents {
  readonly lastRevision: number;
  readonly events: readonly Event[];
  #encoded: Uint8Array | undefined;

  /** @param events at least one, in the order of their revisions */
  constructor(events: readonly Event[]) {
    this.events = events;
    this.lastRevision = events.at(-1)?.kv?.modRevision ?? 0;
  }

  /** Those that are wanted; undefined when none is. */
  select(isWanted: (event: Event) => boolean): SharedEvents | undefined {
    const wanted = this.events.filter(isWanted);
    if (wanted.length === 0) return undefined;
    return wanted.length === this.events.length ? this : new SharedEvents(wanted);
  }

  get encoded(): Uint8Array {
    return (this.#encoded ??= this.#encode());
  }

  /** In pieces of at most `bytesMax`, or of one event that is larger. */
  pieces(bytesMax: number): readonly SharedEvents[] {
    if (this.encoded.length <= bytesMax) return [this];
    if (this.events.length === 1) return [this];
    const half = Math.ceil(this.events.length / 2);
    const parts = [this.events.slice(0, half), this.events.slice(half)];
    return parts.flatMap((part) => new SharedEvents(part).pieces(bytesMax));
  }

  #encode(): Uint8Array {
    const writer = new Writer();
    for (const event of this.events) {
      const start = writer.open(EVENTS_TAG);
      Event.encode(event, writer);
      writer.close(start);
    }
    return writer.view();
  }
}
