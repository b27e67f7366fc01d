/** `concordctl config set PATH [CONTENT]`. */
import { itemName } from '@concord/config/records';
import type { Flags } from '../../flags.ts';
import { refuseArguments } from '../../command-error.ts';
import type { Command } from '../command.ts';
import { actorOf } from '../sdk/with-client.ts';
import {
  actFlags,
  contentFlags,
  formatOption,
  itemFlags,
  keyFlags,
  textOption,
} from './config-flags.ts';
import { contentOf } from './content.ts';
import { showDraft, writeOrRelease } from './draft-or-release.ts';
import { addressOf, formatFor, readItem } from './items.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = {
  ...itemFlags,
  ...contentFlags,
  ...actFlags,
  ...keyFlags,
  file: { kind: 'string', short: 'f', default: '', help: 'read the content from a file' },
  release: { kind: 'bool', default: false, help: 'make it live at once, instead of a draft' },
} satisfies Flags;

export const configSetCommand: Command<typeof flags> = {
  usage: '<path> [content] [options]  (content or stdin)',
  description: `Writes the draft of an item: nobody gets it before "config release". The console shows the same draft. With --release
it is live at once. To set a plain key, which needs no release, use "put".`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const [path, content, ...more] = args;
    if (path === undefined || more.length > 0 || (content !== undefined && values.file !== '')) {
      refuseArguments('config set needs the path of an item and its content, or --file, or stdin');
    }
    const address = addressOf(path, values.namespace);
    const text = await contentOf(invocation, content, values.file);
    const given = formatOption(values.format);
    await withConfiguration(invocation, values, async (opened) => {
      const standing = await readItem(opened.client, address, { signal });
      const next = {
        content: text,
        format: formatFor(standing, given),
        isSecret: values.secret,
        comment: textOption(values.comment),
        by: actorOf(invocation, values.by),
      };
      const outcome = await writeOrRelease(opened, standing, next, values.release, signal);
      await showDraft(invocation.presenter(), itemName(address), address.path, outcome);
    });
  },
};
