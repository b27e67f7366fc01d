/** Where a member listens, or where others are told to find it: a URL with a port and without a path. */
import { FlagError } from './flag-error.ts';

export interface Address {
  /** As its owner wrote it, without a closing slash: member ids are derived from these very characters. */
  readonly text: string;
  readonly scheme: 'http' | 'https' | 'unix' | 'unixs';
  /** A host name or IP without brackets; for `unix` the path of the socket. */
  readonly host: string;
  /** 0 for `unix`. */
  readonly port: number;
}

/** Throws `FlagError`. An empty text is an empty list. */
export function parseAddresses(given: string): readonly Address[] {
  return given === '' ? [] : given.split(',').map((part) => parseAddress(part.trim()));
}

export function parseAddress(given: string): Address {
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/i.exec(given) ?? [];
  switch (scheme) {
    case 'unix':
    case 'unixs':
      if (rest === '') throw new FlagError(`URL names no socket: ${given}`);
      return { text: given, scheme, host: rest, port: 0 };
    case 'http':
    case 'https':
      return { scheme, ...parseHostPort(given, scheme, rest.replace(/\/$/, '')) };
    default:
      throw new FlagError(
        `URL scheme must be http, https, unix, or unixs: ${given}` +
          (scheme === '' ? `; write for example http://${given}` : ''),
      );
  }
}

function parseHostPort(
  given: string,
  scheme: string,
  rest: string,
): { readonly text: string; readonly host: string; readonly port: number } {
  if (rest.includes('/')) throw new FlagError(`URL must not contain a path: ${given}`);
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:\s]*)):(\d{1,5})$/.exec(rest);
  if (match === null) {
    throw new FlagError(
      `URL address does not have the form "host:port": ${given}; add the port, for example ${scheme}://${rest}:2379`,
    );
  }
  const port = Number(match[3]);
  if (port > 65_535) throw new FlagError(`${port} is not a port, in ${given}`);
  return { text: `${scheme}://${rest}`, host: match[1] ?? match[2] ?? '', port };
}
