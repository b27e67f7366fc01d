/** Two texts side by side, line by line, as `diff` shows them. */

/** The table of the longest common subsequence has this many cells at most; beyond, a changed block is shown whole. */
const CELLS_MAX = 4_000_000;

/** Every line of both, marked `' '`, `'-'` or `'+'`; empty where the texts are the same. */
export function lineDiff(before: string, after: string): string[] {
  if (before === after) return [];
  const old = before.split('\n');
  const young = after.split('\n');
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < young.length - head &&
    old[old.length - 1 - tail] === young[young.length - 1 - tail]
  ) {
    tail++;
  }
  return [
    ...old.slice(0, head).map(kept),
    ...middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail)),
    ...old.slice(old.length - tail).map(kept),
  ];
}

const kept = (line: string): string => ` ${line}`;
const removed = (line: string): string => `-${line}`;
const added = (line: string): string => `+${line}`;

function middle(old: readonly string[], young: readonly string[]): string[] {
  if ((old.length + 1) * (young.length + 1) > CELLS_MAX) {
    return [...old.map(removed), ...young.map(added)];
  }
  const width = young.length + 1;
  // common[i * width + j]: the length of the longest common subsequence of old from i and young from j.
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = young.length - 1; j >= 0; j--) {
      const at = i * width + j;
      common[at] =
        old[i] === young[j]
          ? common[at + width + 1]! + 1
          : Math.max(common[at + width]!, common[at + 1]!);
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      lines.push(kept(old[i]!));
      i++;
      j++;
    } else if (
      j === young.length ||
      (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    ) {
      lines.push(removed(old[i++]!));
    } else {
      lines.push(added(young[j++]!));
    }
  }
  return lines;
}
