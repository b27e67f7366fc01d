/** `concordctl service`: services and their instances, as the SDK registers and discovers them. */
import type { CommandGroup } from '../command.ts';

export const serviceGroup: CommandGroup = {
  name: 'service',
  summary: 'Services and their instances',
  isOwn: true,
  commands: [
    {
      name: 'list',
      summary: 'Lists services',
      load: async () => (await import('./list-command.ts')).serviceListCommand,
    },
    {
      name: 'instances',
      summary: 'Lists the instances of a service',
      load: async () => (await import('./instances-command.ts')).serviceInstancesCommand,
    },
    {
      name: 'register',
      summary: 'Registers an instance for as long as it runs',
      load: async () => (await import('./register-command.ts')).serviceRegisterCommand,
    },
    {
      name: 'deregister',
      summary: 'Takes an instance out of the registry',
      load: async () => (await import('./deregister-command.ts')).serviceDeregisterCommand,
    },
    {
      name: 'drain',
      summary: 'Has consumers pick an instance no more',
      load: async () => (await import('./drain-command.ts')).serviceDrainCommand,
    },
    {
      name: 'enable',
      summary: 'Has consumers pick a drained instance again',
      load: async () => (await import('./enable-command.ts')).serviceEnableCommand,
    },
    {
      name: 'weight',
      summary: 'Sets the share of the calls that an instance gets',
      load: async () => (await import('./weight-command.ts')).serviceWeightCommand,
    },
    {
      name: 'watch',
      summary: 'Shows what happens to the instances of a service',
      load: async () => (await import('./watch-command.ts')).serviceWatchCommand,
    },
  ],
};
