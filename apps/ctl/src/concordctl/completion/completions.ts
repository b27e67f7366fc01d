/**
 * What may stand where the cursor is: commands, flags, values of flags, and what the cluster would have to be asked for.
 * Nothing here asks anybody.
 */
import type { Flag, Flags } from '../../flags.ts';
import type { AnyCommand, CommandEntry, CommandGroup } from '../command.ts';
import { namedBy } from '../command-search.ts';
import { globalFlags } from '../global-flags.ts';
import { argumentsOf, flagValues, type Wanted } from './argument-kinds.ts';

export interface Candidate {
  readonly value: string;
  readonly help: string;
}

export interface Completions {
  readonly candidates: readonly Candidate[];
  /** What the cluster knows; candidates of it come on top. */
  readonly wanted?: Wanted;
  /** Arguments before the one that is completed: of which service the instances are wanted. */
  readonly args: readonly string[];
  /** Whether names of files may stand there, too. */
  readonly isFile: boolean;
}

type Tree = readonly (CommandEntry | CommandGroup)[];

const nothing: Completions = { candidates: [], args: [], isFile: false };

/** @param words - the line without the program, up to the cursor; the last is what is being typed, maybe nothing yet */
export async function completionsOf(words: readonly string[], tree: Tree): Promise<Completions> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const place = await standing(before, tree);
  if (place.flag !== undefined) return ofFlag(place.flag, current, '');
  if (!place.isEnded && current.startsWith('-')) return flagsAt(place, current);
  if (place.entry === undefined) return commandsAt(place.group?.commands ?? tree, current);
  const path = [place.group?.name, place.entry.name].filter((name) => name !== undefined).join(' ');
  const wanted = argumentsOf(path, place.args.length);
  if (wanted === undefined) return nothing;
  if (typeof wanted !== 'string') return { ...nothing, candidates: matching(wanted, current) };
  if (wanted === 'file') return { ...nothing, isFile: true };
  return { ...nothing, wanted, args: place.args };
}

interface Place {
  readonly group?: CommandGroup | undefined;
  readonly entry?: CommandEntry | undefined;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** The flag whose value comes next. */
  readonly flag?: string | undefined;
  /** `--` has been there: nothing is a flag any more. */
  readonly isEnded: boolean;
}

async function standing(words: readonly string[], tree: Tree): Promise<Place> {
  let place: Place = { flags: globalFlags, args: [], isEnded: false };
  for (const word of words) {
    if (place.flag !== undefined) place = { ...place, flag: undefined };
    else if (word === '--' && !place.isEnded) place = { ...place, isEnded: true };
    else if (word.startsWith('-') && word !== '-' && !place.isEnded) {
      place = { ...place, flag: awaited(word, place.flags) };
    } else place = await stepped(place, word, tree);
  }
  return place;
}

async function stepped(place: Place, word: string, tree: Tree): Promise<Place> {
  if (place.entry !== undefined) return { ...place, args: [...place.args, word] };
  if (place.group === undefined) {
    const found = namedBy(tree, word);
    if (found === undefined) return place;
    if ('commands' in found) {
      return { ...place, group: found, flags: { ...place.flags, ...found.flags } };
    }
    return { ...place, entry: found, flags: await flagsOf(place, found) };
  }
  const entry = namedBy(place.group.commands, word);
  return entry === undefined ? place : { ...place, entry, flags: await flagsOf(place, entry) };
}

async function flagsOf(place: Place, entry: CommandEntry): Promise<Flags> {
  const command: AnyCommand = await entry.load();
  return { ...place.flags, ...command.flags };
}

/** The name of the flag whose value is the next word. */
function awaited(word: string, flags: Flags): string | undefined {
  if (word.includes('=')) return undefined;
  const name = word.startsWith('--')
    ? word.slice(2)
    : Object.entries(flags).find(([, { short }]) => short === word.slice(1))?.[0];
  const flag: Flag | undefined = name === undefined ? undefined : flags[name];
  return flag === undefined || flag.kind === 'bool' ? undefined : name;
}

function flagsAt({ flags }: Place, current: string): Completions {
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(current) ?? [];
  if (name !== undefined && value !== undefined) return ofFlag(name, value, `--${name}=`);
  const candidates = Object.entries(flags).map(([flag, { help }]) => ({
    value: `--${flag}`,
    help,
  }));
  return { ...nothing, candidates: startingWith(candidates, current) };
}

function ofFlag(name: string, current: string, prefix: string): Completions {
  const values = flagValues(name);
  if (values === 'file') return { ...nothing, isFile: true };
  const found = matching(values ?? [], current);
  return {
    ...nothing,
    candidates: found.map((one) => ({ ...one, value: `${prefix}${one.value}` })),
  };
}

function commandsAt(commands: Tree, current: string): Completions {
  const shown = commands.filter(({ isHidden }) => isHidden !== true);
  const candidates = shown.map(({ name, summary }) => ({ value: name, help: summary }));
  return { ...nothing, candidates: startingWith(candidates, current) };
}

const matching = (values: readonly string[], current: string): readonly Candidate[] =>
  startingWith(
    values.map((value) => ({ value, help: '' })),
    current,
  );

const startingWith = (all: readonly Candidate[], current: string): readonly Candidate[] =>
  all.filter(({ value }) => value.startsWith(current));
