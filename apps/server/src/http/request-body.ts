/**
 * Reads a whole request body, within bounds of size and of time: the body is the client's, and it may never come.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body of a few megabytes over a bad line takes seconds; nobody needs minutes. */
const BODY_MS_MAX = 60_000;

/**
 * Calls `done` with the body when it is there. A larger one is answered with 413 and a slow one with 408, and the
 * connection is closed; `done` is not called then, nor when the client goes away.
 */
export function onBody(
  request: IncomingMessage,
  response: ServerResponse,
  bytesMax: number,
  done: (body: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => refuse(408, 'the request body did not come in time'), BODY_MS_MAX);
  timer.unref();
  const stop = (): void => {
    clearTimeout(timer);
    request.off('data', take).off('end', end).off('close', stop);
  };
  const refuse = (status: number, text: string): void => {
    stop();
    request.resume();
    if (response.headersSent || response.destroyed) return;
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      Connection: 'close',
    });
    // What is still to come would be read for nothing.
    response.end(`${text}\n`, () => request.destroy());
  };
  const take = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > bytesMax) refuse(413, `http: request body too large: ${bytesMax} bytes at most`);
    else chunks.push(chunk);
  };
  const end = (): void => {
    stop();
    done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length));
  };
  request.on('data', take).on('end', end).on('close', stop).on('error', stop);
}
