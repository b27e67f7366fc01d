/** The flags that stand before a command of the v2 set. */
import type { V2Flag } from './line/flag-set.ts';

const deprecated = 'DEPRECATED - "--endpoints" should be used instead';

const text = (names: readonly string[], help: string): V2Flag => ({
  kind: 'string',
  names,
  help,
  default: '',
});

export const globalFlags: readonly V2Flag[] = [
  {
    kind: 'bool',
    names: ['debug'],
    help: 'output cURL commands which can be used to reproduce the request',
  },
  {
    kind: 'bool',
    names: ['no-sync'],
    help: "don't synchronize cluster information before sending request",
  },
  {
    kind: 'string',
    names: ['output', 'o'],
    placeholder: 'simple',
    help: 'output response in the given format (simple, `extended` or `json`)',
    default: 'simple',
  },
  text(['discovery-srv', 'D'], 'domain name to query for SRV records describing cluster endpoints'),
  {
    kind: 'bool',
    names: ['insecure-discovery'],
    help: 'accept insecure SRV records describing cluster endpoints',
  },
  text(['peers', 'C'], deprecated),
  text(['endpoint'], deprecated),
  text(
    ['endpoints'],
    'a comma-delimited list of machine addresses in the cluster (default: "http://127.0.0.1:2379,http://127.0.0.1:4001")',
  ),
  text(['cert-file'], 'identify HTTPS client using this SSL certificate file'),
  text(['key-file'], 'identify HTTPS client using this SSL key file'),
  text(['ca-file'], 'verify certificates of HTTPS-enabled servers using this CA bundle'),
  text(['username', 'u'], 'provide username[:password] and prompt if password is not supplied.'),
  {
    kind: 'duration',
    names: ['timeout'],
    help: 'connection timeout per request',
    default: '2s',
  },
  {
    kind: 'duration',
    names: ['total-timeout'],
    help: 'timeout for the command execution (except watch)',
    default: '5s',
  },
];
