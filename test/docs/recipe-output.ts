/**
 * Whether commands printed what the document shows. Each line of the document must come, in their order; what comes
 * between them is not the document's business. `…` stands for anything within a line, ids and blanks do not count.
 */

/** What is missing first, or undefined where nothing is. */
export function firstMissing(expected: readonly string[], printed: string): string | undefined {
  const lines = printed.split('\n').map(normalised);
  let next = 0;
  for (const wanted of expected) {
    const pattern = patternOf(normalised(wanted));
    while (next < lines.length && !pattern.test(lines[next] ?? '')) next++;
    if (next === lines.length) return wanted;
    next++;
  }
  return undefined;
}

/**
 * Ids differ with the ports of a run. They have up to sixteen digits, seldom fewer than fourteen; and a table is as wide
 * as what stands in it.
 */
const normalised = (line: string): string =>
  line
    .replace(/\b[0-9a-f]{13,16}\b/g, 'ID')
    .replace(/-{3,}/g, '---')
    .replace(/\s+/g, ' ')
    .trim();

const patternOf = (line: string): RegExp =>
  new RegExp(`^${line.split('…').map(escaped).join('.*')}$`);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
