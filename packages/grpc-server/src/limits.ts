/**
 * Every bound that this server puts on a peer, with its default and where the default comes from. All
 * of them can be changed through {@link GrpcServerOptions.limits}; none can be switched off.
 */
import type { Rate } from './token-bucket.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** See the file comment. Bytes are payload bytes, times are milliseconds of the injected clock. */
export interface Limits {
  /** Largest request message. etcd's default: 1.5 MiB of request and 512 KiB for its frame. */
  readonly messageBytesMax: number;
  /** Streams a client may have open on one connection; announced, so that clients queue. */
  readonly concurrentStreamsMax: number;
  /** Connections from one IP address. */
  readonly connectionsPerAddressMax: number;
  /** Connections in total. */
  readonly connectionsMax: number;
  /** Size of a header list (RFC 9113 6.5.2), and of the compressed block. A token fits ten times. */
  readonly headerListBytesMax: number;
  /** Fields of a header list. */
  readonly headerPairsMax: number;
  /** CONTINUATION frames behind one HEADERS frame: 16 KiB need one. */
  readonly continuationFramesMax: number;
  /**
   * Streams reset, by the client or by its mistakes, before they are {@link rapidResetAgeMs} old. The
   * burst lets a client cancel everything that it may have open (1,000 streams) at once.
   */
  readonly resets: Rate;
  /** A younger stream counts as rapidly reset; older ones are bounded by concurrentStreamsMax. */
  readonly rapidResetAgeMs: number;
  /** PING frames without data sent in between; bandwidth probes of clients do have data in between. */
  readonly pings: Rate;
  /** SETTINGS frames. */
  readonly settings: Rate;
  /** WINDOW_UPDATE frames beyond two for each DATA frame sent and each request received. */
  readonly windowUpdates: Rate;
  /** PRIORITY frames and frames of unknown type. */
  readonly priorities: Rate;
  /** DATA frames without a byte of data that do not end their stream. */
  readonly emptyData: Rate;
  /** From accept to the whole TLS handshake, and from there to preface and SETTINGS. */
  readonly prefaceTimeoutMs: number;
  /**
   * TLS handshakes under way, about 50 KiB each; above it the oldest is cut. Finished ones take milliseconds, so a
   * thousand that wait are slow on purpose, or a storm in which the oldest come again.
   */
  readonly handshakesMax: number;
  /** From the first byte of a frame or header block to its last. */
  readonly headersTimeoutMs: number;
  /** A unary request that is incomplete, or was answered but not ended, may stand still this long. */
  readonly bodyProgressTimeoutMs: number;
  /** A connection with more than this pending for slowReaderAgeMs is cut unless it drains 1/8. */
  readonly slowReaderBytesMax: number;
  readonly slowReaderAgeMs: number;
  /** Receive window of a stream; what a stream whose handler is paused can pile up. */
  readonly streamWindowBytes: number;
  /** Receive window of a connection, refilled as soon as frames are read. */
  readonly connectionWindowBytes: number;
  /** Sum of window extensions, on one connection, for messages larger than streamWindowBytes. */
  readonly largeMessageBytesMax: number;
  /** Above this many pending bytes a stream's `write` returns false. */
  readonly streamHighWaterBytes: number;
  /** Small frames go to the socket while less than this is pending there. */
  readonly socketBacklogBytesMax: number;
  /** Large messages are cut into frames and wait while more than this is pending at the socket. */
  readonly bulkBacklogBytesMax: number;
}

/** The defaults of {@link Limits}. */
export const DEFAULT_LIMITS: Limits = {
  messageBytesMax: 2 * MIB,
  concurrentStreamsMax: 1_000,
  connectionsPerAddressMax: 1_000,
  connectionsMax: 20_000,
  headerListBytesMax: 16 * KIB,
  headerPairsMax: 64,
  continuationFramesMax: 8,
  resets: { burst: 1_000, perSecond: 50 },
  rapidResetAgeMs: 100,
  pings: { burst: 100, perSecond: 10 },
  settings: { burst: 100, perSecond: 10 },
  windowUpdates: { burst: 1_000, perSecond: 100 },
  priorities: { burst: 1_000, perSecond: 100 },
  emptyData: { burst: 100, perSecond: 10 },
  prefaceTimeoutMs: 10_000,
  handshakesMax: 1_000,
  headersTimeoutMs: 10_000,
  bodyProgressTimeoutMs: 30_000,
  slowReaderBytesMax: 8 * MIB,
  slowReaderAgeMs: 30_000,
  streamWindowBytes: 64 * KIB,
  connectionWindowBytes: 4 * MIB,
  largeMessageBytesMax: 64 * MIB,
  streamHighWaterBytes: 256 * KIB,
  socketBacklogBytesMax: MIB,
  bulkBacklogBytesMax: 256 * KIB,
};
