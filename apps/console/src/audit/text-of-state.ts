/** What something was before and after, as texts that can be compared line by line. */

/** Names in order, so that two of the same are equal; a text that is JSON is opened. */
export function textOfState(state: unknown): string {
  if (state === undefined || state === null) return '';
  const opened = typeof state === 'string' ? openText(state) : state;
  return typeof opened === 'string' ? opened : JSON.stringify(inOrder(opened), null, 2);
}

function openText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner)]),
  );
}
