/** `concordctl compaction` */
import { CompactionRequest, KV } from '@concord/protocol';
import { CommandError, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import { asNumber, IntegerError, parseInteger } from '../../go-format/integer.ts';
import type { Command } from '../command.ts';

const flags = {
  physical: {
    kind: 'bool',
    default: false,
    help: 'wait until what is forgotten is gone from the disk',
  },
} satisfies Flags;

export const compactionCommand: Command<typeof flags> = {
  usage: '[options] <revision>',
  flags,
  async run({ values, args, connect, print }) {
    const [text] = args;
    if (text === undefined || args.length !== 1) {
      refuseArguments('compaction command needs 1 argument');
    }
    const revision = revisionOf(text);
    const client = await connect();
    const request = CompactionRequest.create({
      revision: asNumber(revision),
      physical: values.physical,
    });
    await client.call(KV.methods.compact, request);
    print(`compacted revision ${revision}\n`);
  },
};

function revisionOf(text: string): bigint {
  try {
    return parseInteger(text, 'ParseInt', 10);
  } catch (error) {
    throw error instanceof IntegerError ? new CommandError(error.message) : error;
  }
}
