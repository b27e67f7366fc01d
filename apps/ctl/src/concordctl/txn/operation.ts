/** The grammar of operations: `put`, `get` and `del` with the flags that the commands have. */
import { RequestOp } from '@concord/protocol';
import { CommandError, exitCodes, UsageError } from '../../command-error.ts';
import type { Invocation } from '../command.ts';
import { parseWords, wordsOf } from '../input/words.ts';
import { delFlags, deleteRequest } from '../kv/del.ts';
import { getFlags, rangeRequest } from '../kv/get.ts';
import type { Word } from '../kv/key-selection.ts';
import { putFlags, putRequest } from '../kv/put.ts';

/** Reads one operation. Throws `CommandError`. */
export async function parseOperation(
  line: string,
  { tell }: Pick<Invocation, 'tell'>,
): Promise<RequestOp> {
  const [name, ...words] = wordsOf(line);
  if (typeof name !== 'string' || words.length === 0) {
    throw new CommandError(`invalid txn compare request: ${line}`, exitCodes.badInput);
  }
  try {
    const request = await requestOf(name, words, tell);
    if (request !== undefined) return RequestOp.create({ request });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
  throw new CommandError(`invalid txn request: ${line}`, exitCodes.badInput);
}

const NAMES = ['put', 'get', 'del'];

/** Names may be cut short, as everywhere. */
async function requestOf(
  name: string,
  words: readonly Word[],
  tell: (line: string) => void,
): Promise<RequestOp['request']> {
  const full = name === '' ? undefined : NAMES.find((one) => one.startsWith(name));
  if (full === 'put') {
    const { values, args } = parseWords(putFlags, words);
    const nothing = (): Promise<undefined> => Promise.resolve(undefined);
    return { case: 'requestPut', value: await putRequest(args, values, nothing) };
  }
  if (full === 'get') {
    const { values, args } = parseWords(getFlags, words);
    return { case: 'requestRange', value: rangeRequest(args, values) };
  }
  if (full === 'del') {
    const { values, args } = parseWords(delFlags, words);
    return { case: 'requestDeleteRange', value: await deleteRequest(args, values, tell) };
  }
  return undefined;
}
