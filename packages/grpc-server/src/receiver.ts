/**
 * The receive side of a connection: what each frame means (RFC 9113 sections 5 and 6), which of them are
 * errors, and which stream they belong to. It throws what {@link Connection} catches.
 *
 * Invariant: every header block is decoded, whatever becomes of its stream; the HPACK state depends on
 * it. Every DATA byte is counted against the connection's window for the same reason.
 */
import type { Connection } from './connection.ts';
import { ConnectionError, StreamError, frameSizeError, protocolError } from './errors.ts';
import {
  ErrorCode,
  Flag,
  FrameType,
  INT31_MAX,
  LARGEST_FRAME_BYTES_MAX,
  DEFAULT_FRAME_BYTES_MAX,
  Setting,
  readUint31,
  readUint32,
} from './frame.ts';
import type { FrameSink } from './frame-reader.ts';
import { HeadCache } from './head-cache.ts';
import { HeadTemplates } from './head-templates.ts';
import { HeaderBlock } from './header-block.ts';
import { HpackDecoder, HpackError } from './hpack/decoder.ts';
import type { HeaderList } from './hpack/decoder.ts';
import { checkTrailers, parseRequestHead } from './request-head.ts';
import type { RequestHead } from './request-head.ts';
import type { Stream } from './stream.ts';

/** See the file comment. */
export class Receiver implements FrameSink {
  readonly #connection: Connection;
  readonly #hpack: HpackDecoder;
  readonly #headCache = new HeadCache();
  readonly #headTemplates = new HeadTemplates();
  #headerBlock: HeaderBlock | undefined;
  #lastStreamId = 0;
  #settingsSeen = false;
  /** Bytes the client may send before the connection's window is refilled, and what is owed to it. */
  #window: number;
  #owedBytes = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#hpack = new HpackDecoder(connection.limits);
    this.#window = connection.limits.connectionWindowBytes;
  }

  /** The highest stream id that the client used. */
  get lastStreamId(): number {
    return this.#lastStreamId;
  }

  /** Whether the client's SETTINGS have come, which complete its preface. */
  get settingsSeen(): boolean {
    return this.#settingsSeen;
  }

  /** Whether a header block waits for its end. */
  get isMidBlock(): boolean {
    return this.#headerBlock !== undefined;
  }

  onFrame(
    type: number,
    flags: number,
    streamId: number,
    source: Buffer,
    start: number,
    end: number,
  ): boolean {
    if (!this.#settingsSeen && (type !== FrameType.settings || (flags & Flag.ack) !== 0)) {
      throw protocolError('the first frame is not SETTINGS');
    }
    if (this.#headerBlock !== undefined && type !== FrameType.continuation) {
      throw protocolError('a frame within a header block');
    }
    try {
      this.#dispatch(type, flags, streamId, source, start, end);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#connection.onStreamError(error);
    }
    return this.#connection.isReceiving;
  }

  #dispatch(
    type: number,
    flags: number,
    streamId: number,
    source: Buffer,
    start: number,
    end: number,
  ): void {
    switch (type) {
      case FrameType.data:
        this.#onData(flags, streamId, source, start, end);
        break;
      case FrameType.headers:
        this.#onHeaders(flags, streamId, source, start, end);
        break;
      case FrameType.priority:
        this.#onPriority(streamId, source, start, end);
        break;
      case FrameType.resetStream:
        this.#onResetStream(streamId, end - start);
        break;
      case FrameType.settings:
        this.#onSettings(flags, streamId, source, start, end);
        break;
      case FrameType.pushPromise:
        throw protocolError('PUSH_PROMISE from a client');
      case FrameType.ping:
        this.#onPing(flags, streamId, source, start, end);
        break;
      case FrameType.goAway:
        if (streamId !== 0) throw protocolError('GOAWAY on a stream');
        if (end - start < 8) throw frameSizeError('GOAWAY');
        this.#connection.onPeerGoAway();
        break;
      case FrameType.windowUpdate:
        this.#onWindowUpdate(streamId, source, start, end);
        break;
      case FrameType.continuation:
        this.#onContinuation(flags, streamId, source, start, end);
        break;
      default:
        // Unknown types are ignored (section 5.5), at a price.
        this.#connection.floods.priority(this.#connection.nowMs);
    }
  }

  #onData(flags: number, streamId: number, source: Buffer, start: number, end: number): void {
    if (streamId === 0) throw protocolError('DATA on stream 0');
    const frameBytes = end - start;
    this.#countData(frameBytes);
    const padBytes = padding(flags, source, start, end);
    const dataStart = (flags & Flag.padded) === 0 ? start : start + 1;
    const dataEnd = end - padBytes;
    const endStream = (flags & Flag.endStream) !== 0;
    if (dataStart === dataEnd && !endStream) {
      this.#connection.floods.emptyData(this.#connection.nowMs);
    }
    const stream = this.#connection.streams.get(streamId);
    if (stream === undefined) {
      this.#onFrameWithoutStream(streamId, 'DATA');
      return;
    }
    stream.receiveData(source, dataStart, dataEnd, frameBytes, endStream);
  }

  /** Counts against the connection's window and refills it in good time. */
  #countData(frameBytes: number): void {
    this.#window -= frameBytes;
    if (this.#window < 0) {
      throw new ConnectionError(ErrorCode.flowControlError, 'connection window exceeded');
    }
    this.#owedBytes += frameBytes;
    if (this.#owedBytes * 2 < this.#connection.limits.connectionWindowBytes) return;
    this.#connection.sender.windowUpdate(0, this.#owedBytes);
    this.#window += this.#owedBytes;
    this.#owedBytes = 0;
  }

  /** DATA, or WINDOW_UPDATE and RST_STREAM where `closedIsFine`, for a stream that is not open. */
  #onFrameWithoutStream(streamId: number, frame: string): void {
    if (streamId > this.#lastStreamId || (streamId & 1) === 0) {
      throw protocolError(`${frame} on an idle stream`);
    }
    if (this.#connection.closedStreams.closedBy(streamId) === 'us') return;
    throw new StreamError(streamId, ErrorCode.streamClosed, `${frame} on a closed stream`);
  }

  #onHeaders(flags: number, streamId: number, source: Buffer, start: number, end: number): void {
    if ((streamId & 1) === 0) throw protocolError("HEADERS on a stream that is not the client's");
    const padBytes = padding(flags, source, start, end);
    let from = (flags & Flag.padded) === 0 ? start : start + 1;
    let selfDependent = false;
    if ((flags & Flag.priority) !== 0) {
      if (end - padBytes - from < 5) throw frameSizeError('HEADERS with priority');
      selfDependent = readUint31(source, from) === streamId;
      from += 5;
    }
    const to = end - padBytes;
    const endStream = (flags & Flag.endStream) !== 0;
    if ((flags & Flag.endHeaders) !== 0) {
      this.#onBlock(streamId, endStream, selfDependent, source, from, to);
      return;
    }
    this.#headerBlock = new HeaderBlock(
      this.#connection.limits,
      streamId,
      endStream,
      selfDependent,
    );
    this.#headerBlock.begin(source, from, to);
  }

  #onContinuation(
    flags: number,
    streamId: number,
    source: Buffer,
    start: number,
    end: number,
  ): void {
    const block = this.#headerBlock;
    if (block === undefined) throw protocolError('CONTINUATION without HEADERS');
    if (block.streamId !== streamId) throw protocolError('CONTINUATION of another stream');
    block.continue(source, start, end);
    if ((flags & Flag.endHeaders) === 0) return;
    this.#headerBlock = undefined;
    const whole = block.join();
    this.#onBlock(streamId, block.endStream, block.selfDependent, whole, 0, whole.length);
  }

  /** A complete header block: a new request, trailers, or a frame on a stream that is over. */
  #onBlock(
    streamId: number,
    endStream: boolean,
    selfDependent: boolean,
    source: Buffer,
    start: number,
    end: number,
  ): void {
    if (streamId > this.#lastStreamId) {
      this.#lastStreamId = streamId;
      const head = this.#readHead(source, start, end);
      if (selfDependent) throw dependsOnItself(streamId);
      this.#connection.onRequest(streamId, head, endStream);
      return;
    }
    const trailers = this.#decode(source, start, end);
    const stream = this.#connection.streams.get(streamId);
    if (stream !== undefined) this.#onTrailers(stream, trailers, endStream);
    else this.#onLateHeaders(streamId);
  }

  #onTrailers(stream: Stream, trailers: HeaderList, endStream: boolean): void {
    if (stream.remote === 'closed') {
      throw new StreamError(stream.id, ErrorCode.streamClosed, 'HEADERS behind END_STREAM');
    }
    const malformed = endStream ? checkTrailers(trailers) : 'trailers without END_STREAM';
    if (malformed !== undefined) {
      throw new StreamError(stream.id, ErrorCode.protocolError, malformed);
    }
    stream.receiveEnd();
  }

  #onLateHeaders(streamId: number): void {
    const closedBy = this.#connection.closedStreams.closedBy(streamId);
    if (closedBy === 'us') return;
    if (closedBy === 'forgotten') throw protocolError('HEADERS with a stream id that went by');
    throw new ConnectionError(ErrorCode.streamClosed, 'HEADERS on a closed stream');
  }

  #readHead(source: Buffer, start: number, end: number): RequestHead {
    const generation = this.#hpack.generation;
    const known = this.#headCache.find(source, start, end, generation);
    if (known !== undefined) return known;
    const list = this.#decode(source, start, end);
    const similar = this.#headTemplates.find(list);
    if (similar !== undefined) return similar;
    const head = parseRequestHead(list, this.#connection.methods);
    this.#headTemplates.remember(list, head);
    if (this.#hpack.generation === generation) {
      this.#headCache.remember(source, start, end, generation, head);
    }
    return head;
  }

  #decode(source: Buffer, start: number, end: number): HeaderList {
    try {
      return this.#hpack.decode(source, start, end);
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      throw new ConnectionError(ErrorCode.compressionError, error.message);
    }
  }

  #onPriority(streamId: number, source: Buffer, start: number, end: number): void {
    if (streamId === 0) throw protocolError('PRIORITY on stream 0');
    this.#connection.floods.priority(this.#connection.nowMs);
    if (end - start !== 5) throw new StreamError(streamId, ErrorCode.frameSizeError, 'PRIORITY');
    if (readUint31(source, start) === streamId) throw dependsOnItself(streamId);
  }

  #onResetStream(streamId: number, bytes: number): void {
    if (bytes !== 4) throw frameSizeError('RST_STREAM');
    if (streamId === 0) throw protocolError('RST_STREAM on stream 0');
    if (streamId > this.#lastStreamId || (streamId & 1) === 0) {
      throw protocolError('RST_STREAM on an idle stream');
    }
    const { floods, nowMs, streams } = this.#connection;
    const stream = streams.get(streamId);
    floods.reset(nowMs, stream === undefined ? 0 : nowMs - stream.openedAtMs);
    stream?.cancel('cancelled');
  }

  #onSettings(flags: number, streamId: number, source: Buffer, start: number, end: number): void {
    if (streamId !== 0) throw protocolError('SETTINGS on a stream');
    if ((flags & Flag.ack) !== 0) {
      if (end !== start) throw frameSizeError('SETTINGS acknowledgement');
      return;
    }
    if ((end - start) % 6 !== 0) throw frameSizeError('SETTINGS');
    this.#connection.floods.settings(this.#connection.nowMs);
    for (let at = start; at < end; at += 6) {
      this.#onSetting((source[at]! << 8) | source[at + 1]!, readUint32(source, at + 2));
    }
    this.#settingsSeen = true;
    this.#connection.sender.settingsAck();
  }

  #onSetting(setting: number, value: number): void {
    switch (setting) {
      case Setting.headerTableSize:
        this.#connection.sender.onPeerTableBytes(value);
        break;
      case Setting.enablePush:
        if (value > 1) throw protocolError('SETTINGS_ENABLE_PUSH');
        break;
      case Setting.initialWindowSize:
        if (value > INT31_MAX) {
          throw new ConnectionError(ErrorCode.flowControlError, 'SETTINGS_INITIAL_WINDOW_SIZE');
        }
        this.#connection.onInitialWindow(value);
        break;
      case Setting.maxFrameSize:
        // Frames of the smallest permitted maximum are always right, so the value is not kept.
        if (value < DEFAULT_FRAME_BYTES_MAX || value > LARGEST_FRAME_BYTES_MAX) {
          throw protocolError('SETTINGS_MAX_FRAME_SIZE');
        }
        break;
      default:
      // Others do not concern a server, or are unknown and to be ignored (6.5.2).
    }
  }

  #onPing(flags: number, streamId: number, source: Buffer, start: number, end: number): void {
    if (streamId !== 0) throw protocolError('PING on a stream');
    if (end - start !== 8) throw frameSizeError('PING');
    const payload = Uint8Array.prototype.slice.call(source, start, end);
    if ((flags & Flag.ack) !== 0) this.#connection.onPingAck(payload);
    else this.#connection.onPing(payload);
  }

  #onWindowUpdate(streamId: number, source: Buffer, start: number, end: number): void {
    if (end - start !== 4) throw frameSizeError('WINDOW_UPDATE');
    const { floods, nowMs, streams, sender } = this.#connection;
    this.#connection.creditWindowUpdates();
    floods.windowUpdate(nowMs);
    const increment = readUint31(source, start);
    if (streamId === 0) {
      if (increment === 0) throw protocolError('WINDOW_UPDATE of 0');
      sender.onConnectionWindow(increment);
      return;
    }
    if (streamId > this.#lastStreamId || (streamId & 1) === 0) {
      throw protocolError('WINDOW_UPDATE on an idle stream');
    }
    const stream = streams.get(streamId);
    if (stream === undefined) return;
    if (increment === 0) throw new StreamError(streamId, ErrorCode.protocolError, 'increment 0');
    sender.onStreamWindow(stream, increment);
  }
}

/** Padding behind the payload; checks that it fits (6.1, 6.2). */
function padding(flags: number, source: Buffer, start: number, end: number): number {
  if ((flags & Flag.padded) === 0) return 0;
  if (end === start) throw frameSizeError('padded frame without pad length');
  const bytes = source[start]!;
  if (bytes >= end - start) throw protocolError('padding longer than the payload');
  return bytes;
}

const dependsOnItself = (streamId: number): StreamError =>
  new StreamError(streamId, ErrorCode.protocolError, 'stream depends on itself');
