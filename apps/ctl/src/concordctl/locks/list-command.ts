/** `concordctl locks list [PREFIX]`. */
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';
import { lineNames, readLines, type StandingLine } from './lines.ts';
import { placeDocument, titleOf } from './place-text.ts';

const flags = {} satisfies Flags;

export const locksListCommand: Command<typeof flags> = {
  usage: '[prefix]',
  description: `Shows locks, semaphores and elections that somebody stands at, of the SDK, of etcdctl and of etcd's libraries: who holds
them, and how many wait. They have no register: the names of all keys below the prefix are read for it.`,
  flags,
  async run(invocation) {
    const { args, signal } = invocation;
    if (args.length > 1) refuseArguments('locks list takes at most a prefix as its argument');
    const lines = await withClient(invocation, async (client) => {
      const names = await lineNames(client, args[0] ?? '', { signal });
      return readLines(client, names, { signal });
    });
    await showListing<StandingLine>(invocation.presenter(), {
      columns: [
        { title: 'name', value: ({ name }) => name },
        { title: 'kind', value: ({ kind }) => kind },
        { title: 'holders', value: ({ holders }) => holders.map(titleOf).join(' ') },
        { title: 'waiters', value: ({ waiters }) => waiters.length },
      ],
      rows: lines,
      document: {
        locks: lines.map((line) => ({
          name: line.name,
          kind: line.kind,
          holders: line.holders.map((place) => placeDocument(line, place)),
          waiterCount: line.waiters.length,
        })),
      },
    });
  },
};
