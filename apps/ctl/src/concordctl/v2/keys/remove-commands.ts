/** `rm` and `rmdir`. */
import type { V2Command, V2Invocation } from '../command.ts';
import { statuses } from '../failure.ts';
import { ask, isSimple, keyOf, show } from './key-command.ts';
import { deleteRequest, type DeleteSelection } from './key-requests.ts';

async function remove(invocation: V2Invocation, selection: DeleteSelection): Promise<number> {
  const request = deleteRequest(keyOf(invocation.args), selection);
  const answer = await ask(invocation, request, { isOnce: true });
  if (answer.node.dir !== true || !isSimple(invocation)) show(invocation, answer);
  return statuses.success;
}

export const rmCommand: V2Command = {
  name: 'rm',
  usage: 'remove a key or a directory',
  argsUsage: '<key>',
  flags: [
    {
      kind: 'bool',
      names: ['dir'],
      help: 'removes the key if it is an empty directory or a key-value pair',
    },
    {
      kind: 'bool',
      names: ['recursive', 'r'],
      help: 'removes the key and all child keys(if it is a directory)',
    },
    { kind: 'string', names: ['with-value'], help: 'previous value', default: '' },
    { kind: 'int', names: ['with-index'], help: 'previous index', default: '0' },
  ],
  run(invocation) {
    const { flags } = invocation;
    return remove(invocation, {
      isDirectory: flags.bool('dir'),
      recursive: flags.bool('recursive'),
      previousValue: flags.string('with-value'),
      previousIndex: flags.int('with-index'),
    });
  },
};

export const rmdirCommand: V2Command = {
  name: 'rmdir',
  usage: 'removes the key if it is an empty directory or a key-value pair',
  argsUsage: '<key>',
  flags: [],
  run: (invocation) => remove(invocation, { isDirectory: true }),
};
