/** Takes gRPC's messages out of the chunks that a stream delivers. */
import { Buffer } from 'node:buffer';
import { StatusCode } from '@concord/protocol';
import { RpcError } from './rpc-error.ts';

const HEAD_BYTES = 5;

export class MessageSplitter {
  readonly #bytesMax: number;
  #chunks: Buffer[] = [];
  #length = 0;
  /** How many bytes it takes until something can be read. */
  #wanted = HEAD_BYTES;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** The messages that end with `chunk`. Throws `RpcError` for what is no message. */
  *split(chunk: Buffer): IterableIterator<Buffer> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#wanted = HEAD_BYTES;
    while (bytes.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + this.#lengthOf(bytes);
      this.#wanted = end;
      if (bytes.length < end) break;
      yield bytes.subarray(HEAD_BYTES, end);
      bytes = bytes.subarray(end);
      this.#wanted = HEAD_BYTES;
    }
    this.#chunks = bytes.length === 0 ? [] : [bytes];
    this.#length = bytes.length;
  }

  #lengthOf(bytes: Buffer): number {
    if (bytes[0] !== 0) throw new RpcError(StatusCode.INTERNAL, 'the answer is compressed', true);
    const length = bytes.readUInt32BE(1);
    if (length <= this.#bytesMax) return length;
    throw new RpcError(
      StatusCode.RESOURCE_EXHAUSTED,
      `grpc: received message larger than max (${length} vs. ${this.#bytesMax})`,
      true,
    );
  }
}
