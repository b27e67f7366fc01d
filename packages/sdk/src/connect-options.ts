/** How an application connects: the client's options, and those of the pieces that it may come to use. */
import { checkNames, type ClientOptions, type Duration } from '@concord/client';
import type { ConfigurationOptions } from '@concord/config';
import type { RegistryOptions } from '@concord/registry';

/** Keeps what was last known of services and configuration on disk. */
export interface SharedCacheOptions {
  /** Where; made if it is not there. For one cluster and namespace. */
  readonly directory: string;
  /** What is older is not used; any age will do by default. */
  readonly maxAge?: Duration | undefined;
}

export interface ConnectOptions extends ClientOptions {
  /**
   * A directory for the last known services and configuration. With it the application also starts while the cluster is
   * away. `registry.cache` and `config.cache` say more, each for its own.
   */
  readonly cache?: SharedCacheOptions | undefined;
  readonly registry?: RegistryOptions | undefined;
  readonly config?: ConfigurationOptions | undefined;
}

/** The options of each piece. */
export interface PieceOptions {
  readonly client: ClientOptions;
  readonly registry: RegistryOptions;
  readonly config: ConfigurationOptions;
  /** Whether something is there to start from when the cluster is away. */
  readonly startsWithout: boolean;
}

/** @throws ConcordError `INVALID_ARGUMENT` for options that no piece has; each piece checks its own */
export function pieceOptions(options: ConnectOptions, operation: string): PieceOptions {
  checkNames(options, [...CLIENT_OPTIONS, 'cache', 'registry', 'config'], operation);
  const { cache, registry = {}, config = {}, ...client } = options;
  if (cache !== undefined) {
    checkNames(cache, ['directory', 'maxAge'], `${operation}: option "cache"`);
  }
  const shared = cache === undefined ? {} : { cache: withoutUndefined(cache) };
  const pieces = { client, registry: { ...shared, ...registry }, config: { ...shared, ...config } };
  const startsWithout = [pieces.registry, pieces.config].some((piece) => piece.cache !== undefined);
  return { ...pieces, startsWithout };
}

function withoutUndefined({ directory, maxAge }: SharedCacheOptions): {
  directory: string;
  maxAge?: Duration;
} {
  return maxAge === undefined ? { directory } : { directory, maxAge };
}

const CLIENT_OPTIONS = [
  'endpoints',
  'tls',
  'credentials',
  'namespace',
  'timeout',
  'logger',
  'app',
] as const satisfies readonly (keyof ClientOptions)[];
