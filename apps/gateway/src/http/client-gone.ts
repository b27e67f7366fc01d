/** Long requests: nobody works on for a client that has hung up. */
import type { FastifyRequest } from 'fastify';

/** Aborts when the connection closes before the request was answered. To be disposed of with the answer. */
export function clientGone(
  request: Pick<FastifyRequest, 'raw'>,
): { signal: AbortSignal } & Disposable {
  const { socket } = request.raw;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  if (socket.destroyed) leave();
  else socket.once('close', leave);
  return { signal: gone.signal, [Symbol.dispose]: () => void socket.off('close', leave) };
}
