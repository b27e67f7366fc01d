/** `concordctl service list`. */
import { Registry, type ServiceSummary } from '@concord/registry';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';

const flags = {
  selector: {
    kind: 'string',
    short: 'l',
    default: '',
    help: 'count only instances with such labels: version=2,env!=test',
  },
} satisfies Flags;

export const serviceListCommand: Command<typeof flags> = {
  usage: '[options]',
  description:
    'Shows each service with how many of its instances start, serve and drain, and their zones.',
  flags,
  async run(invocation) {
    const { args, values } = invocation;
    if (args.length > 0) refuseArguments('service list takes no arguments');
    const services = await withClient(invocation, async (client) => {
      await using registry = new Registry(client);
      return registry.list({ selector: values.selector });
    });
    await showListing<ServiceSummary>(invocation.presenter(), {
      columns: [
        { title: 'service', value: ({ name }) => name },
        { title: 'serving', value: ({ instances }) => instances.serving },
        { title: 'starting', value: ({ instances }) => instances.starting },
        { title: 'draining', value: ({ instances }) => instances.draining },
        { title: 'zones', value: ({ zones }) => zones.join(' ') },
      ],
      rows: services,
      document: { services },
    });
  },
};
