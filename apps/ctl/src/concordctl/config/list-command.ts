/** `concordctl config list [PREFIX]`. */
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { without } from '../listing/without.ts';
import { withClient } from '../sdk/with-client.ts';
import { itemFlags } from './config-flags.ts';
import { addressOf, listItems, type ListedItem } from './items.ts';

const flags = { ...itemFlags } satisfies Flags;

export const configListCommand: Command<typeof flags> = {
  usage: '[prefix] [options]',
  description: 'Shows the items that are released, by path.',
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    if (args.length > 1) refuseArguments('config list takes at most a prefix as its argument');
    addressOf('checked', values.namespace);
    const items: ListedItem[] = [];
    await withClient(invocation, async (client) => {
      const found = listItems(client, values.namespace, args[0] ?? '', { signal });
      for await (const item of found) items.push(item);
    });
    await showListing<ListedItem>(invocation.presenter(), {
      columns: [
        { title: 'path', value: ({ address }) => address.path },
        { title: 'release', value: ({ record }) => record.release },
        { title: 'format', value: ({ record }) => record.format },
        { title: 'secret', value: ({ record }) => record.secret === true },
        {
          title: 'tracks',
          value: ({ record }) => (record.gray ?? []).map(({ name }) => name).join(' '),
        },
        { title: 'by', value: ({ record }) => record.by },
        { title: 'at', value: ({ record }) => record.at },
        { title: 'comment', value: ({ record }) => record.comment },
      ],
      rows: items,
      document: {
        namespace: values.namespace,
        items: items.map(({ address: { path }, record }) => {
          const tracks = (record.gray ?? []).map((track) => without(track, 'content'));
          return { path, ...without(record, 'content', 'gray'), tracks };
        }),
      },
    });
  },
};
