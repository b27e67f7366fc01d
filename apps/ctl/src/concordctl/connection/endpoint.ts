/** Where a member is reached: what stands in `--endpoints`. */
import { CommandError, exitCodes } from '../../command-error.ts';

export interface Endpoint {
  /** As given. */
  readonly text: string;
  readonly isTls: boolean;
  readonly host: string;
  readonly port: number;
  /** Of a Unix socket; empty for others. */
  readonly path: string;
}

const NETWORK = /^(?:(https?):\/\/)?(\[[^\]]+\]|[^\s:/[\]@?#]+)(?::(\d{1,5}))?\/?$/;
const UNIX = /^(unixs?):(?:\/\/)?(?!\/\/)(.+)$/;

/**
 * Reads `host:port`, with `http://` or `https://` before it, or `unix://path`.
 *
 * @param hasTls - what an endpoint without a scheme speaks
 * @throws CommandError for what is none
 */
export function parseEndpoint(text: string, hasTls: boolean): Endpoint {
  const [, unix, path] = UNIX.exec(text) ?? [];
  if (unix !== undefined && path !== undefined) {
    return { text, isTls: unix === 'unixs', host: 'localhost', port: 0, path };
  }
  const [, scheme, host, port] = NETWORK.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new CommandError(
      `endpoint "${text}" cannot be read: give host:port, http://host:port, https://host:port or unix://path`,
      exitCodes.badConnection,
    );
  }
  const isTls = scheme === undefined ? hasTls : scheme === 'https';
  const plainHost = host.replace(/^\[|\]$/g, '');
  return { text, isTls, host: plainHost, port: Number(port ?? (isTls ? 443 : 80)), path: '' };
}
