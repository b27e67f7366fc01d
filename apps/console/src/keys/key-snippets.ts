/** A key as commands and code that can be pasted: etcdctl, curl, the SDK. */
import { nameOf, type WireBytes } from './wire-bytes.ts';

export const SNIPPET_KINDS = ['etcdctl', 'curl', 'sdk'] as const;
export type SnippetKind = (typeof SNIPPET_KINDS)[number];

/** A reading of `key`; at `revision`, if given. `gateway` is the gateway's address, ending with a slash. */
export function snippetOf(
  kind: SnippetKind,
  key: WireBytes,
  {
    gateway,
    endpoints,
    revision,
  }: { gateway: string; endpoints: readonly string[]; revision?: number },
): string {
  switch (kind) {
    case 'etcdctl':
      return [
        'etcdctl',
        ...(endpoints.length > 0 ? [`--endpoints=${endpoints.map(withoutScheme).join(',')}`] : []),
        'get',
        ...(revision === undefined ? [] : [`--rev=${revision}`]),
        // A name may begin with a dash: nothing after `--` is a flag.
        ...(nameOf(key).startsWith('-') ? ['--'] : []),
        'text' in key ? shellQuote(key.text) : `$'${nameOf(key)}'`,
      ].join(' ');
    case 'curl':
      return `curl ${shellQuote(`${gateway}v1/keys/${keyPath(key)}${revision === undefined ? '' : `?revision=${revision}`}`)}`;
    case 'sdk':
      return [
        `import { Concord } from '@concord/sdk';`,
        '',
        `await using concord = await Concord.connect({ endpoints: ${JSON.stringify(endpoints.map(withoutScheme))} });`,
        `const entry = await concord.client.kv.get(${literalOf(key)}${revision === undefined ? '' : `, { revision: ${revision} }`});`,
        'console.log(entry?.text);',
      ].join('\n');
  }
}

/** A key as one segment of a path; bytes that are no text are percent-encoded one by one. */
export function keyPath(key: WireBytes): string {
  if ('text' in key) return encodeURIComponent(key.text);
  return nameOf(key).replaceAll('\\x', '%').toUpperCase();
}

/** A text as one word of a POSIX shell. */
export const shellQuote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const withoutScheme = (endpoint: string): string => endpoint.replace(/^https?:\/\//, '');

const literalOf = (key: WireBytes): string =>
  'text' in key ? JSON.stringify(key.text) : `Buffer.from('${key.base64}', 'base64')`;
