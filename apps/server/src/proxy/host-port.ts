/** `host:port` as the proxies' flags have it, with or without the scheme of a URL in front. */
import { ConfigurationError } from '../config/command-line.ts';

export interface HostPort {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Throws `ConfigurationError`. @param flag without its dashes, whose text this is */
export function parseHostPort(text: string, flag: string): HostPort {
  const bare = text.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:/\s[\]]*)):(\d{1,5})$/.exec(bare);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new ConfigurationError(
      `--${flag} ${text} does not have the form host:port, as 127.0.0.1:2379 has`,
    );
  }
  return { host: match[1] ?? match[2] ?? '', port };
}

export const formatHostPort = ({ host, port }: HostPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
