/**
 * docs/configuration.md, printed from the tables of flags. Run as a program it writes the file:
 * `node --conditions=@concord/source apps/server/src/config/document.ts`; a test tells when that is due.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flagGroups, type Flag } from './flag.ts';
import { flags } from './flags.ts';
import { ignoredFlags } from './ignored-flags.ts';

const introduction = `# Configuration

A member takes etcd's own flags, with one dash or two, as \`--flag=value\` or \`--flag value\`. A flag without a value
is true; \`--flag=false\` turns it off. Lengths of time are written as \`300ms\`, \`5s\` or \`1h30m\`.

**Where a value comes from.** Each flag can also be given as an environment variable: \`--data-dir\` is
\`ETCD_DATA_DIR\`. The same option as flag and as variable is an error. With \`--config-file FILE\` the file stands for
everything: other flags and variables are ignored, and a warning names them. The file is YAML or JSON with the flags'
names as keys, and with etcd's sections \`client-transport-security\`, \`peer-transport-security\`, \`discovery-config\`
and \`socket-options\`. Its lengths of time may be numbers of nanoseconds, as etcd has them. A key that is unknown is
refused. Former names with \`experimental-\` in front are taken too.

**What differs from etcd.** Browsers: without \`--cors\` no other origin may read or send anything (etcd's default is
\`*\`), and without \`--host-whitelist\` a plain HTTP address on loopback answers loopback names and advertised ones
alone, so that a web page cannot reach it through a name of its own. \`--max-concurrent-streams\` is 1000 (etcd's is
without limit). An unknown key in the file is an error (etcd ignores it).

Exit status: 2 for a flag that cannot be read, 1 for a configuration that cannot be used.
`;

const ignoredIntroduction = `## Taken without an effect

These belong to etcd. They are accepted, so that a start script or a file that was written for etcd works, and each is
answered with a warning that gives the reason.
`;

export function configurationDocument(): string {
  const groups = flagGroups.map((group) => {
    const own = Object.entries(flags).filter(([, flag]) => flag.group === group);
    return own.length === 0 ? '' : `## ${group}\n\n${own.map(entryOf).join('\n')}\n`;
  });
  const ignored = Object.entries(ignoredFlags).map(
    ([name, { value, initial, why }]) =>
      `- ${headOf(name, value)}${initialOf(initial)}: ${escaped(why)}.`,
  );
  return [
    introduction,
    ...groups.filter((text) => text !== ''),
    `${ignoredIntroduction}\n${ignored.join('\n')}\n`,
  ].join('\n');
}

const entryOf = ([name, { value, initial, help }]: [string, Flag<unknown>]): string =>
  `- ${headOf(name, value)}${initialOf(initial)}: ${escaped(help)}`;

const headOf = (name: string, value: string): string =>
  `**\`--${name}${value === '' ? '' : ` ${value}`}\`**`;

const initialOf = (initial: string): string => (initial === '' ? '' : `, default \`${initial}\``);

/** What Markdown would take for emphasis. */
const escaped = (text: string): string => text.replaceAll('*', '\\*').replaceAll('_', '\\_');

if (import.meta.main) {
  const path = join(import.meta.dirname, '../../../../docs/configuration.md');
  writeFileSync(path, configurationDocument());
}
