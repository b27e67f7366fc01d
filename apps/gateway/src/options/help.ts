/** What `--help` says, and the same as a table for the README. */
import { describedOption, flagOf, isSecret, optionNames, variableOf } from './option-names.ts';

const WIDTH = 100;
const INDENT = ' '.repeat(6);

export function helpText(): string {
  const lines = optionNames.flatMap((name) => {
    const { kind, fallback, text } = describedOption(name);
    const head = isSecret(name) ? `${variableOf(name)}=TEXT` : `${flagOf(name)} ${kind}`;
    const tail = fallback === '' ? '' : ` [${fallback}]`;
    return [`  ${head}`, ...wrapped(text + tail)];
  });
  return [
    'Usage: concord-gateway [FLAG VALUE…]',
    '',
    'Services, configuration and locks of a Concord or etcd cluster by HTTP, and the console.',
    'Each flag is also a variable (--listen-port: CONCORD_GATEWAY_LISTEN_PORT) and a line of --config-file',
    '(listen-port: 7379). Flags win over variables, variables over the file.',
    '',
    ...lines,
    '  --version, --help',
    '',
  ].join('\n');
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && INDENT.length + line.length + word.length > WIDTH) {
      lines.push(INDENT + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, INDENT + line];
}

/** The lines of a Markdown table, without its borders' padding. */
export const optionRows = (): readonly (readonly [string, string, string])[] =>
  optionNames.map((name) => {
    const { kind, fallback, text } = describedOption(name);
    const head = isSecret(name)
      ? variableOf(name)
      : `${flagOf(name)} ${kind.replaceAll('|', ' \\| ')}`;
    return [`\`${head.replaceAll('\\|', '/')}\``, fallback === '' ? '' : `\`${fallback}\``, text];
  });
