/** What an application says of itself when it registers, checked where it is said. */
import {
  assertRegisterOptions,
  ConcordError,
  durationMs,
  type Duration,
  type RegisterOptions,
} from '@concord/sdk';

/** A port that is known, or the one that the HTTP server gets. */
export type OwnPort = number | 'from-http-server';

export interface OwnRegistrationOptions extends Omit<RegisterOptions, 'port' | 'start'> {
  /**
   * Where the application serves, or several ports by name. `'from-http-server'` (the default) asks the HTTP server once
   * it listens; a microservice, which has none, says its port.
   */
  readonly port?: OwnPort | Readonly<Record<string, OwnPort>>;
  /**
   * What to do when the cluster can't be reached as the application starts: fail the start, or go on and register when it
   * is there again. `'retry'` by default where `connect` has a `cacheDirectory`, otherwise `'fail'`.
   */
  readonly whenAway?: 'fail' | 'retry';
  /** How long the drain waits at most for the consumers before the application stops listening; 10 s by default. */
  readonly drainWait?: Duration;
  /**
   * How long calls that are under way get when nobody sends new ones any more, before Nest closes; 500 ms by default.
   * HTTP servers and gRPC servers with `gracefulShutdown` wait for theirs anyway; Nest's TCP server does not.
   */
  readonly linger?: Duration;
}

export interface CheckedOwnOptions {
  /** What is the registry's. */
  readonly register: Omit<RegisterOptions, 'port' | 'start'>;
  readonly port: NonNullable<OwnRegistrationOptions['port']>;
  readonly whenAway: 'fail' | 'retry' | undefined;
  readonly drainWaitMs: number;
  readonly lingerMs: number;
}

export const OPERATION = 'ConcordModule.register';
const FROM_SERVER = 'from-http-server';
/** Any port will do for checking the rest. */
const PORT_STANDING_IN = 1;

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed */
export function checkOwnOptions(options: OwnRegistrationOptions): CheckedOwnOptions {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw invalid(undefined, `options are ${JSON.stringify(options)}`, 'give an object');
  }
  if ('start' in options) {
    const remedy = 'leave it out: an instance starts with its application';
    throw invalid('start', 'there is no option "start"', remedy);
  }
  const {
    port = FROM_SERVER,
    whenAway,
    drainWait = '10s',
    linger = '500ms',
    ...register
  } = options;
  assertNamed(register.name, port);
  assertRegisterOptions({ ...register, port: standingIn(port) } as never, OPERATION);
  if (
    whenAway !== undefined &&
    (whenAway as string) !== 'fail' &&
    (whenAway as string) !== 'retry'
  ) {
    const problem = `option "whenAway" is ${JSON.stringify(whenAway)}`;
    throw invalid('whenAway', problem, 'give "fail" or "retry"');
  }
  return {
    register,
    port,
    whenAway,
    drainWaitMs: durationMs(drainWait, `${OPERATION}: option "drainWait"`),
    lingerMs: durationMs(linger, `${OPERATION}: option "linger"`),
  };
}

/** The ports to register, once it is known where the HTTP server listens. */
export function portsWith(
  port: CheckedOwnOptions['port'],
  httpPort: number | undefined,
): RegisterOptions['port'] {
  if (typeof port === 'object') {
    const known = Object.entries(port).map(([name, one]) => [name, ofServer(one, httpPort)]);
    return Object.fromEntries(known) as Record<string, number>;
  }
  return ofServer(port, httpPort);
}

/** The ports that the application says itself. */
export function knownPorts(port: CheckedOwnOptions['port']): readonly number[] {
  const all: readonly OwnPort[] = typeof port === 'object' ? Object.values(port) : [port];
  return all.filter((one) => one !== FROM_SERVER);
}

export function asksServer(port: CheckedOwnOptions['port']): boolean {
  return typeof port === 'object'
    ? Object.values(port).includes(FROM_SERVER)
    : port === FROM_SERVER;
}

export function invalid(option: string | undefined, problem: string, remedy: string): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', {
    operation: OPERATION,
    ...(option !== undefined && { subject: option }),
    problem,
    remedy,
  });
}

/** A definition with several ports has a name for the HTTP server's too. */
function assertNamed(name: OwnRegistrationOptions['name'], port: unknown): void {
  const names = typeof name === 'object' && (name as unknown) !== null ? (name.ports ?? []) : [];
  if (names.length < 2 || port !== FROM_SERVER) return;
  const remedy = `give an object with ${names.join(', ')}, such as { ${names[0]}: "${FROM_SERVER}", … }`;
  throw invalid('port', `option "port" is "${FROM_SERVER}"`, remedy);
}

function ofServer(port: OwnPort, httpPort: number | undefined): number {
  return port === FROM_SERVER ? httpPort! : port;
}

/** Where all but the port of the server is to be judged. */
function standingIn(port: unknown): unknown {
  if (typeof port !== 'object' || port === null) return portStandingIn(port);
  return Object.fromEntries(Object.entries(port).map(([name, one]) => [name, portStandingIn(one)]));
}

const portStandingIn = (port: unknown): unknown => (port === FROM_SERVER ? PORT_STANDING_IN : port);
