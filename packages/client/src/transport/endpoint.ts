/** Where a member is reached: the text that the user gave, read once. */
import { invalid, show } from '../options.ts';

export interface Endpoint {
  /** As given. */
  readonly text: string;
  /** A name, or an IP address; of version 6 in brackets. `localhost` for a Unix socket. */
  readonly host: string;
  /** What grpc-js dials. */
  readonly target: string;
  readonly isTls: boolean;
}

/** As etcd's client reads it: what stands behind `unix://` is the path, relative without a third slash. */
const UNIX_PATTERN = /^(unixs?):(?:\/\/)?(?!\/\/)(.+)$/;

const PATTERN = /^(?:(https?):\/\/)?(\[[0-9a-fA-F:.%]+\]|[^\s:/[\]@?#]+):(\d{1,5})\/?$/;

/**
 * Reads `host:port`, `http://host:port` or `https://host:port`; without a scheme TLS is spoken where the client has
 * TLS options. Reads `unix://path` and, with TLS, `unixs://path` for a Unix socket.
 *
 * @throws ConcordError `INVALID_ARGUMENT`
 */
export function parseEndpoint(text: unknown, hasTls: boolean, operation: string): Endpoint {
  const [, unix, path] = UNIX_PATTERN.exec(typeof text === 'string' ? text : '') ?? [];
  if (unix !== undefined && path !== undefined) {
    const isTls = unix === 'unixs';
    return { text: text as string, host: 'localhost', target: `unix:${path}`, isTls };
  }
  const [, scheme, host = '', port = ''] = PATTERN.exec(typeof text === 'string' ? text : '') ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535) {
    throw invalid(
      operation,
      `${show(text)} is no endpoint`,
      'write host:port, http://host:port, https://host:port or unix://path, such as "127.0.0.1:2379"',
    );
  }
  return {
    text: text as string,
    host,
    target: `${host}:${port}`,
    isTls: scheme === undefined ? hasTls : scheme === 'https',
  };
}
