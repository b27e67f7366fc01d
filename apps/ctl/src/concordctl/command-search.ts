/**
 * Finds the command that a line names. Words may be cut short where that is unambiguous, and flags may stand before them; one
 * that is not known there is taken for one with a value, as etcdctl takes it.
 */
import { CommandError } from '../command-error.ts';
import type { Flag, Flags } from '../flags.ts';
import type { CommandEntry, CommandGroup } from './command.ts';
import { commands, isGroup } from './commands.ts';
import { globalFlags } from './global-flags.ts';

export interface Found {
  readonly group: CommandGroup | undefined;
  /** None where the line names the program or a group alone. */
  readonly entry: CommandEntry | undefined;
  /** The line without the words that name the command. */
  readonly rest: readonly string[];
}

/** Throws `CommandError` for a command that there is not. */
export function findCommand(words: readonly string[]): Found {
  const nothing: Found = { group: undefined, entry: undefined, rest: words };
  const at = nextWord(words, globalFlags);
  const word = words[at];
  if (word === undefined) return nothing;
  const rest = words.toSpliced(at, 1);
  if (word === 'help') return { ...findCommand([...rest, '--help']) };
  const found = namedBy(commands, word);
  if (found === undefined) throw unknownCommand(word);
  if (!isGroup(found)) return { group: undefined, entry: found, rest };
  return inGroup(found, rest);
}

function inGroup(group: CommandGroup, words: readonly string[]): Found {
  const at = nextWord(words, { ...globalFlags, ...group.flags });
  const word = words[at];
  const entry = word === undefined ? undefined : namedBy(group.commands, word);
  return { group, entry, rest: entry === undefined ? words : words.toSpliced(at, 1) };
}

/** The one that `word` means, whole or cut short where that is unambiguous. */
export function namedBy<T extends { readonly name: string; readonly isOwn?: true }>(
  all: readonly T[],
  word: string,
): T | undefined {
  const exact = all.find(({ name }) => name === word);
  if (exact !== undefined) return exact;
  const matching = all.filter(({ name }) => name.startsWith(word));
  const ofEtcdctl = matching.filter(({ isOwn }) => isOwn !== true);
  const meant = ofEtcdctl.length > 0 ? ofEtcdctl : matching;
  return meant.length === 1 ? meant[0] : undefined;
}

/** The place of the first word that is neither a flag nor a flag's value; the end where there is none. */
function nextWord(words: readonly string[], flags: Flags): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') return words.length;
    if (takesNext(word, flags)) at += 1;
    else if (word !== '' && !word.startsWith('-')) return at;
  }
  return words.length;
}

function takesNext(word: string, flags: Flags): boolean {
  if (word.includes('=') || !word.startsWith('-')) return false;
  const flag = word.startsWith('--') ? flags[word.slice(2)] : shorthand(word.slice(1), flags);
  const isHelp = word === '--help' || word === '-h';
  if (isHelp || (!word.startsWith('--') && word.length > 2)) return false;
  return flag === undefined || flag.kind !== 'bool';
}

const shorthand = (letter: string, flags: Flags): Flag | undefined =>
  Object.values(flags).find(({ short }) => short === letter);

/** Names that differ from what was typed in so many letters are suggested. */
const SUGGESTION_DISTANCE_MAX = 2;

function unknownCommand(word: string): CommandError {
  const similar = commands
    .map(({ name }) => name)
    .filter(
      (name) =>
        distance(word.toLowerCase(), name) <= SUGGESTION_DISTANCE_MAX ||
        name.startsWith(word.toLowerCase()),
    );
  const suggestions =
    similar.length === 0
      ? ''
      : `\n\nDid you mean this?\n${similar.map((name) => `\t${name}\n`).join('')}`;
  return new CommandError(
    `unknown command "${word}" for "concordctl"${suggestions}\nRun 'concordctl --help' for usage.`,
  );
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
