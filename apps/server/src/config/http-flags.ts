/** The flags of the HTTP side of the client port: where it is, and which browsers may use it. */
import { addresses, list, toggle } from './flag.ts';
import { FlagError } from './flag-error.ts';
import type { Flag } from './flag.ts';

/** An origin is exactly what a browser sends: a scheme and a host, and a port where it is not the scheme's. */
const origins: Flag<readonly string[]> = {
  ...list('HTTP', '', 'ORIGIN', 'Web origins that may read answers and send requests; * is any.'),
  parse: (given) => {
    const parts = list('HTTP', '', '', '').parse(given);
    for (const part of parts) {
      if (part === '*' || isOrigin(part)) continue;
      throw new FlagError(`"${part}" is no origin; write for example https://console.example:8443`);
    }
    return parts;
  },
};

const isOrigin = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/[^/\s?#]+$/i.test(text);

export const httpFlags = {
  'listen-client-http-urls': addresses(
    'HTTP',
    '',
    'Addresses for HTTP alone; --listen-client-urls then serves gRPC alone.',
  ),
  'enable-grpc-gateway': toggle(
    'HTTP',
    true,
    'Serve the APIs over HTTP: JSON below /v3/, keys below /kv/.',
  ),
  'enable-v2': toggle('HTTP', false, "Serve etcd's v2 API below /v2/."),
  cors: origins,
  'host-whitelist': list(
    'HTTP',
    '',
    'HOST',
    'Names by which plain HTTP may be asked; * is any. Not given: on loopback addresses only loopback names.',
  ),
} as const;
