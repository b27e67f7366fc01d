/** The help of a command, in the sections that etcdctl's has. */
import { formatDuration } from '../go-format/duration.ts';
import type { Flag, Flags } from '../flags.ts';
import type { AnyCommand } from './command.ts';
import type { Found } from './command-search.ts';
import { commands, isGroup } from './commands.ts';
import { globalFlags } from './global-flags.ts';
import { apiVersion, concordVersion, etcdctlVersion } from '../version.ts';

const helpFlag = {
  help: { kind: 'bool', short: 'h', default: false, help: 'show this' },
} satisfies Flags;

const indented = (lines: readonly string[]): string =>
  lines.map((line) => `${`  ${line}`.trimEnd()}\n`).join('');

/** @param command - the loaded command; none for the program or a group */
export function usageText({ group, entry }: Found, command: AnyCommand | undefined): string {
  const name = [group?.name, entry?.name].filter((word) => word !== undefined).join(' ');
  const summary = (entry ?? group)?.summary ?? 'Command line of Concord and etcd.';
  const isProgram = name === '';
  const line = command?.usage ?? (isProgram ? '[flags]' : '<command>');
  const sections = [
    section('NAME', [`${isProgram ? 'concordctl' : name} - ${summary}`]),
    section('USAGE', [['concordctl', name, line].filter((word) => word !== '').join(' ')]),
    isProgram ? section('VERSION', [`${concordVersion}, as etcdctl ${etcdctlVersion}`]) : '',
    entry === undefined ? section('API VERSION', [apiVersion]) : '',
    entry === undefined ? section('COMMANDS', commandLines(group)) : '',
    command?.description === undefined
      ? ''
      : section('DESCRIPTION', command.description.trim().split('\n')),
    ...(isProgram
      ? [flagSection('OPTIONS', { ...helpFlag, ...globalFlags })]
      : [
          flagSection('OPTIONS', { ...helpFlag, ...group?.flags, ...command?.flags }),
          flagSection('GLOBAL OPTIONS', globalFlags),
        ]),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

const section = (title: string, lines: readonly string[]): string =>
  `${title}:\n${indented(lines)}`;

function commandLines(group: Found['group']): readonly string[] {
  const rows = (group === undefined ? commands : [group])
    .filter(({ isHidden }) => isHidden !== true)
    .flatMap((one): [string, string][] =>
      isGroup(one)
        ? one.commands.map(({ name, summary }) => [`${one.name} ${name}`, summary])
        : [[one.name, one.summary]],
    );
  return aligned(rows);
}

function flagSection(title: string, flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]): [string, string] => [
    `${flag.short === undefined ? '    ' : `-${flag.short}, `}--${name}${defaultOf(flag)}`,
    flag.help,
  ]);
  return rows.length === 0 ? '' : section(title, aligned(rows));
}

function defaultOf(flag: Flag): string {
  if (flag.kind === 'bool') return `[=${flag.default}]`;
  if (flag.kind === 'string') return `="${flag.default}"`;
  if (flag.kind === 'duration') return `=${formatDuration(flag.default)}`;
  return flag.kind === 'strings' ? `=[${flag.default.join(',')}]` : `=${flag.default}`;
}

function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, right]) => `${left.padEnd(width)}${right}`);
}
