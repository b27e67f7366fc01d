/** Content as the command line gives it: an argument, a file, or stdin. */
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandError } from '../../command-error.ts';
import { openFailure } from '../../open-failure.ts';

/** More than any release holds: whoever sends more has sent something else. */
const BYTES_MAX = 8 * 1024 * 1024;

export async function contentOf(
  { stdin }: { readonly stdin: Readable },
  argument: string | undefined,
  file: string,
): Promise<string> {
  if (argument !== undefined) return argument;
  return file === '' || file === '-' ? readAll(stdin) : readText(file);
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw openFailure('open', path, error);
  });
}

export async function readAll(stdin: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stdin) {
    parts.push(Buffer.from(part as Uint8Array));
    bytes += (part as Uint8Array).length;
    if (bytes > BYTES_MAX) throw new CommandError(`stdin has more than ${BYTES_MAX} bytes`);
  }
  return Buffer.concat(parts).toString('utf8');
}
