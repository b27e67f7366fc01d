/** `concordctl txn` */
import { Buffer } from 'node:buffer';
import { KV, TxnRequest, TxnResponse, type ResponseOp } from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { Lines } from '../input/lines.ts';
import {
  deleteFields,
  putFields,
  rangeFields,
  simpleDelete,
  simplePut,
  simpleRange,
} from '../kv/answers.ts';
import type { Presenter } from '../output/presenter.ts';
import { parseCompare } from './compare.ts';
import { parseOperation } from './operation.ts';

const flags = {
  interactive: { kind: 'bool', short: 'i', default: false, help: 'say what is to be typed next' },
} satisfies Flags;

export const txnCommand: Command<typeof flags> = {
  usage: '[options]',
  description: `
Reads a transaction from stdin: conditions, a line each, and an empty line; what to do if all of them
hold, and an empty line; what to do if not, and an empty line.

  mod("key1") > "0"

  put key1 "overwritten"

  put key1 "created"
  put key2 "some extra key"

A condition is target("key") operator "operand". Targets are ver, version, c, create, m, mod, val,
value and lease; operators are =, !=, < and >.
`,
  flags,
  async run(invocation) {
    const { values, args, connect, presenter, print } = invocation;
    if (args.length > 0) refuseArguments('txn command does not accept argument');
    const client = await connect();
    const lines = new Lines(invocation.stdin);
    const prompt = (text: string): void => {
      if (values.interactive) print(`${text}\n`);
    };
    const read = (line: string): ReturnType<typeof parseOperation> =>
      parseOperation(line, invocation);
    prompt('compares:');
    const compare = await section(lines, parseCompare);
    prompt('success requests (get, put, del):');
    const success = await section(lines, read);
    prompt('failure requests (get, put, del):');
    const failure = await section(lines, read);
    const request = TxnRequest.create({ compare, success, failure });
    const answer = await client.call(KV.methods.txn, request, { timeoutMs: Infinity });
    const output = presenter();
    await output.answer(TxnResponse, answer, {
      simple: () => simpleTxn(answer, output),
      fields: () =>
        `${output.headerFields(answer.header)}"Succeeded" : ${answer.succeeded}\n` +
        answer.responses.map((one) => operationFields(one, output)).join(''),
    });
  },
};

/** What stands before the next empty line, each line as `parse` reads it. */
async function section<T>(lines: Lines, parse: (line: string) => T | Promise<T>): Promise<T[]> {
  const parsed: T[] = [];
  for (;;) {
    const line = (await lines.next()).trim();
    if (line === '') return parsed;
    parsed.push(await parse(line));
  }
}

function simpleTxn({ succeeded, responses }: TxnResponse, output: Presenter): Buffer {
  const parts = responses.flatMap(({ response }): Uint8Array[] => {
    const gap = Buffer.from('\n');
    switch (response?.case) {
      case 'responseRange':
        return [gap, simpleRange(response.value, output)];
      case 'responsePut':
        return [gap, simplePut(response.value, output)];
      case 'responseDeleteRange':
        return [gap, simpleDelete(response.value, output)];
      default:
        return [gap];
    }
  });
  return Buffer.concat([Buffer.from(succeeded ? 'SUCCESS\n' : 'FAILURE\n'), ...parts]);
}

function operationFields({ response }: ResponseOp, output: Presenter): string {
  switch (response?.case) {
    case 'responseRange':
      return rangeFields(response.value, output);
    case 'responsePut':
      return putFields(response.value, output);
    case 'responseDeleteRange':
      return deleteFields(response.value, output);
    default:
      return '';
  }
}
