/** `concordctl service instances SERVICE`. */
import type { Instance } from '@concord/registry';
import { parseSelector } from '@concord/registry/records';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';
import { instanceColumns, instanceDocument } from './instance-listing.ts';
import { readInstances } from './instances.ts';
import { serviceArgument } from './service-flags.ts';

const STATES = ['starting', 'serving', 'draining'];

const flags = {
  selector: {
    kind: 'string',
    short: 'l',
    default: '',
    help: 'only those with such labels: version=2,env!=test',
  },
  state: { kind: 'string', default: '', help: 'only those that are starting, serving or draining' },
} satisfies Flags;

export const serviceInstancesCommand: Command<typeof flags> = {
  usage: '<service> [options]',
  description:
    'Shows the instances of a service as consumers treat them: what an operator decided counts over what they say of themselves.',
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const service = serviceArgument('instances', args);
    const isWanted = filterOf(values);
    const all = await withClient(invocation, (client) =>
      readInstances(client, service, { signal }),
    );
    const instances = all.map(({ instance }) => instance).filter(isWanted);
    await showListing<Instance>(invocation.presenter(), {
      columns: instanceColumns,
      rows: instances,
      document: { service, instances: instances.map(instanceDocument) },
    });
  },
};

function filterOf({ selector, state }: { readonly selector: string; readonly state: string }) {
  if (state !== '' && !STATES.includes(state)) {
    throw new CommandError(
      `--state is "${state}": give ${STATES.join(', ')}`,
      exitCodes.badArguments,
    );
  }
  const isMet = selectorOf(selector);
  return (instance: Instance): boolean =>
    (state === '' || instance.state === state) && isMet(instance.labels);
}

function selectorOf(selector: string) {
  try {
    return parseSelector('--selector', 'selector', selector);
  } catch (error) {
    throw new CommandError(
      error instanceof Error ? error.message : String(error),
      exitCodes.badArguments,
    );
  }
}
