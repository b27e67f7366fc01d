/** What to type on a new machine, so that it joins: the flags that a member's first start needs. */
import { shellQuote } from '../keys/key-snippets.ts';

export interface NewMember {
  readonly name: string;
  readonly peerUrl: string;
  /** Where its clients will find it. */
  readonly clientUrl: string;
}

export interface KnownMember {
  readonly name: string;
  readonly peerUrls: readonly string[];
}

/**
 * `known` are the members with the new one, as the cluster told after it was added: a member without a name has never
 * started, so the new one's is filled in by its peer address.
 */
export function startCommand(
  program: 'concord' | 'etcd',
  added: NewMember,
  known: readonly KnownMember[],
): string {
  const cluster = known
    .flatMap(({ name, peerUrls }) =>
      peerUrls.map((url) => `${url === added.peerUrl ? added.name : name || 'unnamed'}=${url}`),
    )
    .join(',');
  const flags = [
    ['name', added.name],
    ['initial-advertise-peer-urls', added.peerUrl],
    ['listen-peer-urls', listenOn(added.peerUrl)],
    ['advertise-client-urls', added.clientUrl],
    ['listen-client-urls', listenOn(added.clientUrl)],
    ['initial-cluster', cluster],
    ['initial-cluster-state', 'existing'],
  ] as const;
  return [program, ...flags.map(([flag, value]) => `--${flag} ${shellQuote(value)}`)].join(
    ' \\\n  ',
  );
}

/** Members listen on addresses, not on names: a URL with a host name is listened for on every interface. */
function listenOn(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return `${protocol}//${isAddress ? hostname : '0.0.0.0'}:${port}`;
}

/** Whether a member would take this as its URL: a scheme, a host and a port, nothing behind. */
export function isMemberUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return (
      /^https?:$/.test(url.protocol) &&
      url.port !== '' &&
      url.pathname === '/' &&
      url.search === '' &&
      !text.endsWith('/')
    );
  } catch {
    return false;
  }
}
