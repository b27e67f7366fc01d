/**
 * A document's recipes: every `##` section that has commands, as blocks of `sh` in their order, each with what the
 * document says that they print (the `text` block that follows). A comment that begins with `<!-- sh` holds commands
 * too: what breaks something, so that the reader's commands have something to mend.
 */

export interface RecipeBlock {
  readonly commands: string;
  /** Where the commands stand in the document, counted from one. */
  readonly line: number;
  /** Lines as the document shows them; empty where it shows none. */
  readonly expected: readonly string[];
}

export interface Recipe {
  readonly title: string;
  /** Clients write from the first command to the last: the document says so in these words. */
  readonly isUnderLoad: boolean;
  readonly blocks: readonly RecipeBlock[];
}

const LOAD_SENTENCE = 'Clients go on writing all the while.';

/** Throws where a document shows output that belongs to no command. */
export function parseRecipes(document: string): readonly Recipe[] {
  const lines = document.split('\n');
  const headings = lines.flatMap((line, i) => (line.startsWith('## ') ? [i] : []));
  return headings
    .map((start, i) => parseSection(lines, start, headings[i + 1] ?? lines.length))
    .filter(({ blocks }) => blocks.length > 0);
}

function parseSection(lines: readonly string[], start: number, end: number): Recipe {
  const blocks: RecipeBlock[] = [];
  for (let i = start; i < end; i++) {
    const [, fence = '', language] = /^(```|<!-- )(sh|text)$/.exec(lines[i] ?? '') ?? [];
    if (language === undefined) continue;
    const close = lines.indexOf(fence === '```' ? fence : '-->', i);
    const content = lines.slice(i + 1, close);
    if (language === 'sh') {
      blocks.push({ commands: content.join('\n'), line: i + 2, expected: [] });
    } else {
      const shown = blocks.pop();
      if (shown === undefined || shown.expected.length > 0) {
        throw new Error(`line ${i + 1}: a text block says what the commands before it print`);
      }
      blocks.push({ ...shown, expected: content.filter((line) => line.trim() !== '') });
    }
    i = close;
  }
  return {
    title: (lines[start] ?? '').slice(3),
    isUnderLoad: lines.slice(start, end).join(' ').includes(LOAD_SENTENCE),
    blocks,
  };
}
