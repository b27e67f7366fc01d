/** A command that stands between two clusters: the global flags are one's, flags of its own are the other's. */
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Invocation } from '../command.ts';
import { connectionSettings, type ConnectionSettings } from '../connection/connection-settings.ts';
import type { GlobalValues } from '../global-flags.ts';

/** `--dest-cert`, `--dest-user` and so on, with etcdctl's names after the prefix. */
export const clusterFlags = <P extends string>(prefix: P, name: string): ClusterFlags<P> =>
  ({
    [`${prefix}-cert`]: text(`file of the certificate that we show to the ${name}`),
    [`${prefix}-key`]: text('file of its key'),
    [`${prefix}-cacert`]: text(`file of the authorities that the ${name} is checked by`),
    [`${prefix}-insecure-transport`]: {
      kind: 'bool',
      default: true,
      help: `connect to the ${name} without TLS`,
    },
    [`${prefix}-user`]: text(
      `name[:password] of the user at the ${name}; the password is asked for where it is not given`,
    ),
    [`${prefix}-password`]: text(`password of that user, if --${prefix}-user is the name alone`),
  }) as ClusterFlags<P>;

type TextFlag = { readonly kind: 'string'; readonly default: string; readonly help: string };
type BoolFlag = { readonly kind: 'bool'; readonly default: boolean; readonly help: string };

export type ClusterFlags<P extends string> = {
  readonly [Name in `${P}-${'cert' | 'key' | 'cacert' | 'user' | 'password'}`]: TextFlag;
} & { readonly [Name in `${P}-insecure-transport`]: BoolFlag };

const text = (help: string): TextFlag => ({ kind: 'string', default: '', help });

/** Where the global flags lead to. Throws `CommandError`. */
export function targetSettings<F extends Flags>({
  given,
  askPassword,
  tell,
  settings,
}: Invocation<F>): Promise<ConnectionSettings> {
  return connectionSettings({ values: settings(), given, askPassword, tell });
}

/** Where the flags with a prefix lead to. Throws `CommandError`. */
export function sourceSettings<F extends Flags>(
  { values, given, askPassword, tell, settings }: Invocation<F>,
  prefix: string,
  endpoints: readonly string[],
): Promise<ConnectionSettings> {
  if (endpoints.some((endpoint) => endpoint.trim() === '')) {
    refuseArguments(`--${prefix} has an empty endpoint: give host:port, separated by commas`);
  }
  const own = values as Readonly<Record<string, unknown>>;
  const ofPrefix = (name: string): string => own[`${prefix}-${name}`] as string;
  const changed: GlobalValues = {
    ...settings(),
    endpoints,
    'discovery-srv': '',
    cert: ofPrefix('cert'),
    key: ofPrefix('key'),
    cacert: ofPrefix('cacert'),
    user: ofPrefix('user'),
    password: ofPrefix('password'),
    'insecure-transport': own[`${prefix}-insecure-transport`] as boolean,
  };
  const known = new Set(['cert', 'key', 'cacert'].filter((name) => given.has(`${prefix}-${name}`)));
  const ask = (prompt: string): Promise<string> =>
    askPassword(prefix === 'dest' ? 'Destination Password: ' : prompt);
  return connectionSettings({ values: changed, given: known, askPassword: ask, tell }, endpoints);
}
