/** `concordctl config diff PATH [FROM [TO]]`. */
import { refuseArguments, SilentExit } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { jsonLine } from '../listing/listing.ts';
import { itemFlags, secretFlags } from './config-flags.ts';
import { difference, differenceText, sidesOf } from './difference.ts';
import { addressOf, readItem } from './items.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = {
  ...itemFlags,
  ...secretFlags,
  'exit-code': {
    kind: 'bool',
    default: false,
    help: 'end with status 1 where there is a difference',
  },
} satisfies Flags;

export const configDiffCommand: Command<typeof flags> = {
  usage: '<path> [from [to]] [options]',
  description: `Compares two contents of an item, each the number of a release, live or draft. Without sides: what is live with the draft,
or, where there is none, the release before with what is live. With one side: the release before it with that.`,
  flags,
  async run(invocation) {
    const { args, values, signal, print } = invocation;
    const [path, ...sides] = args;
    if (path === undefined || sides.length > 2) {
      refuseArguments(
        'config diff needs the path of an item, and at most two sides, as its arguments',
      );
    }
    const address = addressOf(path, values.namespace);
    const found = await withConfiguration(invocation, values, async ({ client, sight }) => {
      const standing = await readItem(client, address, { signal });
      return difference(client, standing, sidesOf(standing, sides), sight, { signal });
    });
    const isDifferent =
      found.changes.length > 0 || found.lines.some((line) => !line.startsWith(' '));
    if (invocation.presenter().format === 'json') {
      print(jsonLine({ namespace: address.namespace, path: address.path, ...found }));
    } else {
      await invocation.presenter().show({ simple: () => differenceText(found) });
    }
    if (values['exit-code'] && isDifferent) throw new SilentExit(1);
  },
};
