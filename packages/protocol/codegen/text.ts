/**
 * Lines of TypeScript: indentation and TSDoc comments.
 */

/** Columns that a line of code or comment may take. */
export const LINE_WIDTH = 100;

export function indent(lines: readonly string[], levels = 1): string[] {
  const space = '  '.repeat(levels);
  return lines.map((line) => (line === '' ? '' : space + line));
}

/** A TSDoc comment at an indentation of `levels`; no lines for no text. */
export function tsdoc(text: string, levels = 0): string[] {
  if (text === '') return [];
  const width = LINE_WIDTH - 2 * levels;
  const oneLine = `/** ${text} */`;
  if (!text.includes('\n') && oneLine.length <= width) return indent([oneLine], levels);
  const paragraphs = text.split('\n\n').map((paragraph) => wrap(paragraph, width - ' * '.length));
  const lines = paragraphs.flatMap((paragraph, i) => (i === 0 ? paragraph : ['', ...paragraph]));
  return indent(['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'], levels);
}

/** Breaks a paragraph anew where one of its lines is too long; leaves the others as they are. */
function wrap(paragraph: string, width: number): string[] {
  const given = paragraph.split('\n');
  if (given.every((line) => line.length <= width)) return given;
  const lines = [''];
  for (const word of given.join(' ').split(' ')) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? word : `${lines[last]} ${word}`;
    if (longer.length <= width) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}
