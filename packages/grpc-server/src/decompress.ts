/**
 * Reads the compressed flag of a request message (gRPC over HTTP/2, "Compressed-Flag"). gzip is the one
 * encoding beside identity; the result is bounded while it is produced, so that a small bomb stays small.
 */
import { gunzipSync } from 'node:zlib';

import type { Compression } from './request-head.ts';
import { GrpcStatus } from './status.ts';
import type { CallFailure } from './status.ts';

/** The plain message, or why there is none. */
export type Decompressed =
  | { readonly ok: true; readonly message: Uint8Array }
  | { readonly ok: false; readonly failure: CallFailure };

/** Undoes the compression of one message whose flags byte is not zero. */
export function decompress(
  message: Uint8Array,
  flags: number,
  compression: Compression,
  messageBytesMax: number,
): Decompressed {
  if (flags !== 1) {
    return failed(GrpcStatus.internal, `grpc: received unexpected payload format ${String(flags)}`);
  }
  if (compression === 'identity') {
    const text = 'grpc: compressed flag set with identity or empty encoding';
    return failed(GrpcStatus.internal, text);
  }
  try {
    return { ok: true, message: gunzipSync(message, { maxOutputLength: messageBytesMax }) };
  } catch (error) {
    if (error instanceof RangeError) {
      const text = `grpc: received message after decompression larger than max ${String(messageBytesMax)}`;
      return failed(GrpcStatus.resourceExhausted, text);
    }
    const cause = error instanceof Error ? error.message : String(error);
    return failed(GrpcStatus.internal, `grpc: failed to decompress the received message: ${cause}`);
  }
}

const failed = (code: number, message: string): Decompressed => ({
  ok: false,
  failure: { code, message },
});
