/** The pages of help: texts in the places where etcdctl of the v2 API has them, in two columns. */
import type { V2Command, V2Group } from '../command.ts';
import type { V2Flag } from './flag-set.ts';

export const helpFlag: V2Flag = { kind: 'bool', names: ['help', 'h'], help: 'show help' };
export const versionFlag: V2Flag = {
  kind: 'bool',
  names: ['version', 'v'],
  help: 'print the version',
};

const helpRow: Row = ['help, h', 'Shows a list of commands or help for one command'];

type Row = readonly [left: string, right: string];

export interface AppPage {
  /** The program, or the program and its group. */
  readonly name: string;
  readonly usage: string;
  readonly version: string;
  readonly commands: readonly (V2Command | V2Group)[];
  readonly flags: readonly V2Flag[];
  /** Whether `help` stands among the commands. */
  readonly isRoot: boolean;
}

export function appHelp({ name, usage, version, commands, flags, isRoot }: AppPage): string {
  const rows: Row[] = commands.map((command) => [command.name, command.usage]);
  return (
    `NAME:\n   ${name} - ${usage}\n\n` +
    `USAGE:\n   ${name} [global options] command [command options] [arguments...]\n\n` +
    `VERSION:\n   ${version}\n\n` +
    `COMMANDS:\n${columns(isRoot ? [...rows, helpRow] : rows)}\n` +
    `GLOBAL OPTIONS:\n${columns(flags.map(flagRow))}`
  );
}

export function groupHelp(program: string, group: V2Group): string {
  const name = `${program} ${group.name}`;
  return (
    `NAME:\n   ${name} - ${group.usage}\n\n` +
    `USAGE:\n   ${name} command [command options] [arguments...]\n\n` +
    `COMMANDS:\n${columns(group.commands.map((command) => [command.name, command.usage]))}\n` +
    `OPTIONS:\n${columns([flagRow(helpFlag)])}   \n`
  );
}

/** `help` has a page of its own too, though nobody gave it a name there. */
export const helpOfHelp = `NAME:\n    - ${helpRow[1]}\n\nUSAGE:\n    [command]\n`;

/** The page of one command, or the short one of a group. */
export function commandHelp(program: string, command: V2Command | V2Group): string {
  const name = `${program} ${command.name}`;
  const flags = 'flags' in command ? command.flags : [];
  const argsUsage = 'argsUsage' in command ? command.argsUsage : '';
  const options = flags.length > 0 ? ' [command options]' : '';
  const description = 'description' in command ? command.description : undefined;
  return (
    `NAME:\n   ${name} - ${command.usage}\n\n` +
    `USAGE:\n   ${name}${options} ${argsUsage === '' ? '[arguments...]' : argsUsage}\n` +
    (description === undefined ? '' : `\nDESCRIPTION:\n   ${description}\n`) +
    (flags.length === 0 ? '' : `\nOPTIONS:\n${columns(flags.map(flagRow))}   \n`)
  );
}

function flagRow({ kind, names, help, placeholder, default: value }: V2Flag): Row {
  const shown = kind === 'bool' ? '' : ` ${placeholder ?? 'value'}`;
  const left = names.map((name) => `${name.length === 1 ? '-' : '--'}${name}${shown}`).join(', ');
  const quoted = kind === 'string' ? JSON.stringify(value) : value;
  return [left, value === undefined || value === '' ? help : `${help} (default: ${quoted})`];
}

/** Two spaces between the longest of the left and the right. */
function columns(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `   ${left.padEnd(width)}${right}\n`).join('');
}
