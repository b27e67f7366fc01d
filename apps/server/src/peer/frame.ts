/**
 * The frames of a peer channel. A frame is a head of 8 bytes and a body:
 *
 *     bytes 0-3   length of the body, big-endian
 *     bytes 4-7   CRC-32 of the body, big-endian
 *     the rest    the body
 *
 * On a channel the body is a batch of messages. A frame of length 0 is a sounding: the receiver sends its 8 bytes
 * back as they are, so the second half is the sender's to number it with. On a snapshot's way a frame is a chunk,
 * and length 0 is the end.
 */
import { crc32 } from 'node:zlib';
import type { Writer } from '@concord/protocol';

export const FRAME_HEAD_BYTES = 8;

/**
 * The longest body that is taken. An append is up to 1 MiB of entries, or one entry as large as the sender's
 * `--max-request-bytes`, which need not be the receiver's; forwarded proposals come as large as a turn gathers.
 * Memory is taken as bytes arrive, not as they are announced, so the bound may be wide: what one follower may have
 * in flight, 64 MiB.
 */
export const FRAME_BYTES_MAX = 64 * 1024 * 1024;

/** Bytes that are no frame: the connection cannot be trusted any more. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Makes a frame of what `write` writes: bytes of its own, head included. */
export function sealFrame(
  writer: Writer,
  write: (writer: Writer) => void,
): Uint8Array<ArrayBuffer> {
  writer.reset().skip(FRAME_HEAD_BYTES);
  write(writer);
  const frame = writer.finish();
  writeHead(frame, frame.length - FRAME_HEAD_BYTES, crc32(frame.subarray(FRAME_HEAD_BYTES)));
  return frame;
}

/** A head alone, for a body that is sent behind it. */
export function frameHead(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(FRAME_HEAD_BYTES);
  writeHead(head, body.length, crc32(body));
  return head;
}

/** A frame without a body; `mark` stands where the checksum would. */
export function emptyFrame(mark: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(FRAME_HEAD_BYTES);
  writeHead(frame, 0, mark);
  return frame;
}

function writeHead(target: Uint8Array, length: number, mark: number): void {
  const view = new DataView(target.buffer, target.byteOffset, FRAME_HEAD_BYTES);
  view.setUint32(0, length);
  view.setUint32(4, mark);
}
