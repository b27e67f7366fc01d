/**
 * HTTP/2 frames (RFC 9113 section 4) as the load generator and its dumb responder write and read them:
 * the constants, and a writer that gathers the frames of one event-loop turn into one socket write.
 */

/** Frame types (section 6). */
export const FrameType = {
  data: 0x0,
  headers: 0x1,
  resetStream: 0x3,
  settings: 0x4,
  ping: 0x6,
  goAway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

/** Frame flags; `ack` shares its bit with `endStream`. */
export const Flag = {
  endStream: 0x1,
  ack: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** Settings (section 6.5.2). */
export const Setting = { headerTableSize: 0x1, enablePush: 0x2, initialWindowSize: 0x4 } as const;

/** What a client says first (section 3.4). */
export const CONNECTION_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** Length, type, flags and stream id. */
export const FRAME_HEADER_BYTES = 9;
/** The window of a connection or stream before any update (section 6.9.2). */
export const WINDOW_BYTES_DEFAULT = 65_535;
/** The largest window (section 6.9.1). */
export const WINDOW_BYTES_MAX = 2 ** 31 - 1;
/** gRPC's prefix of each message: a compression flag and the length. */
export const MESSAGE_PREFIX_BYTES = 5;

/** One slab holds many turns' frames, so that allocation costs little per call. */
const SLAB_BYTES = 1 << 20;

/** Gathers frames; `take` hands over what was written since the last `take`. */
export class FrameWriter {
  #slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  #start = 0;
  #end = 0;

  /** Whether a `take` would yield anything. */
  get pending(): boolean {
    return this.#end > this.#start;
  }

  /** A frame whose payload is at hand. */
  frame(type: number, flags: number, streamId: number, payload: Uint8Array): void {
    this.#header(type, flags, streamId, payload.length, payload.length);
    this.#slab.set(payload, this.#end);
    this.#end += payload.length;
  }

  /** A DATA frame that holds exactly one uncompressed gRPC message. */
  message(flags: number, streamId: number, message: Uint8Array): void {
    const length = MESSAGE_PREFIX_BYTES + message.length;
    this.#header(FrameType.data, flags, streamId, length, length);
    this.#slab[this.#end] = 0;
    this.#slab.writeUInt32BE(message.length, this.#end + 1);
    this.#slab.set(message, this.#end + MESSAGE_PREFIX_BYTES);
    this.#end += length;
  }

  /** Gives the peer so many more bytes to send, on a stream or (0) on the connection. */
  windowUpdate(streamId: number, bytes: number): void {
    this.#header(FrameType.windowUpdate, 0, streamId, 4, 4);
    this.#end = this.#slab.writeUInt32BE(bytes, this.#end);
  }

  /** SETTINGS with these pairs of identifier and value. */
  settings(pairs: readonly (readonly [number, number])[]): void {
    const payload = Buffer.alloc(pairs.length * 6);
    pairs.forEach(([identifier, value], position) => {
      payload.writeUInt16BE(identifier, position * 6);
      payload.writeUInt32BE(value, position * 6 + 2);
    });
    this.frame(FrameType.settings, 0, 0, payload);
  }

  /** The bytes gathered. They are never written to again: the socket may keep them. */
  take(): Buffer {
    const bytes = this.#slab.subarray(this.#start, this.#end);
    this.#start = this.#end;
    return bytes;
  }

  #header(type: number, flags: number, streamId: number, length: number, room: number): void {
    this.#reserve(FRAME_HEADER_BYTES + room);
    const slab = this.#slab;
    const at = this.#end;
    slab[at] = length >>> 16;
    slab[at + 1] = length >>> 8;
    slab[at + 2] = length;
    slab[at + 3] = type;
    slab[at + 4] = flags;
    slab[at + 5] = streamId >>> 24;
    slab[at + 6] = streamId >>> 16;
    slab[at + 7] = streamId >>> 8;
    slab[at + 8] = streamId;
    this.#end = at + FRAME_HEADER_BYTES;
  }

  /** Moves what is not yet taken to a new slab when the present one is full. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#slab.length) return;
    const kept = this.#slab.subarray(this.#start, this.#end);
    const slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, 2 * (kept.length + bytes)));
    slab.set(kept);
    this.#slab = slab;
    this.#end = kept.length;
    this.#start = 0;
  }
}

/** What a `FrameReader` found. Payload bytes are valid during the call only. */
export interface FrameListener {
  /** Some payload of a DATA frame; `last` with the frame's last byte. */
  onData(streamId: number, bytes: Buffer, start: number, end: number, endStream: boolean): void;
  /** Any other frame, whole. */
  onFrame(type: number, flags: number, streamId: number, payload: Buffer): void;
}

/**
 * Cuts a byte stream into frames. DATA is passed on as it comes; a frame of another type, and a frame
 * header, is kept back until it is whole.
 */
export class FrameReader {
  readonly #listener: FrameListener;
  #carry: Buffer | undefined;
  #dataLeft = 0;
  #dataStreamId = 0;
  #dataEndsStream = false;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Reads the first `length` bytes of `chunk`; the chunk may be reused afterwards. */
  read(chunk: Buffer, length: number): void {
    let bytes = chunk.subarray(0, length);
    if (this.#carry !== undefined) {
      bytes = Buffer.concat([this.#carry, bytes]);
      this.#carry = undefined;
    }
    let at = 0;
    while (at < bytes.length) {
      const next = this.#dataLeft > 0 ? this.#readData(bytes, at) : this.#readFrame(bytes, at);
      if (next === at) {
        this.#carry = Buffer.from(bytes.subarray(at));
        return;
      }
      at = next;
    }
  }

  /** Returns where the next frame begins, or `at` when this one is not whole yet. */
  #readFrame(bytes: Buffer, at: number): number {
    const payloadAt = at + FRAME_HEADER_BYTES;
    if (payloadAt > bytes.length) return at;
    const length = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    const type = bytes[at + 3]!;
    const flags = bytes[at + 4]!;
    const streamId = bytes.readUInt32BE(at + 5) & 0x7fffffff;
    if ((flags & Flag.padded) !== 0 && type <= FrameType.headers) {
      throw new Error('a padded frame: gRPC servers send none, and this reader knows none');
    }
    if (type === FrameType.data) {
      this.#dataLeft = length;
      this.#dataStreamId = streamId;
      this.#dataEndsStream = (flags & Flag.endStream) !== 0;
      if (length === 0)
        this.#listener.onData(streamId, bytes, payloadAt, payloadAt, this.#dataEndsStream);
      return payloadAt;
    }
    if (payloadAt + length > bytes.length) return at;
    this.#listener.onFrame(type, flags, streamId, bytes.subarray(payloadAt, payloadAt + length));
    return payloadAt + length;
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#dataLeft);
    this.#dataLeft -= end - at;
    const endStream = this.#dataEndsStream && this.#dataLeft === 0;
    this.#listener.onData(this.#dataStreamId, bytes, at, end, endStream);
    return end;
  }
}
