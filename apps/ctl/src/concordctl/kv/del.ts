/** `concordctl del` */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteRangeRequest, DeleteRangeResponse, KV } from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { FlagValues, Flags } from '../../flags.ts';
import { quote } from '../../go-format/quote.ts';
import type { Command } from '../command.ts';
import { deleteFields, simpleDelete } from './answers.ts';
import { selectKeys, type Word } from './key-selection.ts';

export const delFlags = {
  prefix: { kind: 'bool', default: false, help: 'all keys that begin with the key' },
  'prev-kv': { kind: 'bool', default: false, help: 'show what was there before' },
  'from-key': { kind: 'bool', default: false, help: 'all keys from the key on' },
  range: { kind: 'bool', default: false, help: 'delete a range without the pause before it' },
} satisfies Flags;

/** Time to think again before a range is deleted. */
const REGRET_MS = 2_000;

/** What `del` asks for. Throws `CommandError`. */
export async function deleteRequest(
  args: readonly Word[],
  values: FlagValues<typeof delFlags>,
  tell: (line: string) => void,
): Promise<DeleteRangeRequest> {
  const [key, end] = args;
  if (key === undefined || args.length > 2) {
    refuseArguments('del command needs one argument as key and an optional argument as range_end');
  }
  const selection = selectKeys(args, values);
  if (end !== undefined && !values.range) {
    tell(
      `Warning: Keys between ${quote(key)} and ${quote(end)} will be deleted. Please interrupt the command ` +
        'within next 2 seconds to cancel. You can provide `--range` flag to avoid the delay.',
    );
    await sleep(REGRET_MS);
  }
  return DeleteRangeRequest.create({ ...selection, prevKv: values['prev-kv'] });
}

export const delCommand: Command<typeof delFlags> = {
  usage: '[options] <key> [range_end]',
  flags: delFlags,
  async run({ values, args, tell, connect, presenter }) {
    const request = await deleteRequest(args, values, tell);
    const client = await connect();
    const answer = await client.call(KV.methods.deleteRange, request);
    const output = presenter();
    await output.answer(DeleteRangeResponse, answer, {
      simple: () => simpleDelete(answer, output),
      fields: () => deleteFields(answer, output),
    });
  },
};
