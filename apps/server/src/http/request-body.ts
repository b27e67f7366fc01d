/**
 * Reads a whole request body, within bounds of size and of time: the body is the client's, and it may never come.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body of a few megabytes over a bad line takes seconds; nobody needs minutes. */
const BODY_MS_MAX = 60_000;

/** Why a body was not read. */
export type BodyFailure = 'too large' | 'too slow';

/**
 * Calls `done` with the body when it is there, or `failed`, which has to answer; the connection is closed then. Neither
 * is called when the client goes away.
 */
export function onBody(
  request: IncomingMessage,
  response: ServerResponse,
  bytesMax: number,
  done: (body: Buffer) => void,
  failed: (why: BodyFailure) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => fail('too slow'), BODY_MS_MAX);
  timer.unref();
  const stop = (): void => {
    clearTimeout(timer);
    request.off('data', take).off('end', end).off('close', stop);
  };
  const fail = (why: BodyFailure): void => {
    stop();
    // What is still to come would be read for nothing.
    response.once('finish', () => request.destroy());
    response.shouldKeepAlive = false;
    failed(why);
    request.resume();
  };
  const take = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > bytesMax) fail('too large');
    else chunks.push(chunk);
  };
  const end = (): void => {
    stop();
    done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length));
  };
  request.on('data', take).on('end', end).on('close', stop).on('error', stop);
}
