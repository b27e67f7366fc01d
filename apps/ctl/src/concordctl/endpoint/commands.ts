/** Single endpoints: the commands, loaded when they run. */
import type { CommandGroup } from '../command.ts';

export const endpointCommands: CommandGroup = {
  name: 'endpoint',
  summary: 'The endpoints of --endpoints, one by one',
  flags: {
    cluster: {
      kind: 'bool',
      default: false,
      help: 'the endpoints of all members of the cluster instead',
    },
  },
  commands: [
    {
      name: 'health',
      summary: 'Tells whether they serve',
      load: async () => (await import('./health.ts')).healthCommand,
    },
    {
      name: 'status',
      summary: 'Shows the status of each',
      load: async () => (await import('./status.ts')).statusCommand,
    },
    {
      name: 'hashkv',
      summary: 'Shows the hash of the history of each',
      load: async () => (await import('./hashkv.ts')).hashKvCommand,
    },
  ],
};
