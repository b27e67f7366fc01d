/** Reads the body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';
import { toByteString, type ByteString } from '@concord/protocol';

/** What Go reads of a form. */
const FORM_BYTES_MAX = 10 * 1024 * 1024;

/** The bytes, or undefined where there are too many; what comes behind the limit is not kept. Never resolves for a client that went away. */
export function readBody(
  request: IncomingMessage,
  bytesMax: number = FORM_BYTES_MAX,
): Promise<ByteString | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(toByteString(Buffer.concat(chunks))));
    // A client that goes away hears nothing any more.
    request.on('error', () => undefined);
  });
}
