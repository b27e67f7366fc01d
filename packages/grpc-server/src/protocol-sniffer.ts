/**
 * Looks at the first bytes of a new connection and says which protocol it speaks: the preface of
 * HTTP/2 (RFC 9113 section 3.4), a request line of HTTP/1, or neither.
 */
import type { Socket } from 'node:net';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** Longest beginning of a request line that is waited for; a longer one is left to the HTTP server. */
const REQUEST_LINE_BYTES_MAX = 8_192;

/** A method, a target, and HTTP/1.0 or HTTP/1.1 (RFC 9112 section 3). */
const REQUEST_LINE = /^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/;

/** The first bytes of a TLS handshake: its record type and the version's first half (RFC 8446 section 5.1). */
const TLS_RECORD = [0x16, 0x03] as const;

/** What this server does not speak: TLS where plain text is expected, or anything else. */
export type ForeignProtocol = 'tls' | 'unknown';

/** `undecided`: more bytes are needed. */
export type Sniffed = 'undecided' | 'http2' | 'http1' | ForeignProtocol;

/** Judges the bytes read so far. */
export function sniff(bytes: Buffer): Sniffed {
  const compared = Math.min(bytes.length, PREFACE.length);
  if (PREFACE.compare(bytes, 0, compared, 0, compared) === 0) {
    return compared === PREFACE.length ? 'http2' : 'undecided';
  }
  const first = bytes[0]!;
  if (first === TLS_RECORD[0]) {
    if (bytes.length < TLS_RECORD.length) return 'undecided';
    return bytes[1] === TLS_RECORD[1] ? 'tls' : 'unknown';
  }
  if (first < 0x41 || first > 0x5a) return 'unknown';
  const line = bytes.indexOf('\n');
  if (line < 0) return bytes.length < REQUEST_LINE_BYTES_MAX ? 'undecided' : 'http1';
  return REQUEST_LINE.test(bytes.toString('latin1', 0, line + 1)) ? 'http1' : 'unknown';
}

/** Where a sniffed connection goes. */
export interface SniffedSink {
  /** @param rest bytes behind the preface. */
  http2(socket: Socket, rest: Buffer): void;
  /** @param first everything read so far. */
  http1(socket: Socket, first: Buffer): void;
  /** The connection was cut. */
  foreign(protocol: ForeignProtocol): void;
}

/**
 * Reads until the protocol is known, then takes its listeners off and hands the socket on.
 * @returns whether the protocol is still unknown, for the preface timeout.
 */
export function sniffSocket(socket: Socket, sink: SniffedSink): () => boolean {
  let seen: Buffer = Buffer.alloc(0);
  let decided = false;
  /** A client that ends before it has said anything is of no protocol. */
  const onEnd = (): void => {
    socket.destroy();
  };
  const onData = (chunk: Buffer): void => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const protocol = sniff(seen);
    if (protocol === 'undecided') return;
    decided = true;
    socket.off('data', onData);
    socket.off('end', onEnd);
    if (protocol === 'http2') sink.http2(socket, seen.subarray(PREFACE.length));
    else if (protocol === 'http1') sink.http1(socket, seen);
    else {
      socket.destroy();
      sink.foreign(protocol);
    }
  };
  socket.on('data', onData);
  socket.on('end', onEnd);
  return () => !decided;
}
