/** What `concord gateway --help` and `concord grpc-proxy --help` print, and both with `start`. */
import type { FlagTable } from './command-line.ts';

/** One of the proxies: the first word of its command line. */
export interface ProxySummary {
  readonly word: string;
  readonly summary: string;
  readonly flags: FlagTable;
}

export const helpOfWord = ({ word, summary }: ProxySummary): string =>
  [
    `${word} related command`,
    '',
    'Usage:',
    `  concord ${word} [command]`,
    '',
    'Available Commands:',
    `  start       ${summary}`,
    '',
    'Flags:',
    `  -h, --help   help for ${word}`,
    '',
    `Use "concord ${word} [command] --help" for more information about a command.`,
    '',
  ].join('\n');

export function helpOfStart({ word, summary, flags }: ProxySummary): string {
  const rows: (readonly [head: string, text: string])[] = Object.entries(flags).map(
    ([name, { value, help, initial }]) => {
      const shown = initial === '' || initial === 'false' ? '' : ` (default ${initial})`;
      return [`      --${name}${value === '' ? '' : ` ${value}`}`, `${help}${shown}`];
    },
  );
  rows.push(['  -h, --help', 'help for start']);
  rows.sort(([a], [b]) => (a.slice(6) < b.slice(6) ? -1 : 1));
  const width = Math.max(...rows.map(([head]) => head.length)) + 3;
  return [
    summary,
    '',
    'Usage:',
    `  concord ${word} start [flags]`,
    '',
    'Flags:',
    ...rows.map(([head, text]) => head.padEnd(width) + text),
    '',
  ].join('\n');
}
