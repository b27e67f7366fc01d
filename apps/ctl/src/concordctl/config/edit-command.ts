/** `concordctl config edit PATH`. */
import { basename } from 'node:path';
import { itemName } from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { actorOf } from '../sdk/with-client.ts';
import {
  actFlags,
  contentFlags,
  formatOption,
  itemFlags,
  keyFlags,
  pathArgument,
  textOption,
} from './config-flags.ts';
import { differenceText, lineDifference } from './difference.ts';
import { showDraft, writeOrRelease } from './draft-or-release.ts';
import { edited, keepEdited } from './editor.ts';
import { addressOf, formatFor, messageOf, readItem } from './items.ts';
import { Sight } from './secrets.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = {
  ...itemFlags,
  ...contentFlags,
  ...actFlags,
  ...keyFlags,
  release: {
    kind: 'bool',
    default: false,
    help: 'make it live when the editor is left, instead of a draft',
  },
} satisfies Flags;

export const configEditCommand: Command<typeof flags> = {
  usage: '<path> [options]',
  description: `Opens the draft of an item in $VISUAL or $EDITOR, or what is live where there is no draft. When the editor is left,
the change is shown and kept as the draft; nobody gets it before "config release". A file that was not changed changes nothing,
and one that is not what its format says is refused and kept.`,
  flags,
  async run(invocation) {
    const { args, values, signal, environment, tell } = invocation;
    const address = addressOf(pathArgument('edit', args), values.namespace);
    const given = formatOption(values.format);
    await withConfiguration(invocation, values, async (opened) => {
      const standing = await readItem(opened.client, address, { signal });
      const format = formatFor(standing, given);
      const stored =
        standing.draft?.record.content ?? standing.record?.content ?? standing.plain?.text;
      // Whoever edits a secret has to see it: the keys are asked for.
      const sight = new Sight(opened.keys, true);
      const before = stored === undefined ? '' : sight.show(address, stored, standing.isSecret);
      const after = await edited(before ?? '', fileName(address.path, format), environment);
      if (after === before) throw new CommandError('nothing was changed');
      tell(differenceText(lineDifference(before ?? '', after)).trimEnd());
      const next = {
        content: after,
        format,
        isSecret: values.secret,
        comment: textOption(values.comment),
        by: actorOf(invocation, values.by),
      };
      const outcome = await writeOrRelease(opened, standing, next, values.release, signal).catch(
        async (error: unknown) => {
          const kept = await keepEdited(after, fileName(address.path, format));
          throw new CommandError(`${messageOf(error)}; what you wrote is kept in ${kept}`);
        },
      );
      await showDraft(invocation.presenter(), itemName(address), address.path, outcome);
    });
  },
};

/** The ending tells editors what is in it. */
function fileName(path: string, format: string): string {
  const name = basename(path);
  const ending = format === 'text' ? 'txt' : format;
  return name.includes('.') ? name : `${name}.${ending}`;
}
