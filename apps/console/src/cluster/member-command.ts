/** What to type on a new machine, so that it joins: the flags that a member's first start needs. */
import { shellQuote } from '../keys/key-snippets.ts';

export interface NewMember {
  readonly name: string;
  readonly peerUrl: string;
  /** Where its clients will find it. */
  readonly clientUrl: string;
}

/** `initialCluster` as the cluster told when the member was added: it calls the new one by a name of its own choosing. */
export function startCommand(
  program: 'concord' | 'etcd',
  added: NewMember,
  initialCluster: string,
): string {
  const cluster = initialCluster
    .split(',')
    .map((piece) =>
      piece.endsWith(`=${added.peerUrl}`) ? `${added.name}=${added.peerUrl}` : piece,
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

/** Where a member with this peer URL most likely serves its clients: the same host, the port before. */
export function likelyClientUrl(peerUrl: string): string {
  const url = new URL(peerUrl);
  return `${url.protocol}//${url.hostname}:${Number(url.port) - 1}`;
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
