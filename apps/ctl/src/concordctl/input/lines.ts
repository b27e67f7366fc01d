/** Reads stdin line by line, each when it is asked for. */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { CommandError, exitCodes } from '../../command-error.ts';

const NEWLINE = 0x0a;

export class Lines {
  readonly #chunks: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(input: Readable) {
    this.#chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line, without its end. Throws `CommandError` where there is no whole line any more, in Go's word. */
  async next(describe: (reason: string) => string = (reason) => reason): Promise<string> {
    for (;;) {
      const end = this.#left.indexOf(NEWLINE);
      if (end >= 0) {
        const line = this.#left.subarray(0, end).toString();
        this.#left = this.#left.subarray(end + 1);
        return line;
      }
      const chunk = await this.#chunks.next();
      if (chunk.done === true) throw new CommandError(describe('EOF'), exitCodes.badInput);
      this.#left = Buffer.concat([this.#left, chunk.value]);
    }
  }
}
