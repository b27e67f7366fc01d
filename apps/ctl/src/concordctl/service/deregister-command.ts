/** `concordctl service deregister SERVICE ID`. */
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';
import { deregister } from './deregistration.ts';
import { seenText } from './drain-command.ts';
import { instanceArguments, waitFlags } from './service-flags.ts';

const flags = { ...waitFlags } satisfies Flags;

export const serviceDeregisterCommand: Command<typeof flags> = {
  usage: '<service> <id> [options]',
  description: `Takes an instance out of the registry: marks it as draining, waits until consumers have seen it, and deletes it. A
program that is alive registers again, since it holds its own registration: stop it, or drain the instance instead.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const name = instanceArguments('deregister', args);
    const report = await withClient(invocation, (client) =>
      deregister(client, name, { waitMs: values.wait, signal }),
    );
    const { revision, ...seen } = report;
    const what =
      revision === undefined ? 'was registered anew meanwhile, and stays' : 'is deregistered';
    await showOne(invocation.presenter(), {
      text: `${name.id} ${what}: ${seenText(seen)}\n`,
      fields: [
        ['service', name.service],
        ['id', name.id],
        ['deregistered', revision !== undefined],
        ['outcome', seen.outcome],
        ['acknowledged', seen.acknowledged],
        ['pending', seen.pending.join(' ')],
        ['revision', revision ?? 0],
      ],
      document: { ...name, deregistered: revision !== undefined, ...report },
    });
  },
};
