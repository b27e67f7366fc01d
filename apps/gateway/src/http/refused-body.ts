/**
 * Bodies that are not read to their end. Were the connection closed with the answer, clients that are still sending would
 * see it break, and never the answer that says why: so the rest is read and thrown away, as far as that is reasonable.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** What is sent beyond the limit by mistake; who sends more is cut off. */
const DISCARDED_BYTES_MAX = 64 * 1024 * 1024;
const DISCARDING_MS_MAX = 10_000;

export function discardRefusedBodies(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, next) => {
    // Fastify closes where the body was not read.
    if (!request.raw.complete && reply.getHeader('connection') === 'close') {
      reply.removeHeader('connection');
      discardRest(request.raw);
    }
    next(null, payload);
  });
}

function discardRest(request: IncomingMessage): void {
  const { socket } = request;
  let left = DISCARDED_BYTES_MAX;
  const end = (): void => socket.destroySoon();
  const timer = setTimeout(end, DISCARDING_MS_MAX).unref();
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
