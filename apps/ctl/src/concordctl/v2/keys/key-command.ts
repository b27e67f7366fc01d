/** What commands on keys have in common: a key that must be given, one request, one answer that is shown. */
import type { V2Invocation } from '../command.ts';
import type { SendOptions } from '../connection/cluster-client.ts';
import type { V2Request } from '../connection/exchange.ts';
import { V2Failure, keyFailure, statuses } from '../failure.ts';
import { readKeyAnswer, showKeyAnswer, type KeyAnswer } from './node.ts';

/** Throws `V2Failure`. */
export function keyOf(args: readonly string[]): string {
  const [key] = args;
  if (key === undefined) throw keyFailure(statuses.badArguments, new Error('key required'));
  return key;
}

/** The second argument, or all of stdin. Throws `V2Failure`. */
export async function valueOf({ args, world: { stdin } }: V2Invocation): Promise<string> {
  const [, value] = args;
  if (value !== undefined) return value;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > VALUE_BYTES_MAX) break;
    chunks.push(chunk);
  }
  if (bytes === 0 || bytes > VALUE_BYTES_MAX) {
    const problem = bytes === 0 ? 'value required' : `value of over ${VALUE_BYTES_MAX} bytes`;
    throw keyFailure(statuses.badArguments, new Error(problem));
  }
  return Buffer.concat(chunks).toString();
}

/** No server takes a request as large as this. */
const VALUE_BYTES_MAX = 64 * 1024 * 1024;

/** Throws `V2Failure`. */
export async function ask(
  { connection }: V2Invocation,
  request: V2Request,
  options: Pick<SendOptions, 'isOnce'> = {},
): Promise<KeyAnswer> {
  const client = await connection.synced();
  try {
    const answer = await client.send(request, { deadline: connection.deadline(), ...options });
    const read = readKeyAnswer(answer);
    if (read === undefined) throw new Error('client: response body is empty');
    return read;
  } catch (error) {
    throw failureOf(error);
  }
}

export function failureOf(error: unknown): V2Failure {
  if (error instanceof V2Failure) return error;
  return keyFailure(statuses.serverError, error as Error);
}

/** In the format of `--output`. */
export function show({ world, globals }: V2Invocation, answer: KeyAnswer): void {
  const { out, told } = showKeyAnswer(answer, globals.string('output'));
  if (out !== '') world.print(out);
  if (told !== '') world.complain(told);
}

export const isSimple = ({ globals }: V2Invocation): boolean =>
  globals.string('output') === 'simple';
