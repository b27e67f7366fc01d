/** `concordctl config status PATH`. */
import type { ClientConvergence } from '@concord/config';
import { itemName } from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { itemFlags, pathArgument } from './config-flags.ts';
import { addressOf, targetOf } from './items.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = { ...itemFlags } satisfies Flags;

export const configStatusCommand: Command<typeof flags> = {
  usage: '<path> [options]',
  description: `Shows of each client that watches an item whether it has applied what is meant for it, has rejected it and why, or has not
said yet. Ends with status 1 where one has rejected it.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const address = addressOf(pathArgument('status', args), values.namespace);
    const convergence = await withConfiguration(invocation, {}, ({ configuration }) =>
      configuration.convergence(targetOf(address), { signal }),
    );
    const { clients, counts } = convergence;
    await showListing<ClientConvergence>(invocation.presenter(), {
      columns: [
        { title: 'client', value: ({ client }) => client },
        { title: 'state', value: ({ state }) => state },
        { title: 'track', value: ({ track }) => track },
        { title: 'release', value: ({ release }) => release },
        { title: 'target', value: ({ target }) => target },
        { title: 'error', value: ({ error }) => error },
      ],
      rows: clients,
      document: { namespace: address.namespace, path: address.path, ...convergence },
    });
    if (counts.rejected === 0) return;
    throw new CommandError(
      `${counts.rejected} of ${clients.length} clients have rejected ${itemName(address)}, and keep what they had`,
    );
  },
};
