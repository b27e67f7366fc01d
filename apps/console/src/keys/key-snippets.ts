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
    case 'curl': {
      const { path, query } = keyAddress(key);
      const parameters = new URLSearchParams({
        ...query,
        ...(revision !== undefined && { revision: String(revision) }),
      }).toString();
      return `curl ${shellQuote(`${gateway}${path}${parameters === '' ? '' : `?${parameters}`}`)}`;
    }
    case 'sdk':
      return [
        `import { connect } from '@concord/sdk';`,
        '',
        `await using concord = await connect({ endpoints: ${JSON.stringify(endpoints.map(withoutScheme))} });`,
        `const entry = await concord.client.kv.get(${literalOf(key)}${revision === undefined ? '' : `, { revision: ${revision} }`});`,
        'console.log(entry?.text);',
      ].join('\n');
  }
}

/** A key's path and query: bytes that are no text travel as base64url. */
export function keyAddress(key: WireBytes): {
  readonly path: string;
  readonly query: { readonly encoding?: string };
} {
  if ('text' in key) return { path: `v1/keys/${encodeURIComponent(key.text)}`, query: {} };
  const base64url = key.base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return { path: `v1/keys/${base64url}`, query: { encoding: 'base64url' } };
}

/** A text as one word of a POSIX shell. */
export const shellQuote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const withoutScheme = (endpoint: string): string => endpoint.replace(/^https?:\/\//, '');

const literalOf = (key: WireBytes): string =>
  'text' in key ? JSON.stringify(key.text) : `Buffer.from('${key.base64}', 'base64')`;
