/**
 * A line of stdin taken apart into words, as etcdctl takes it apart: between double quotes stands what Go's source would
 * have there, between single ones anything.
 */
import { CommandError, exitCodes } from '../../command-error.ts';
import { parseFlags, type CommandLine, type Flags } from '../../flags.ts';
import { unquotePrefix } from '../../go-format/quote.ts';
import type { Word } from '../kv/key-selection.ts';

const WORDS = /"(?:[^"\\]|\\.)*"|'[^']*'|[^'"\s]\S*[^'"\s]?/gs;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Words that are no UTF-8 stay bytes. Throws `CommandError` for an escape that there is not. */
export function wordsOf(line: string): readonly Word[] {
  return (line.match(WORDS) ?? []).map((word) => {
    if (word.startsWith("'")) return word.slice(1, -1);
    if (!word.startsWith('"')) return word;
    const unquoted = unquotePrefix(word);
    if (unquoted === undefined) throw new CommandError('invalid syntax', exitCodes.badInput);
    return textOf(unquoted.bytes);
  });
}

function textOf(bytes: Uint8Array): Word {
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes;
  }
}

export interface WordLine<F extends Flags> extends Omit<CommandLine<F>, 'args'> {
  readonly args: readonly Word[];
}

/** What no word that is text begins with: a character for private use stands for words that are bytes. */
const BYTES_MARK = '\u{10fffd}';

/** Reads the flags among `words`. Throws `UsageError`. */
export function parseWords<F extends Flags>(flags: F, words: readonly Word[]): WordLine<F> {
  const texts = words.map((word, i) => (typeof word === 'string' ? word : `${BYTES_MARK}${i}`));
  const line = parseFlags(flags, texts);
  const args = line.args.map((text) =>
    text.startsWith(BYTES_MARK) ? (words[Number(text.slice(BYTES_MARK.length))] ?? text) : text,
  );
  return { ...line, args };
}
