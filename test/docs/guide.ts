/**
 * A guide's code: blocks of `ts` and `sh` in their order, each with what the guide says that it prints (the `text` block
 * behind it). `bash` blocks are what a reader does once on a machine of their own; other tests do those.
 */

export interface GuideBlock {
  readonly language: 'ts' | 'sh';
  readonly code: string;
  /** The section it stands in. */
  readonly section: string;
  /** Where it stands in the document, counted from one. */
  readonly line: number;
  /** Lines as the guide shows them; empty where it shows none. */
  readonly expected: readonly string[];
}

export interface Guide {
  readonly blocks: readonly GuideBlock[];
  /** The lines of `bash` blocks. */
  readonly setUp: readonly string[];
}

/** Throws where a guide shows output that belongs to no code. */
export function parseGuide(document: string): Guide {
  const lines = document.split('\n');
  const blocks: GuideBlock[] = [];
  const setUp: string[] = [];
  let section = '';
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]?.startsWith('## ') === true) section = (lines[i] ?? '').slice(3);
    const language = /^```(\w+)$/.exec(lines[i] ?? '')?.[1];
    if (language === undefined) continue;
    const close = lines.indexOf('```', i);
    const content = lines.slice(i + 1, close);
    if (language === 'bash') setUp.push(...content);
    if (language === 'ts' || language === 'sh') {
      blocks.push({ language, code: content.join('\n'), section, line: i + 2, expected: [] });
    }
    if (language === 'text') {
      const shown = blocks.pop();
      if (shown === undefined || shown.expected.length > 0) {
        throw new Error(`line ${i + 1}: a text block says what the code before it prints`);
      }
      blocks.push({ ...shown, expected: content.filter((line) => line.trim() !== '') });
    }
    i = close;
  }
  return { blocks, setUp };
}
