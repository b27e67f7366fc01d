/** JSON values one after the other in a body that comes in pieces. */
import { JsonError, ValueScanner } from '@concord/protocol';

export class ValueSequence {
  readonly #scanner = new ValueScanner();
  readonly #valueBytesMax: number;
  /** The beginning of a value whose end has not come yet. */
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(valueBytesMax: number) {
    this.#valueBytesMax = valueBytesMax;
  }

  /**
   * Takes a piece of the body and hands on each value that it completes.
   *
   * @throws JsonError where the body is no sequence of values, or one of them is too long
   */
  push(chunk: Buffer, value: (json: Buffer) => void): void {
    let start = 0;
    for (;;) {
      const end = this.#scanner.scan(chunk, start);
      this.#keep(chunk.subarray(start, end < 0 ? chunk.length : end));
      if (end < 0) {
        if (!this.#scanner.isInside) this.#take();
        return;
      }
      value(this.#take());
      start = end;
    }
  }

  #keep(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > this.#valueBytesMax) {
      throw new JsonError(`a value of a stream has ${this.#valueBytesMax} bytes at most`);
    }
    if (piece.length > 0) this.#pieces.push(piece);
  }

  #take(): Buffer {
    const json = Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [];
    this.#length = 0;
    return json;
  }
}
