/** Label matches as people write them, `version=1.4, zone=a|b`, and as the API takes them. */

export type LabelMatch = Readonly<Record<string, string | readonly string[]>>;

export type LabelMatchFault = 'empty' | 'no-equals-sign' | 'no-name' | 'no-value' | 'twice';

/** What was written, or the first thing that is wrong with it and where. */
export function parseLabelMatch(
  text: string,
): { readonly match: LabelMatch } | { readonly fault: LabelMatchFault; readonly piece: string } {
  const match: Record<string, string | string[]> = {};
  const pieces = text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  if (pieces.length === 0) return { fault: 'empty', piece: text };
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    if (equals === -1) return { fault: 'no-equals-sign', piece };
    const name = piece.slice(0, equals).trim();
    const values = piece
      .slice(equals + 1)
      .split('|')
      .map((value) => value.trim());
    if (name === '') return { fault: 'no-name', piece };
    if (values.includes('')) return { fault: 'no-value', piece };
    if (Object.hasOwn(match, name)) return { fault: 'twice', piece };
    match[name] = values.length === 1 ? values[0]! : values;
  }
  return { match };
}

export const printLabelMatch = (match: LabelMatch): string =>
  Object.entries(match)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.join('|')}`)
    .join(', ');
