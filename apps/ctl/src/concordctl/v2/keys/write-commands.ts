/** `set`, `mk`, `update` and their twins for directories. */
import type { V2Command } from '../command.ts';
import { statuses } from '../failure.ts';
import type { V2Flag } from '../line/flag-set.ts';
import { ask, isSimple, keyOf, show, valueOf } from './key-command.ts';
import { createInOrderRequest, setRequest } from './key-requests.ts';

const ttl: V2Flag = {
  kind: 'int',
  names: ['ttl'],
  help: 'key time-to-live in seconds',
  default: '0',
};

export const setCommand: V2Command = {
  name: 'set',
  usage: 'set the value of a key',
  argsUsage: '<key> <value>',
  description: `Set sets the value of a key.

   When <value> begins with '-', <value> is interpreted as a flag.
   Insert '--' for workaround:

   $ set -- <key> <value>`,
  flags: [
    ttl,
    { kind: 'string', names: ['swap-with-value'], help: 'previous value', default: '' },
    { kind: 'int', names: ['swap-with-index'], help: 'previous index', default: '0' },
  ],
  async run(invocation) {
    const { args, flags } = invocation;
    const request = setRequest(keyOf(args), await valueOf(invocation), {
      ttlSeconds: flags.int('ttl'),
      previousValue: flags.string('swap-with-value'),
      previousIndex: flags.int('swap-with-index'),
    });
    show(invocation, await ask(invocation, request));
    return statuses.success;
  },
};

export const mkCommand: V2Command = {
  name: 'mk',
  usage: 'make a new key with a given value',
  argsUsage: '<key> <value>',
  flags: [
    { kind: 'bool', names: ['in-order'], help: 'create in-order key under directory <key>' },
    ttl,
  ],
  async run(invocation) {
    const { args, flags } = invocation;
    const [key, value] = [keyOf(args), await valueOf(invocation)];
    const ttlSeconds = flags.int('ttl');
    const isInOrder = flags.bool('in-order');
    const request = isInOrder
      ? createInOrderRequest(key, value, ttlSeconds)
      : setRequest(key, value, { ttlSeconds, previousExists: false });
    show(invocation, await ask(invocation, request, { isOnce: !isInOrder }));
    return statuses.success;
  },
};

export const updateCommand: V2Command = {
  name: 'update',
  usage: 'update an existing key with a given value',
  argsUsage: '<key> <value>',
  flags: [ttl],
  async run(invocation) {
    const { args, flags } = invocation;
    const request = setRequest(keyOf(args), await valueOf(invocation), {
      ttlSeconds: flags.int('ttl'),
      previousExists: true,
    });
    show(invocation, await ask(invocation, request));
    return statuses.success;
  },
};

export const mkdirCommand = directoryCommand('mkdir', 'make a new directory', '<key>', false);
export const setdirCommand = directoryCommand(
  'setdir',
  'create a new directory or update an existing directory TTL',
  '<key>',
  undefined,
);
export const updatedirCommand = directoryCommand(
  'updatedir',
  'update an existing directory',
  '<key> <value>',
  true,
);

function directoryCommand(
  name: string,
  usage: string,
  argsUsage: string,
  mustExist: boolean | undefined,
): V2Command {
  return {
    name,
    usage,
    argsUsage,
    flags: [ttl],
    async run(invocation) {
      const { args, flags } = invocation;
      const request = setRequest(keyOf(args), '', {
        isDirectory: true,
        ttlSeconds: flags.int('ttl'),
        ...(mustExist !== undefined && { previousExists: mustExist }),
      });
      const answer = await ask(invocation, request, { isOnce: mustExist === false });
      if (!isSimple(invocation)) show(invocation, answer);
      return statuses.success;
    },
  };
}
