/**
 * One HTTP/2 connection of a client: ties the socket, the receive side, the send side and the streams
 * together, and carries the connection through its life: open, draining, closing, closed.
 *
 * Invariant: after `closed` there is no stream, no timer and no reference from the server.
 */
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { PeerCertificate } from 'node:tls';

import type { Method } from './call.ts';
import { ClosedStreams } from './closed-streams.ts';
import type { ConnectionHost } from './connection-host.ts';
import type { DeadlineWheel } from './deadline-wheel.ts';
import { ConnectionError, StreamError, floodError } from './errors.ts';
import { DEFAULT_WINDOW_BYTES, ErrorCode, INT31_MAX, Setting } from './frame.ts';
import { FloodGuard } from './flood-guard.ts';
import { FrameReader } from './frame-reader.ts';
import { PingPolicy } from './keepalive.ts';
import type { Limits } from './limits.ts';
import { Output } from './output.ts';
import { peerCertificateOf } from './peer-certificate.ts';
import { Receiver } from './receiver.ts';
import { dispatchRequest } from './request-dispatch.ts';
import type { RequestHead } from './request-head.ts';
import { Sender } from './sender.ts';
import type { Stream } from './stream.ts';
import type { StreamHost } from './stream-host.ts';
import { Watchdog } from './watchdog.ts';
import { WindowGrants } from './window-grants.ts';

/**
 * `draining`: GOAWAY is sent, open streams go on. `closing`: the last bytes are on their way, input is
 * dropped.
 */
type ConnectionState = 'open' | 'draining' | 'closing' | 'closed';

/** Time for the last GOAWAY to be written and read before the socket is destroyed. */
const CLOSING_LINGER_MS = 1_000;

/** Rounds of pump and write in one turn: then other connections have their turn. */
const FLUSH_ROUNDS_MAX = 4;

/** Payload of the ping that separates the two GOAWAYs of a graceful shutdown. */
const SHUTDOWN_PING = Uint8Array.from([0x73, 0x68, 0x75, 0x74, 0x64, 0x6f, 0x77, 0x6e]);
/** Payload of the ping that asks a silent client for a sign of life. */
const PROBE_PING = Uint8Array.from([0x61, 0x6c, 0x69, 0x76, 0x65, 0x3f, 0x3f, 0x3f]);

/** See the file comment. */
export class Connection implements StreamHost {
  readonly limits: Limits;
  readonly methods: ReadonlyMap<string, Method>;
  readonly deadlines: DeadlineWheel;
  readonly peer: string;
  readonly streams = new Map<number, Stream>();
  readonly closedStreams = new ClosedStreams();
  readonly grants: WindowGrants;
  readonly floods: FloodGuard;
  readonly sender: Sender;
  nowMs: number;
  readonly #host: ConnectionHost;
  readonly #socket: Socket;
  readonly #output: Output;
  readonly #receiver: Receiver;
  readonly #reader: FrameReader;
  readonly #pings: PingPolicy;
  readonly #watchdog: Watchdog;
  #state: ConnectionState = 'open';
  /** `reading`: the end of the chunk flushes; `scheduled`: the end of the turn does. */
  #flushing: 'idle' | 'reading' | 'scheduled' = 'idle';
  /** Streams above this came behind our GOAWAY and are ignored (RFC 9113 6.8). */
  #lastAcceptedId = INT31_MAX;
  /** When `draining` or `closing` began. */
  #stateSinceMs = 0;
  #callFramesAtPing = 0;
  #callFramesCredited = 0;

  constructor(socket: Socket, peer: string, host: ConnectionHost) {
    this.#host = host;
    this.#socket = socket;
    this.peer = peer;
    this.limits = host.limits;
    this.methods = host.methods;
    this.deadlines = host.deadlines;
    this.nowMs = host.clock.now();
    this.grants = new WindowGrants(host.limits.largeMessageBytesMax);
    this.floods = new FloodGuard(host.limits, this.nowMs);
    this.#pings = new PingPolicy(host.keepalive);
    this.#watchdog = new Watchdog(host.limits, host.keepalive, this.nowMs);
    this.#output = new Output(socket, host.outputPool, () => {
      this.flush();
    });
    this.sender = new Sender(this.#output, host.limits, () => {
      this.#wake();
    });
    this.#receiver = new Receiver(this);
    this.#reader = new FrameReader(this.#receiver);
    this.#listen();
    this.#sendPreface();
  }

  get http(): HttpServer | undefined {
    return this.#host.http;
  }

  /** Whether frames are still looked at. */
  get isReceiving(): boolean {
    return this.#state === 'open' || this.#state === 'draining';
  }

  get tlsPeerCertificate(): PeerCertificate | undefined {
    return peerCertificateOf(this.#socket);
  }

  /** Bytes from the socket, behind the client's preface. Everything a peer can do wrong ends here. */
  onChunk(chunk: Buffer): void {
    if (!this.isReceiving) return;
    this.nowMs = this.#host.clock.now();
    const flushing = this.#flushing;
    this.#flushing = 'reading';
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#onReadError(error);
    } finally {
      this.#flushing = flushing;
    }
    const midFrame = this.#reader.isMidFrame || this.#receiver.isMidBlock;
    this.#watchdog.onRead(this.nowMs, midFrame);
    this.flush();
  }

  /** Sends what was gathered, and what is queued as far as windows and the socket take it. */
  flush(): void {
    if (this.#flushing === 'scheduled') this.#flushing = 'idle';
    if (this.#state === 'closed') return;
    this.sender.beginTurn();
    for (let round = 0; round < FLUSH_ROUNDS_MAX; round++) {
      this.sender.pump();
      this.#output.flush();
      if (this.#output.backlogBytes > 0 || !this.sender.hasReady) return;
    }
    this.#wake();
  }

  /** A new stream of the client. */
  onRequest(streamId: number, head: RequestHead, endStream: boolean): void {
    if (streamId > this.#lastAcceptedId) {
      this.closedStreams.addReset(streamId);
      return;
    }
    this.floods.worked(1);
    dispatchRequest(this, streamId, head, endStream);
  }

  /** One stream broke a rule; the connection goes on. */
  onStreamError(error: StreamError): void {
    const stream = this.streams.get(error.streamId);
    this.floods.reset(this.nowMs, stream === undefined ? 0 : this.nowMs - stream.openedAtMs);
    this.sender.resetStream(error.streamId, error.code);
    this.closedStreams.addReset(error.streamId);
    if (stream === undefined) return;
    stream.cancel('cancelled');
    this.closedStreams.addReset(error.streamId);
  }

  onPing(payload: Uint8Array): void {
    const { callFrames } = this.sender;
    const progress = callFrames !== this.#callFramesAtPing;
    this.#callFramesAtPing = callFrames;
    this.sender.ping(payload, true);
    this.floods.ping(this.nowMs, progress);
    if (!this.#pings.onPing(this.nowMs, this.streams.size, progress)) {
      throw floodError('too_many_pings');
    }
  }

  /** The answer to one of our pings; that of the shutdown ping makes the last stream id final. */
  onPingAck(payload: Uint8Array): void {
    if (this.#state === 'draining' && SHUTDOWN_PING.every((byte, at) => payload[at] === byte)) {
      this.#finalGoAway();
    }
  }

  /** The client opens no more streams; with open ones it closes the connection when they are done. */
  onPeerGoAway(): void {
    if (this.streams.size === 0) this.#close();
  }

  /** SETTINGS_INITIAL_WINDOW_SIZE: moves every open stream's window by the difference (6.9.2). */
  onInitialWindow(bytes: number): void {
    const difference = bytes - this.sender.initialStreamWindow;
    this.sender.initialStreamWindow = bytes;
    try {
      for (const stream of this.streams.values()) this.sender.onStreamWindow(stream, difference);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      throw new ConnectionError(ErrorCode.flowControlError, 'initial window overflows a stream');
    }
  }

  /** WINDOW_UPDATEs are justified by the DATA frames sent since the last look. */
  creditWindowUpdates(): void {
    const { callFrames } = this.sender;
    this.floods.worked(callFrames - this.#callFramesCredited);
    this.#callFramesCredited = callFrames;
  }

  release(stream: Stream): void {
    if (stream.released) return;
    stream.released = true;
    this.streams.delete(stream.id);
    this.closedStreams.add(stream.id);
    this.deadlines.remove(stream);
    this.grants.release(stream);
    if (this.#state === 'draining' && this.streams.size === 0) this.#closeWhenDrained();
  }

  resetStream(stream: Stream, code: ErrorCode): void {
    this.sender.resetStream(stream.id, code);
    this.release(stream);
    this.closedStreams.addReset(stream.id);
  }

  onHandlerError(error: unknown, path: string): void {
    this.#host.onHandlerError(error, path);
  }

  /**
   * Begins a graceful end: the client may still use streams that are under way (GOAWAY with the
   * largest id, a ping, GOAWAY with the real one), and the connection closes behind the last one.
   */
  drain(): void {
    if (this.#state !== 'open') return;
    this.#state = 'draining';
    this.#stateSinceMs = this.#host.clock.now();
    this.sender.goAway(INT31_MAX, ErrorCode.noError, 'graceful_stop');
    this.sender.ping(SHUTDOWN_PING, false);
  }

  /** Cuts the connection now. */
  destroy(): void {
    this.#socket.destroy();
    this.#onSocketClosed();
  }

  /** Housekeeping, about once a second. */
  tick(nowMs: number): void {
    const lingered = nowMs - this.#stateSinceMs >= CLOSING_LINGER_MS;
    if (this.#state === 'closing') {
      if (lingered) this.destroy();
      return;
    }
    this.nowMs = nowMs;
    const verdict = this.#watchdog.tick(nowMs, {
      settingsSeen: this.#receiver.settingsSeen,
      pendingBytes: this.#pendingBytes(),
      writtenBytes: this.#output.bytesWritten,
    });
    if (verdict instanceof ConnectionError) this.fail(verdict);
    else if (verdict === 'give-up') this.destroy();
    else {
      if (verdict === 'ping') this.sender.ping(PROBE_PING, false);
      if (this.#state === 'draining' && lingered) this.#finalGoAway();
      this.#resetStalledRequests(nowMs);
    }
  }

  /** The connection cannot go on: says why, and closes. */
  fail({ code, message }: ConnectionError): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.sender.goAway(this.#receiver.lastStreamId, code, message);
    this.#close();
  }

  #wake(): void {
    if (this.#flushing !== 'idle') return;
    this.#flushing = 'scheduled';
    this.#host.flushLater(this);
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => {
      this.onChunk(chunk);
    });
    socket.on('error', () => {
      this.destroy();
    });
    socket.on('close', () => {
      this.#onSocketClosed();
    });
    // A client that sends FIN is gone for good: HTTP/2 has no half-open connections.
    socket.on('end', () => {
      this.destroy();
    });
  }

  #sendPreface(): void {
    const { limits, sender } = this;
    sender.settings([
      Setting.maxConcurrentStreams,
      limits.concurrentStreamsMax,
      Setting.initialWindowSize,
      limits.streamWindowBytes,
      Setting.maxHeaderListSize,
      limits.headerListBytesMax,
    ]);
    const excess = limits.connectionWindowBytes - DEFAULT_WINDOW_BYTES;
    if (excess > 0) sender.windowUpdate(0, excess);
  }

  #finalGoAway(): void {
    if (this.#lastAcceptedId !== INT31_MAX) return;
    this.#lastAcceptedId = this.#receiver.lastStreamId;
    this.sender.goAway(this.#lastAcceptedId, ErrorCode.noError, '');
    if (this.streams.size === 0) this.#closeWhenDrained();
  }

  /** Closes a draining connection once its last stream id is final and no stream is left. */
  #closeWhenDrained(): void {
    if (this.#lastAcceptedId !== INT31_MAX) this.#close();
  }

  /** Sends what is gathered and ends the socket; whoever still waits is told. */
  #close(): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#state = 'closing';
    this.#stateSinceMs = this.#host.clock.now();
    this.#cancelStreams();
    this.#output.finish();
    this.#socket.end();
  }

  #onSocketClosed(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#cancelStreams();
    this.#output.discard();
    this.#host.onClosed(this);
  }

  #cancelStreams(): void {
    for (const stream of [...this.streams.values()]) stream.cancel('connection-lost');
  }

  #pendingBytes(): number {
    let bytes = this.#output.backlogBytes;
    for (const stream of this.streams.values()) bytes += stream.queuedBytes;
    return bytes;
  }

  /** Resets streams whose client stopped in the middle of a request. */
  #resetStalledRequests(nowMs: number): void {
    const { bodyProgressTimeoutMs } = this.limits;
    for (const stream of this.streams.values()) {
      if (!stream.awaitsProgress || nowMs - stream.progressAtMs < bodyProgressTimeoutMs) continue;
      const code = stream.local === 'closed' ? ErrorCode.noError : ErrorCode.cancel;
      stream.cancel('deadline');
      this.sender.resetStream(stream.id, code);
      this.closedStreams.addReset(stream.id);
    }
  }

  /** A broken rule ends the connection; anything else is a bug of ours, which must be heard of too. */
  #onReadError(error: unknown): void {
    if (error instanceof ConnectionError) {
      this.fail(error);
      return;
    }
    this.#host.onHandlerError(error, '');
    this.fail(new ConnectionError(ErrorCode.internalError, 'internal error'));
  }
}
