/** Flags that commands of `config` share, and what they mean. */
import { FORMATS, type Format } from '@concord/config/records';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';

export const itemFlags = {
  namespace: { kind: 'string', short: 'n', default: 'default', help: 'namespace of the item' },
} satisfies Flags;

export const secretFlags = {
  'config-keys': {
    kind: 'string',
    default: '',
    help: 'file with the keys of secrets: { current, keys }, as the gateway takes it',
  },
  reveal: { kind: 'bool', default: false, help: 'show secrets' },
} satisfies Flags;

/** Without `--reveal`, for commands that write. */
export const keyFlags = { 'config-keys': secretFlags['config-keys'] } satisfies Flags;

export const actFlags = {
  comment: { kind: 'string', short: 'm', default: '', help: 'why: kept with the release' },
  by: { kind: 'string', default: '', help: 'who does it; --user, else the user of this machine' },
} satisfies Flags;

export const contentFlags = {
  format: {
    kind: 'string',
    default: '',
    help: `${FORMATS.join(', ')}; as it was, or by the ending of the path, by default`,
  },
  secret: { kind: 'bool', default: false, help: 'seal it; an item that is secret stays so anyway' },
} satisfies Flags;

export const baseFlags = {
  base: {
    kind: 'int',
    default: -1,
    help: 'the release that the change was made from, 0 for none: fail if the item stands elsewhere',
  },
} satisfies Flags;

export function pathArgument(command: string, args: readonly string[]): string {
  const [path, ...more] = args;
  if (path === undefined || more.length > 0) {
    refuseArguments(`config ${command} needs the path of an item as its argument`);
  }
  return path;
}

/** Undefined where none was given. */
export function formatOption(text: string): Format | undefined {
  if (text === '') return undefined;
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new CommandError(
    `--format is "${text}": give ${FORMATS.join(', ')}`,
    exitCodes.badArguments,
  );
}

export const textOption = (text: string): string | undefined => (text === '' ? undefined : text);

export const baseOption = (base: number): number | undefined => (base < 0 ? undefined : base);
