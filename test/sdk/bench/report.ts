/** What several rounds come to: medians, a block for each measure with a line for each client. */
import type { Measure } from './measures.ts';

export interface Standing {
  /** Which client, on which server. */
  readonly name: string;
  /** Of each round, in the same order. */
  readonly rounds: readonly (readonly Measure[])[];
}

export function report(standings: readonly Standing[]): string {
  const measures = standings[0]?.rounds[0]?.map(({ what }) => what) ?? [];
  const width = Math.max(...standings.map(({ name }) => name.length));
  return measures
    .map((what, i) => {
      const lines = standings.map(
        ({ name, rounds }) =>
          `  ${name.padEnd(width)}  ${told(rounds.map((all) => all[i]?.result))}`,
      );
      return [what, ...lines].join('\n');
    })
    .join('\n');
}

function told(results: readonly Measure['result'][]): string {
  const [first] = results;
  if (first === undefined) return 'the client has none';
  return Object.keys(first)
    .map((figure) => {
      const value = median(results.map((result) => result?.[figure] ?? NaN));
      return `${figure} ${String(value).padEnd(8)}`;
    })
    .join(' ')
    .trimEnd();
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? NaN) + upper) / 2);
}
