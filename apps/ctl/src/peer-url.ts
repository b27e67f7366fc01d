/** URLs of members as the flags of etcd's tools take them; what does not fit is refused in their words. */
import { CommandError } from './command-error.ts';

/** Throws `CommandError`; answers what it was given. */
export function checkPeerUrl(url: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined && /^[^/]*:/.test(url)) {
    throw new CommandError(`parse "${url}": first path segment in URL cannot contain colon`);
  }
  if (scheme === 'unix' || scheme === 'unixs') return url;
  if (scheme !== 'http' && scheme !== 'https') {
    throw new CommandError(`URL scheme must be http, https, unix, or unixs: ${url}`);
  }
  const [, host = '', path = ''] = /^[^:]+:\/\/([^/?#]*)([^?#]*)/.exec(url) ?? [];
  if (!/^(?:\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(host)) {
    throw new CommandError(`URL address does not have the form "host:port": ${url}`);
  }
  if (path !== '') throw new CommandError(`URL must not contain a path: ${url}`);
  return url;
}
