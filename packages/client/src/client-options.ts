/** How a client is made: checked once, before anything is sent. */
import { durationMs, type Duration } from './duration.ts';
import type { Logger } from './logger.ts';
import { checkNames, invalid, show } from './options.ts';
import {
  checkCredentials,
  tlsCredentials,
  type Credentials,
  type TlsOptions,
} from './transport/credentials.ts';
import { parseEndpoint, type Endpoint } from './transport/endpoint.ts';

/** What a call may take, retries included, where neither it nor the client says otherwise. */
const TIMEOUT_DEFAULT = '5s';

/** Who we are: in sessions, registrations and acknowledgements. */
export interface AppOptions {
  readonly name: string;
  readonly version?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** How a client is made. An option that is not listed is refused. */
export interface ClientOptions {
  /**
   * Where members are: `host:port`, `http://host:port`, `https://host:port`, or the path of a Unix socket as
   * `unix:///run/concord.sock`, with TLS `unixs://…`. Those that are away are done without.
   */
  readonly endpoints: readonly string[];
  /** Certificates; also makes endpoints without a scheme speak TLS. */
  readonly tls?: TlsOptions | undefined;
  readonly credentials?: Credentials | undefined;
  /** Put before every key; see {@link Client.namespace}. */
  readonly namespace?: string | undefined;
  /** What a call may take, retries included, 5 s by default. */
  readonly timeout?: Duration | undefined;
  /** Hears what the client does by itself; nobody by default. */
  readonly logger?: Logger | undefined;
  readonly app?: AppOptions | undefined;
}

const names = ['endpoints', 'tls', 'credentials', 'namespace', 'timeout', 'logger', 'app'];

export interface CheckedOptions {
  readonly endpoints: readonly Endpoint[];
  readonly timeoutMs: number;
}

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, the value and what is allowed */
export function checkClientOptions(options: ClientOptions, operation: string): CheckedOptions {
  checkNames(options, names, operation);
  const given: unknown = options.endpoints;
  if (!Array.isArray(given) || given.length === 0) {
    throw invalid(
      operation,
      `option "endpoints" is ${show(given)}`,
      'give a list of at least one, such as ["127.0.0.1:2379"]',
    );
  }
  const hasTls = options.tls !== undefined;
  const endpoints = given.map((text: unknown) =>
    parseEndpoint(text, hasTls, `${operation}: option "endpoints"`),
  );
  const double = endpoints.find(
    ({ target }, index) => endpoints.findIndex((other) => other.target === target) !== index,
  );
  if (double !== undefined) {
    throw invalid(operation, `option "endpoints" has ${double.text} twice`, 'give each once');
  }
  if (options.tls !== undefined) {
    for (const { host } of endpoints) tlsCredentials(options.tls, host, operation);
  }
  if (options.credentials !== undefined) checkCredentials(options.credentials, operation);
  if (options.namespace !== undefined && typeof options.namespace !== 'string') {
    throw invalid(operation, `option "namespace" is ${show(options.namespace)}`, 'give a string');
  }
  checkLogger(options.logger, operation);
  checkApp(options.app, operation);
  const timeoutMs = durationMs(
    options.timeout ?? TIMEOUT_DEFAULT,
    `${operation}: option "timeout"`,
    1,
  );
  return { endpoints, timeoutMs };
}

function checkLogger(logger: unknown, operation: string): void {
  if (logger === undefined) return;
  const methods = ['debug', 'info', 'warn', 'error'];
  const lacking = methods.find(
    (name) => typeof (logger as Record<string, unknown> | null)?.[name] !== 'function',
  );
  if (lacking === undefined) return;
  throw invalid(
    `${operation}: option "logger"`,
    `it has no method "${lacking}"`,
    `give ${methods.join(', ')}`,
  );
}

function checkApp(app: unknown, operation: string): void {
  if (app === undefined) return;
  const where = `${operation}: option "app"`;
  checkNames(app, ['name', 'version', 'labels'], where);
  const { name } = app as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') {
    throw invalid(where, `"name" is ${show(name)}`, 'give a string that is not empty');
  }
}
