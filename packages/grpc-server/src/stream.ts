/**
 * One HTTP/2 stream: the two half-states, the two windows, the queue of what cannot be sent yet and the
 * deadline. What its bytes mean is left to the subclasses: a unary call, a stream of messages, or plain
 * HTTP.
 *
 * Invariant: a stream is in the connection's table from its HEADERS until release, which happens once.
 */
import type { ByteQueue } from './byte-queue.ts';
import type { CancelReason } from './call.ts';
import type { WheelEntry } from './deadline-wheel.ts';
import { StreamError } from './errors.ts';
import { ErrorCode } from './frame.ts';
import type { RingMember } from './ready-ring.ts';
import type { StreamHost } from './stream-host.ts';
import type { GrantHolder } from './window-grants.ts';

/** Our half: nothing sent; headers sent; ended but still queued; END_STREAM or RST_STREAM sent. */
export type LocalState = 'idle' | 'open' | 'ending' | 'closed';

/** What ends a stream behind its last byte: a block of trailers, the usual one, or just the flag. */
export type StreamEnding = Uint8Array | 'status-ok' | 'end-of-data';

/** See the file comment. */
export abstract class Stream implements RingMember, WheelEntry, GrantHolder {
  readonly id: number;
  readonly host: StreamHost;
  /** When its HEADERS came, in milliseconds of the injected clock. */
  readonly openedAtMs: number;
  readonly deadline: number | undefined;
  /** The client's half. */
  remote: 'open' | 'closed' = 'open';
  local: LocalState = 'idle';
  ending: StreamEnding = 'status-ok';
  /** Bytes that the client still permits; negative after it shrank its windows (RFC 9113 6.9.2). */
  sendWindow: number;
  /** Bytes that the client may still send. */
  receiveWindow: number;
  queue: ByteQueue | undefined = undefined;
  /** Set when the application was told to wait. */
  wantsDrain = false;
  cancelReason: CancelReason | undefined = undefined;
  /** True when it has left the connection's table. */
  released = false;
  /** When bytes of the request last came; for the progress timeout. */
  progressAtMs: number;

  nextInRing: this | undefined = undefined;
  inRing = false;
  previousInWheel: WheelEntry | undefined = undefined;
  nextInWheel: WheelEntry | undefined = undefined;
  wheelSlot = -1;
  grantedBytes = 0;
  /** Consumed bytes not yet given back to the client's window. */
  #owedBytes = 0;
  #expectedBytes: number;

  constructor(
    host: StreamHost,
    id: number,
    timeoutMs: number | undefined,
    contentLength: number | undefined,
  ) {
    this.host = host;
    this.id = id;
    this.openedAtMs = host.nowMs;
    this.progressAtMs = host.nowMs;
    this.deadline = timeoutMs === undefined ? undefined : host.nowMs + timeoutMs;
    this.sendWindow = host.sender.initialStreamWindow;
    this.receiveWindow = host.limits.streamWindowBytes;
    this.#expectedBytes = contentLength ?? -1;
    if (this.deadline !== undefined) host.deadlines.add(this);
  }

  /** Bytes of the request; `source` is valid during the call only. */
  protected abstract onData(source: Buffer, start: number, end: number): void;
  /** The client ended its half in order. */
  protected abstract onRemoteEnd(): void;
  /** The stream is over without our doing; the subclass tells its application. */
  protected abstract onCancelled(reason: CancelReason): void;
  /** Our END_STREAM is written. */
  protected abstract onFinished(): void;
  /** After the application was told to wait: half of what was pending is gone. */
  abstract onDrained(): void;
  /** Whether an answered stream waits for the client's END_STREAM instead of resetting it. */
  protected abstract get lingers(): boolean;
  /** Whether the request is incomplete, so that bytes must keep coming. */
  abstract get awaitsProgress(): boolean;
  /** The deadline passed. */
  abstract onDeadline(): void;

  get queuedBytes(): number {
    return this.queue === undefined ? 0 : this.queue.length;
  }

  get receiving(): boolean {
    return this.remote === 'open' && this.local !== 'closed';
  }

  /** True when the answer is complete, sent or not: nothing that still comes matters. */
  get over(): boolean {
    return this.local === 'closed' || this.local === 'ending';
  }

  get cancelled(): boolean {
    return this.cancelReason !== undefined;
  }

  /**
   * A DATA frame.
   * @param frameBytes payload with padding: what flow control counts.
   * @throws StreamError when the client breaks a rule of this stream.
   */
  receiveData(
    source: Buffer,
    start: number,
    end: number,
    frameBytes: number,
    endStream: boolean,
  ): void {
    if (this.remote === 'closed') {
      throw new StreamError(this.id, ErrorCode.streamClosed, 'DATA behind END_STREAM');
    }
    this.receiveWindow -= frameBytes;
    if (this.receiveWindow < 0) {
      throw new StreamError(this.id, ErrorCode.flowControlError, 'stream window exceeded');
    }
    this.progressAtMs = this.host.nowMs;
    if (this.#expectedBytes >= 0) this.#checkLength(end - start, endStream);
    // First, so that an answer given while the bytes are handled ends the stream.
    if (endStream) this.remote = 'closed';
    const padding = frameBytes - (end - start);
    if (padding > 0) this.consumed(padding);
    if (end > start && !this.over) this.onData(source, start, end);
    if (endStream) this.#ended();
  }

  /** HEADERS with END_STREAM: the request has no (more) bytes. */
  receiveEnd(): void {
    if (this.#expectedBytes >= 0) this.#checkLength(0, true);
    this.remote = 'closed';
    this.#ended();
  }

  /** Our END_STREAM is written: the stream is over, or waits for the client's half. */
  finished(): void {
    this.local = 'closed';
    if (this.remote === 'closed') this.host.release(this);
    else if (!this.lingers) this.host.resetStream(this, ErrorCode.noError);
    this.onFinished();
  }

  /** Ends the stream without another byte to the client. */
  cancel(reason: CancelReason): void {
    const over = this.local === 'closed';
    this.local = 'closed';
    this.queue?.clear();
    this.host.release(this);
    if (over) return;
    this.cancelReason = reason;
    this.onCancelled(reason);
  }

  /** Bytes of the request are used up: the client may send as many again. */
  protected consumed(bytes: number): void {
    this.#owedBytes += bytes;
    if (this.#owedBytes >= this.host.limits.streamWindowBytes / 2) this.#payBack();
  }

  /** A message needs `missingBytes` more than have come: extends the window if it is too small. */
  protected expectBytes(missingBytes: number): void {
    if (missingBytes <= this.receiveWindow || !this.receiving) return;
    this.#payBack();
    const excess = missingBytes - this.receiveWindow;
    if (excess > 0) this.host.grants.request(this, excess);
  }

  /** A message of `bytes`, prefix included, is complete and was handed on. */
  protected consumedMessage(bytes: number): void {
    this.consumed(bytes - this.grantedBytes);
    this.host.grants.release(this);
  }

  onGrant(bytes: number): void {
    this.receiveWindow += bytes;
    this.host.sender.windowUpdate(this.id, bytes);
  }

  #payBack(): void {
    if (this.#owedBytes <= 0 || !this.receiving) return;
    this.receiveWindow += this.#owedBytes;
    this.host.sender.windowUpdate(this.id, this.#owedBytes);
    this.#owedBytes = 0;
  }

  #ended(): void {
    if (this.local === 'closed') this.host.release(this);
    else if (this.local !== 'ending') this.onRemoteEnd();
  }

  /** RFC 9113 8.1.1: the DATA frames add up to content-length, if there is one. */
  #checkLength(bytes: number, endStream: boolean): void {
    this.#expectedBytes -= bytes;
    if (this.#expectedBytes < 0 || (endStream && this.#expectedBytes !== 0)) {
      throw new StreamError(this.id, ErrorCode.protocolError, 'content-length is wrong');
    }
  }
}
