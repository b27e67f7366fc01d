/**
 * Looks at the first bytes of a new connection and says which protocol it speaks: the preface of
 * HTTP/2 (RFC 9113 section 3.4) or anything else, which then is HTTP/1.1.
 */
import type { Socket } from 'node:net';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** What the first bytes say; `undecided` while they are a beginning of the preface. */
export type Sniffed = 'undecided' | 'http2' | 'http1';

/** Judges the bytes read so far. */
export function sniff(bytes: Uint8Array): Sniffed {
  const compared = Math.min(bytes.length, PREFACE.length);
  for (let index = 0; index < compared; index++) {
    if (bytes[index] !== PREFACE[index]) return 'http1';
  }
  return compared === PREFACE.length ? 'http2' : 'undecided';
}

/** Where a sniffed connection goes. */
export interface SniffedSink {
  /** @param rest bytes behind the preface. */
  http2(socket: Socket, rest: Buffer): void;
  /** @param first everything read so far. */
  http1(socket: Socket, first: Buffer): void;
}

/**
 * Reads until the protocol is known, then takes its listeners off and hands the socket on.
 * @returns whether the protocol is still unknown, for the preface timeout.
 */
export function sniffSocket(socket: Socket, sink: SniffedSink): () => boolean {
  let seen: Buffer = Buffer.alloc(0);
  let decided = false;
  const onData = (chunk: Buffer): void => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const protocol = sniff(seen);
    if (protocol === 'undecided') return;
    decided = true;
    socket.off('data', onData);
    if (protocol === 'http2') sink.http2(socket, seen.subarray(PREFACE.length));
    else sink.http1(socket, seen);
  };
  socket.on('data', onData);
  return () => !decided;
}
