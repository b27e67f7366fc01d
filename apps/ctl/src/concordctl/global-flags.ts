/** The flags that every command takes; their names and defaults are etcdctl's. */
import type { Flags, FlagValues } from '../flags.ts';

export const globalFlags = {
  endpoints: {
    kind: 'strings',
    default: ['127.0.0.1:2379'],
    help: 'addresses of the members, separated by commas',
  },
  debug: { kind: 'bool', default: false, help: 'show these settings on stderr' },
  'write-out': {
    kind: 'string',
    short: 'w',
    default: 'simple',
    help: 'output format: fields, json, protobuf, simple or table',
  },
  hex: { kind: 'bool', default: false, help: 'print keys and values as hexadecimal escapes' },
  'dial-timeout': {
    kind: 'duration',
    default: 2_000,
    help: 'how long a connection may take to be made',
  },
  'command-timeout': {
    kind: 'duration',
    default: 5_000,
    help: 'how long a short command may take, connecting included',
  },
  'keepalive-time': {
    kind: 'duration',
    default: 2_000,
    help: 'after how much silence a connection is pinged',
  },
  'keepalive-timeout': {
    kind: 'duration',
    default: 6_000,
    help: 'how long a ping may stay unanswered',
  },
  'max-request-bytes': {
    kind: 'int',
    default: 0,
    help: 'largest request that is sent (0 is 2 MiB)',
  },
  'max-recv-bytes': {
    kind: 'int',
    default: 0,
    help: 'largest answer that is taken (0 is 2 GiB less one byte)',
  },
  'insecure-transport': { kind: 'bool', default: true, help: 'connect without TLS' },
  'insecure-discovery': {
    kind: 'bool',
    default: true,
    help: 'take SRV records of members without TLS',
  },
  'insecure-skip-tls-verify': {
    kind: 'bool',
    default: false,
    help: 'do not check the certificates of members: for tests alone',
  },
  cert: { kind: 'string', default: '', help: 'file of the certificate that we show' },
  key: { kind: 'string', default: '', help: 'file of its key' },
  cacert: {
    kind: 'string',
    default: '',
    help: 'file of the authorities that certificates of members are checked by',
  },
  user: {
    kind: 'string',
    default: '',
    help: 'name[:password] of the user; the password is asked for where it is not given',
  },
  password: {
    kind: 'string',
    default: '',
    help: 'password of the user, if --user is the name alone',
  },
  'discovery-srv': {
    kind: 'string',
    short: 'd',
    default: '',
    help: 'domain whose SRV records tell the endpoints',
  },
  'discovery-srv-name': {
    kind: 'string',
    default: '',
    help: 'service name that the SRV records have at their end',
  },
} satisfies Flags;

export type GlobalValues = FlagValues<typeof globalFlags>;
