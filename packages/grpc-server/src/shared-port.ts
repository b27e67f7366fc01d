/**
 * One port for TLS and for plain text, told apart by the first byte: a handshake begins with 0x16 (RFC 8446 section 5.1),
 * which no plain protocol here does.
 */
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';

const TLS_HANDSHAKE = 0x16;

export interface SharedPortOptions {
  /** Never listens itself; gets the connections that speak TLS. */
  readonly tls: TlsServer;
  /** Counts a new connection; false: it was refused. */
  admit(socket: Socket): boolean;
  /** A connection that speaks something else, with nothing read from it. */
  plain(socket: Socket): void;
  /** @param undecided - whether nothing has come yet */
  waiting(socket: Socket, undecided: () => boolean): void;
}

/** Not listening yet. */
export function createSharedPort(options: SharedPortOptions): NetServer {
  const { tls, admit, plain, waiting } = options;
  return createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    if (!admit(socket)) return;
    let isDecided = false;
    waiting(socket, () => !isDecided);
    const onEnd = (): void => void socket.destroy();
    socket.once('end', onEnd);
    const onReadable = (): void => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      isDecided = true;
      socket.off('readable', onReadable);
      socket.off('end', onEnd);
      socket.unshift(first);
      if (first[0] === TLS_HANDSHAKE) tls.emit('connection', socket);
      else plain(socket);
    };
    socket.on('readable', onReadable);
  });
}
