/** The texts of `--help`, in the layout of etcd's tools. */
import { describeFlags, type Flags } from '../flags.ts';
import { isGroup, type AnyCommand, type Group, type Node } from './command.ts';

export const globalFlags = {
  'write-out': {
    kind: 'string',
    short: 'w',
    default: 'simple',
    help: 'set the output format (fields, json, protobuf, simple, table)',
  },
} satisfies Flags;

const nameColumn = 12;
const globalUsage = `Global Flags:\n${describeFlags(globalFlags)}`;

/** @param path the words that lead to the node, `concordutl` first */
export const usageOf = (path: readonly string[], node: Node | Group<Node>): string =>
  isGroup(node) ? listUsage(path, node.commands) : commandUsage(path, node);

function listUsage(path: readonly string[], nodes: ReadonlyMap<string, Node>): string {
  const lines = [...nodes].map(([name, { summary }]) => `  ${name.padEnd(nameColumn)}${summary}\n`);
  const words = path.join(' ');
  return (
    `Usage:\n  ${words} [command]\n\nAvailable Commands:\n${lines.join('')}\n${globalUsage}\n` +
    `Use "${words} [command] --help" for more information about a command.\n`
  );
}

function commandUsage(path: readonly string[], { usage, flags }: AnyCommand): string {
  const own = Object.keys(flags).length === 0 ? '' : `Flags:\n${describeFlags(flags)}\n`;
  const words = [...path.slice(0, -1), usage].join(' ');
  return `Usage:\n  ${words} [flags]\n\n${own}${globalUsage}`;
}
