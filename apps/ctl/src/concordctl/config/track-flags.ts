/** The flags of gray releases: who gets them. */
import type { GrayOptions } from '@concord/config';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';

export const trackFlags = {
  track: { kind: 'string', default: '', help: 'release to some clients only, under this name' },
  percent: { kind: 'string', default: '', help: 'with --track: of all clients, 0 to 100' },
  match: {
    kind: 'strings',
    default: [],
    help: 'with --track: clients with the label name=value, as often as one likes',
  },
  'hash-by': {
    kind: 'string',
    default: '',
    help: 'with --percent: a label whose clients go together, instead of each for itself',
  },
} satisfies Flags;

/** Undefined without `--track`. */
export function trackOptions(values: FlagValues<typeof trackFlags>): GrayOptions | undefined {
  const { track, percent, match, 'hash-by': by } = values;
  if (track === '') {
    if (percent === '' && match.length === 0 && by === '') return undefined;
    throw refused(
      '--percent, --match and --hash-by say who is on a track: give its name with --track',
    );
  }
  if (percent === '' && match.length === 0) {
    throw refused('--track needs --percent or --match, which say who is on it');
  }
  return {
    name: track,
    ...(percent !== '' && { percent: percentOf(percent) }),
    ...(match.length > 0 && { match: matchOf(match) }),
    ...(by !== '' && { by }),
  };
}

function percentOf(text: string): number {
  const percent = Number(text.replace(/%$/, ''));
  if (text !== '' && percent >= 0 && percent <= 100) return percent;
  throw refused(`--percent is "${text}": give a number from 0 to 100`);
}

/** Several values of one label: any of them. */
function matchOf(texts: readonly string[]): Record<string, string | string[]> {
  const match = new Map<string, string[]>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at <= 0) throw refused(`--match "${text}": give it as name=value`);
    const name = text.slice(0, at);
    match.set(name, [...(match.get(name) ?? []), text.slice(at + 1)]);
  }
  return Object.fromEntries(
    [...match].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

const refused = (message: string): CommandError =>
  new CommandError(message, exitCodes.badArguments);
