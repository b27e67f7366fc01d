/** `concordctl put` */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { KV, PutRequest, PutResponse } from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { FlagValues, Flags } from '../../flags.ts';
import { IntegerError, parseInteger } from '../../go-format/integer.ts';
import type { Command } from '../command.ts';
import { putFields, simplePut } from './answers.ts';
import { bytesOf, type Word } from './key-selection.ts';

export const putFlags = {
  lease: {
    kind: 'string',
    default: '0',
    help: 'lease that the key is attached to, in hexadecimal',
  },
  'prev-kv': { kind: 'bool', default: false, help: 'show what was there before' },
  'ignore-value': { kind: 'bool', default: false, help: 'keep the value that the key has' },
  'ignore-lease': { kind: 'bool', default: false, help: 'keep the lease that the key has' },
} satisfies Flags;

const NEEDS = 'put command needs 1 argument and input from stdin or 2 arguments';

/**
 * What `put` asks for. Throws `CommandError`.
 *
 * @param readValue - gets the value where it is no argument; undefined where there is none
 */
export async function putRequest(
  args: readonly Word[],
  values: FlagValues<typeof putFlags>,
  readValue: () => Promise<Uint8Array | undefined>,
): Promise<PutRequest> {
  const [key, given] = args;
  if (key === undefined) refuseArguments(NEEDS);
  const ignoreValue = values['ignore-value'];
  if (ignoreValue && given !== undefined) {
    refuseArguments("put command needs only 1 argument when 'ignore-value' is set");
  }
  const value = await valueOf(ignoreValue, given, readValue);
  return PutRequest.create({
    key: bytesOf(key),
    value,
    lease: leaseOf(values.lease),
    prevKv: values['prev-kv'],
    ignoreValue,
    ignoreLease: values['ignore-lease'],
  });
}

async function valueOf(
  isIgnored: boolean,
  given: Word | undefined,
  readValue: () => Promise<Uint8Array | undefined>,
): Promise<Uint8Array> {
  if (isIgnored) return new Uint8Array();
  const value = given === undefined ? await readValue() : bytesOf(given);
  return value ?? refuseArguments(NEEDS);
}

function leaseOf(text: string): bigint {
  try {
    return parseInteger(text, 'ParseInt', 16);
  } catch (error) {
    if (!(error instanceof IntegerError)) throw error;
    return refuseArguments(`bad lease ID (${error.message}), expecting ID in Hex`);
  }
}

/** All of stdin; undefined where it is empty. */
export async function readAll(stdin: Readable): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  const bytes = Buffer.concat(chunks);
  return bytes.length === 0 ? undefined : bytes;
}

export const putCommand: Command<typeof putFlags> = {
  usage: '[options] <key> <value> (<value> can also be given from stdin)',
  description: `
A value that begins with '-' would be taken for a flag: write '--' before it.

  concordctl put key -- -1
  concordctl put -- key -1

Without a value, and without --ignore-value, it is read from stdin:

  cat file | concordctl put key
`,
  flags: putFlags,
  async run(invocation) {
    const { values, args, connect, presenter } = invocation;
    const request = await putRequest(args, values, () => readAll(invocation.stdin));
    const client = await connect();
    const answer = await client.call(KV.methods.put, request);
    const output = presenter();
    await output.answer(PutResponse, answer, {
      simple: () => simplePut(answer, output),
      fields: () => putFields(answer, output),
    });
  },
};
