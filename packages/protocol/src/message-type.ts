/**
 * What the generated constant of a message can do: make, write and read its messages.
 */
import type { Reader } from './reader.ts';
import { Writer } from './writer.ts';

export interface MessageType<M> {
  /** Full name, such as `etcdserverpb.PutRequest`. */
  readonly name: string;

  /** A message with the fields given, and the default value in all others. */
  create(fields?: Partial<M>): M;

  /** Appends the message to `writer`, byte for byte as etcd would write it. */
  encode(message: M, writer: Writer): void;

  /**
   * Reads one message, from `start` to `end` (by default all of `bytes`). Fields of type `bytes` are views
   * into `bytes`: whoever keeps them longer copies them.
   *
   * @throws ProtocolDecodeError with etcd's text
   */
  decode(bytes: Uint8Array, start?: number, end?: number): M;

  /** Reads fields from `reader` to its `end` over those of `message`, and returns `message`. */
  merge(message: M, reader: Reader): M;
}

/** A shared writer is let go when one large message has grown it beyond this. */
const KEPT_BYTES_MAX = 64 * 1024;

let shared = new Writer();

/** Encodes one message into bytes of its own. Who encodes many reuses a `Writer` instead. */
export function encode<M>(type: MessageType<M>, message: M): Uint8Array<ArrayBuffer> {
  shared.reset();
  type.encode(message, shared);
  const bytes = shared.finish();
  if (shared.capacity > KEPT_BYTES_MAX) shared = new Writer();
  return bytes;
}
