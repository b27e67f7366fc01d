/**
 * Ends a socket at once, the way a broken connection ends: with a reset, without a farewell.
 *
 * Node's own `resetAndDestroy` says farewell first and waits until all is written, which it never is where the other side
 * has ceased to read; and a reset during the farewell fails and leaves the handle open. Both would keep a test's
 * process from ending.
 */
import type { Socket } from 'node:net';

export function breakSocket(socket: Socket): void {
  // What `resetAndDestroy` notes for the moment of destruction; without it, this is a plain close.
  const isOpen = !socket.connecting && !socket.writableEnded;
  if (isOpen) Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
