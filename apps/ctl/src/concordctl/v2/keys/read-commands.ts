/** `ls` and `get`. */
import type { V2Command, V2Invocation } from '../command.ts';
import { plainFailure, statuses } from '../failure.ts';
import type { V2Flag } from '../line/flag-set.ts';
import { ask, isSimple, keyOf, show } from './key-command.ts';
import { getRequest } from './key-requests.ts';
import type { V2Node } from './node.ts';

const sort: V2Flag = { kind: 'bool', names: ['sort'], help: 'returns result in sorted order' };
const quorum: V2Flag = {
  kind: 'bool',
  names: ['quorum', 'q'],
  help: 'require quorum for get request',
};

export const lsCommand: V2Command = {
  name: 'ls',
  usage: 'retrieve a directory',
  argsUsage: '[key]',
  flags: [
    sort,
    {
      kind: 'bool',
      names: ['recursive', 'r'],
      help: 'returns all key names recursively for the given path',
    },
    { kind: 'bool', names: ['p'], help: 'append slash (/) to directories' },
    quorum,
  ],
  async run(invocation) {
    const { args, flags, world } = invocation;
    const [key = '/'] = args;
    const answer = await ask(invocation, getRequest(key, selection(invocation)));
    if (!isSimple(invocation)) {
      show(invocation, answer);
      return statuses.success;
    }
    const { node } = answer;
    if (node.dir !== true) world.print(`${node.key ?? ''}\n`);
    for (const line of listed(node.nodes ?? [], flags.bool('p'))) world.print(line);
    return statuses.success;
  },
};

function* listed(nodes: readonly V2Node[], isSlashed: boolean): Generator<string> {
  for (const { key = '', dir = false, nodes: below = [] } of nodes) {
    yield `${key}${dir && isSlashed ? '/' : ''}\n`;
    yield* listed(below, isSlashed);
  }
}

export const getCommand: V2Command = {
  name: 'get',
  usage: 'retrieve the value of a key',
  argsUsage: '<key>',
  flags: [sort, quorum],
  async run(invocation) {
    const key = keyOf(invocation.args);
    const answer = await ask(invocation, getRequest(key, selection(invocation)));
    if (answer.node.dir === true) throw plainFailure(`${answer.node.key}: is a directory`);
    show(invocation, answer);
    return statuses.success;
  },
};

const selection = ({
  flags,
}: V2Invocation): { sorted: boolean; recursive: boolean; quorum: boolean } => ({
  sorted: flags.bool('sort'),
  recursive: flags.bool('recursive'),
  quorum: flags.bool('quorum'),
});
