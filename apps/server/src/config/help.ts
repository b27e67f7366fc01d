/** What `concord --help` prints: the flags, grouped as a person would look for them. */
import { flagGroups, type Flag } from './flag.ts';
import { flags } from './flags.ts';
import { ignoredFlags } from './ignored-flags.ts';

const COLUMN = 44;
const WIDTH = 120;

export function help(): string {
  const lines = [
    'Usage: concord [flags]',
    '       concord gateway|grpc-proxy --help',
    '',
    "Starts a member that speaks etcd's v3 protocol. Flags take one dash or two; each can also be given as an",
    'environment variable (--data-dir as ETCD_DATA_DIR) or as a key of the YAML file named by --config-file, which',
    'then stands for all of them. A flag without a value is true; --flag=false turns it off.',
  ];
  for (const group of flagGroups) {
    const own = Object.entries(flags).filter(([, flag]) => flag.group === group);
    if (own.length > 0) lines.push('', `${group}:`, ...own.flatMap(linesOf));
  }
  lines.push('', 'Taken for the sake of scripts written for etcd, without an effect:');
  lines.push(...wrapped(Object.keys(ignoredFlags).map((name) => `--${name}`)).map(indented(2)));
  lines.push(
    '',
    '  --help     This text.',
    '  --version  Versions of Concord and of the API it speaks.',
  );
  return lines.join('\n') + '\n';
}

function linesOf([name, { value, help, initial }]: [string, Flag<unknown>]): string[] {
  const head = `  --${name}${value === '' ? '' : ` ${value}`}`;
  const words = `${help}${initial === '' ? '' : ` (default ${initial})`}`.split(' ');
  const [first = '', ...rest] = wrapped(words, COLUMN);
  const others = rest.map(indented(COLUMN));
  if (head.length < COLUMN) return [head.padEnd(COLUMN) + first, ...others];
  return [head, indented(COLUMN)(first), ...others];
}

const indented =
  (columns: number) =>
  (line: string): string =>
    ' '.repeat(columns) + line;

/** Words in lines that are not too long behind `columns` of something else. */
function wrapped(words: readonly string[], columns = 2): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && columns + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
