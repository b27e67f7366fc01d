/** `concordctl config history PATH`. */
import type { HistoryItem } from '@concord/config';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { itemFlags, pathArgument, secretFlags } from './config-flags.ts';
import { addressOf, targetOf } from './items.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = {
  ...itemFlags,
  ...secretFlags,
  limit: { kind: 'uint', default: 20, help: 'show the newest so many (0: all)' },
} satisfies Flags;

export const configHistoryCommand: Command<typeof flags> = {
  usage: '<path> [options]',
  description: 'Shows the releases of an item, the newest first. -w json has their contents, too.',
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const address = addressOf(pathArgument('history', args), values.namespace);
    const items: HistoryItem[] = [];
    await withConfiguration(invocation, values, async ({ configuration }) => {
      const limit = values.limit === 0 ? undefined : values.limit;
      const options = { limit, reveal: values.reveal, signal };
      for await (const item of configuration.history(targetOf(address), options)) items.push(item);
    });
    await showListing<HistoryItem>(invocation.presenter(), {
      columns: [
        { title: 'release', value: ({ release }) => release },
        { title: 'track', value: ({ track }) => track },
        { title: 'kind', value: ({ kind }) => kind },
        { title: 'from', value: ({ from }) => from },
        { title: 'by', value: ({ by }) => by },
        { title: 'at', value: ({ at }) => at },
        { title: 'comment', value: ({ comment }) => comment },
      ],
      rows: items,
      document: { namespace: address.namespace, path: address.path, releases: items },
    });
  },
};
