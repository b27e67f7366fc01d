/**
 * HTTP/2 frame vocabulary (RFC 9113 sections 4, 6 and 7): type, flag, setting and error numbers, and
 * the 9-byte frame header. Everything here is a fact of the wire; no state.
 */

/** Bytes of every frame header: length (24 bits), type, flags, stream id (31 bits). */
export const FRAME_HEADER_BYTES = 9;

/** SETTINGS_MAX_FRAME_SIZE that both sides start with, and the one this server keeps. */
export const DEFAULT_FRAME_BYTES_MAX = 16_384;

/** Largest SETTINGS_MAX_FRAME_SIZE that a peer may announce. */
export const LARGEST_FRAME_BYTES_MAX = 16_777_215;

/** Flow-control windows start here until SETTINGS or WINDOW_UPDATE say otherwise (6.9.2). */
export const DEFAULT_WINDOW_BYTES = 65_535;

/** Largest flow-control window, and largest stream id: 31 bits. */
export const INT31_MAX = 0x7fff_ffff;

/** Frame types (section 6). */
export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** Frame flags; END_STREAM and ACK share a bit because no frame type has both. */
export const Flag = {
  endStream: 0x1,
  ack: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** SETTINGS parameters (6.5.2). */
export const Setting = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const;

/** Error codes of RST_STREAM and GOAWAY (section 7). */
export const ErrorCode = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  flowControlError: 3,
  settingsTimeout: 4,
  streamClosed: 5,
  frameSizeError: 6,
  refusedStream: 7,
  cancel: 8,
  compressionError: 9,
  connectError: 10,
  enhanceYourCalm: 11,
  inadequateSecurity: 12,
  http11Required: 13,
} as const;

/** One of {@link ErrorCode}; peers may send numbers outside of it. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/**
 * Writes a frame header.
 * @returns the offset behind it, where the payload starts.
 */
export function writeFrameHeader(
  target: Uint8Array,
  offset: number,
  payloadBytes: number,
  type: number,
  flags: number,
  streamId: number,
): number {
  target[offset] = payloadBytes >>> 16;
  target[offset + 1] = payloadBytes >>> 8;
  target[offset + 2] = payloadBytes;
  target[offset + 3] = type;
  target[offset + 4] = flags;
  return writeUint32(target, offset + 5, streamId);
}

/**
 * Writes a big-endian 32-bit number.
 * @returns the offset behind it.
 */
export function writeUint32(target: Uint8Array, offset: number, value: number): number {
  target[offset] = value >>> 24;
  target[offset + 1] = value >>> 16;
  target[offset + 2] = value >>> 8;
  target[offset + 3] = value;
  return offset + 4;
}

/** Reads a big-endian 32-bit number; the caller has checked that four bytes are there. */
export function readUint32(source: Uint8Array, offset: number): number {
  return readUint31(source, offset) + (source[offset]! >= 0x80 ? 0x8000_0000 : 0);
}

/** Reads a big-endian number of 31 bits, ignoring the reserved top bit (stream ids, increments). */
export function readUint31(source: Uint8Array, offset: number): number {
  return (
    ((source[offset]! & 0x7f) << 24) |
    (source[offset + 1]! << 16) |
    (source[offset + 2]! << 8) |
    source[offset + 3]!
  );
}
