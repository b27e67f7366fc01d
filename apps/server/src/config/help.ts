/** What `concord --help` prints: the flags, grouped as a person would look for them. */
import type { Flag } from './flag.ts';
import { flags } from './flags.ts';

const groups = [
  'Member',
  'Clustering',
  'Discovery',
  'Security',
  'Limits',
  'Logging',
  'Other',
] as const satisfies readonly Flag<unknown>['group'][];
const COLUMN = 44;

export function help(): string {
  const lines = [
    'Usage: concord [flags]',
    '',
    "Starts a member that speaks etcd's v3 protocol. Flags take one dash or two; each can also be given as an",
    'environment variable (--data-dir as ETCD_DATA_DIR) or as a key of the YAML file named by --config-file.',
  ];
  for (const group of groups) {
    lines.push('', `${group}:`);
    for (const [name, flag] of Object.entries(flags)) {
      if (flag.group !== group) continue;
      const head = `  --${name}${flag.value === '' ? '' : ` ${flag.value}`}`;
      const initial = flag.initial === '' ? '' : ` (default ${flag.initial})`;
      lines.push(
        head.length < COLUMN
          ? head.padEnd(COLUMN) + flag.help + initial
          : `${head}\n${' '.repeat(COLUMN)}${flag.help}${initial}`,
      );
    }
  }
  lines.push(
    '',
    '  --help     This text.',
    '  --version  Versions of Concord and of the API it speaks.',
  );
  return lines.join('\n') + '\n';
}
