/**
 * Makes frames of batches, each once: followers that are equally far get the same append in the same turn, and since
 * a frame names neither sender nor receiver, it is the same frame to the byte.
 *
 * Invariant: a frame that was made is never changed, so that several sockets may hold it.
 */
import type { MemberMessage } from '@concord/kv';
import { Writer } from '@concord/protocol';
import { sealFrame } from './frame.ts';
import { encodeBatch } from './message-encoder.ts';

/** A writer that one large frame has grown beyond this is let go. */
const WRITER_BYTES_KEPT = 4 * 1024 * 1024;

type Batch = readonly MemberMessage[];

export class FrameEncoder {
  #writer = new Writer();
  /** Of this turn: those with entries. */
  #made: { readonly batch: Batch; readonly frame: Uint8Array }[] = [];

  frameOf(batch: Batch): Uint8Array {
    if (!batch.every(hasEntries)) return this.#seal(batch);
    const made = this.#made.find((one) => isSameBatch(one.batch, batch));
    if (made !== undefined) return made.frame;
    const frame = this.#seal(batch);
    this.#made.push({ batch, frame });
    return frame;
  }

  /** Forgets the frames of this turn, which sockets may still hold. */
  endTurn(): void {
    if (this.#made.length > 0) this.#made = [];
    if (this.#writer.capacity > WRITER_BYTES_KEPT) this.#writer = new Writer();
  }

  #seal(batch: Batch): Uint8Array {
    return sealFrame(this.#writer, (writer) => encodeBatch(batch, writer));
  }
}

const hasEntries = (message: MemberMessage): boolean =>
  message.kind === 'append' && message.entries.length > 0;

function isSameBatch(a: Batch, b: Batch): boolean {
  return a.length === b.length && a.every((message, i) => isSameAppend(message, b[i]!));
}

/** Entries are not copied on their way, and two that are the same have the same entries before them (log matching). */
function isSameAppend(a: MemberMessage, b: MemberMessage): boolean {
  return (
    a.kind === 'append' &&
    b.kind === 'append' &&
    a.term === b.term &&
    a.commit === b.commit &&
    a.previous.index === b.previous.index &&
    a.previous.term === b.previous.term &&
    a.entries.length === b.entries.length &&
    a.entries.at(-1) === b.entries.at(-1)
  );
}
