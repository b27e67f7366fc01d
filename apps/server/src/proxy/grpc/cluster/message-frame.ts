/** Messages as gRPC puts them on a stream: a byte for compression, four for the length, and the bytes. */
import { StatusCode } from '@concord/protocol';
import { CallFailure } from './call-failure.ts';

const PREFIX_BYTES = 5;

/** A message as it goes over the wire, uncompressed; a copy. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Cuts what arrives into messages. A message that one chunk holds is a view of it. */
export class MessageAssembler {
  readonly #bytesMax: number;
  /** What has come of an unfinished message, its prefix included. */
  #pieces: Buffer[] = [];
  #piecesBytes = 0;
  /** Of the unfinished message; unknown until its prefix is there. */
  #expectedBytes: number | undefined;

  /** @param bytesMax of one message */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Throws `CallFailure` for what no server should send. */
  take(chunk: Buffer, handle: (message: Buffer) => void): void {
    let rest = chunk;
    if (this.#piecesBytes > 0) {
      this.#pieces.push(chunk);
      this.#piecesBytes += chunk.length;
      if (this.#piecesBytes < (this.#expectedBytes ?? PREFIX_BYTES)) return;
      rest = Buffer.concat(this.#pieces);
      this.#pieces = [];
      this.#piecesBytes = 0;
      this.#expectedBytes = undefined;
    }
    let at = 0;
    while (rest.length - at >= PREFIX_BYTES) {
      const end = at + PREFIX_BYTES + this.#lengthAt(rest, at);
      if (end > rest.length) {
        this.#expectedBytes = end - at;
        break;
      }
      handle(rest.subarray(at + PREFIX_BYTES, end));
      at = end;
    }
    if (at === rest.length) return;
    this.#pieces.push(rest.subarray(at));
    this.#piecesBytes = rest.length - at;
  }

  #lengthAt(bytes: Buffer, at: number): number {
    if (bytes[at] !== 0) {
      throw new CallFailure(StatusCode.INTERNAL, 'a compressed message, which was not asked for');
    }
    const length = bytes.readUInt32BE(at + 1);
    if (length <= this.#bytesMax) return length;
    throw new CallFailure(
      StatusCode.RESOURCE_EXHAUSTED,
      `grpc: received message larger than max (${length} vs. ${this.#bytesMax})`,
    );
  }
}
