/** `concordctl config export [PREFIX]`. */
import { writeFile } from 'node:fs/promises';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import { openFailure } from '../../open-failure.ts';
import type { Command } from '../command.ts';
import { withClient } from '../sdk/with-client.ts';
import { exportItems } from './archive.ts';
import { itemFlags } from './config-flags.ts';
import { addressOf } from './items.ts';

const flags = {
  ...itemFlags,
  output: { kind: 'string', short: 'o', default: '', help: 'write to a file instead of stdout' },
} satisfies Flags;

export const configExportCommand: Command<typeof flags> = {
  usage: '[prefix] [options]',
  description: `Prints the released items as one JSON document, for a repository or for "config import". Secrets stay sealed: they can be
imported where they came from, or wherever their keys, namespace and path are the same. Gray tracks are left out.`,
  flags,
  async run(invocation) {
    const { args, values, signal, print, tell } = invocation;
    if (args.length > 1) refuseArguments('config export takes at most a prefix as its argument');
    addressOf('checked', values.namespace);
    const archive = await withClient(invocation, (client) =>
      exportItems(client, values.namespace, args[0] ?? '', { signal }),
    );
    const text = `${JSON.stringify(archive, undefined, 2)}\n`;
    if (values.output === '') {
      print(text);
      return;
    }
    await writeFile(values.output, text, { mode: 0o600 }).catch((error: unknown) => {
      throw openFailure('open', values.output, error);
    });
    tell(`${archive.items.length} items written to ${values.output}`);
  },
};
