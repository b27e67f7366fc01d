/**
 * Writes the events of a revision, or of a slice of history, to those who watch: whole, in fragments where the
 * client takes them, or not at all where the stream is full.
 */
import { ResponseWriter } from './response-writer.ts';
import type { WatchEvent } from './watch-event.ts';
import { WITHOUT_DELETES, WITHOUT_PUTS, isWanted } from './watcher.ts';
import type { Watcher } from './watcher.ts';

export class Delivery {
  readonly #writer = new ResponseWriter();
  readonly #fragmentBytes: number;
  #eventCount = 0;

  constructor(fragmentBytes: number) {
    this.#fragmentBytes = fragmentBytes;
  }

  /** Events sent since the start, to all watchers together. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** All that is sent until the next `begin` carries this encoded header. */
  begin(header: Uint8Array): void {
    this.#writer.begin(header);
  }

  /**
   * Sends a watcher those of `events` that pass its filters, which may be none. False, having sent nothing, when
   * its stream takes no more at the moment.
   */
  send(watcher: Watcher, events: readonly WatchEvent[]): boolean {
    const { stream, wants, idField } = watcher;
    if (stream.isBlocked) return !isAnyWanted(events, wants);
    const response = this.#writer.response(events, wants, idField);
    if (response === undefined) return true;
    this.#eventCount += this.#writer.eventCount;
    watcher.isActive = true;
    const isLarge = response.length >= this.#fragmentBytes && this.#writer.eventCount > 1;
    if (!isLarge || !watcher.hasFragments) {
      stream.write(response);
      return true;
    }
    // A revision is never split by a full stream: its parts are written to the end.
    const parts = this.#writer.fragments(events, wants, idField, this.#fragmentBytes);
    for (const part of parts) stream.write(part);
    return true;
  }
}

function isAnyWanted(events: readonly WatchEvent[], wants: number): boolean {
  if ((wants & (WITHOUT_PUTS | WITHOUT_DELETES)) === 0) return true;
  return events.some(({ change }) => isWanted(wants, change.kind));
}
