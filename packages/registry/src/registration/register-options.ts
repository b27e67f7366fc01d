/** What a service says of itself when it registers, checked. */
import type { Duration } from '@concord/client';
import { durationMs, checkNames } from '@concord/client';
import { WEIGHT_DEFAULT, WEIGHT_MAX } from '../instance.ts';
import { checkLabels, type Labels } from '../labels.ts';
import { checkInteger, checkName, checkOneOf, invalidOption, PORT_MAX } from '../options.ts';
import { assertMetadata, serviceOf, type ServiceDefinition } from '../service-definition.ts';
import { checkReadiness, type Readiness, type ReadinessOptions } from './readiness.ts';

/** Two keep-alives may be missed, and a few seconds of a stalled event loop. */
const TTL_DEFAULT = '15s';
/** etcd grants no lease shorter than its elections take, 2 s with its defaults; one that is asked for gets that. */
const TTL_MS_MIN = 1000;
/** An instance that is dead for a day is no instance. */
const TTL_MS_MAX = 24 * 3600_000;
const ZONE_CHARACTERS_MAX = 128;

/** Options of `registry.register`. */
export interface RegisterOptions<Metadata = unknown> {
  /** The service: its name, or what `defineService` made. */
  readonly name: string | ServiceDefinition<string, unknown, Metadata>;
  /** The port, or several by name, such as `{ http: 3000, grpc: 3001 }`; 1 to 65535. */
  readonly port: number | Readonly<Record<string, number>>;
  /** Unique within the service. Default: host name, port and six random digits. */
  readonly id?: string | undefined;
  /** The share of calls it wants, relative to the others: 0 (none) to 1000, default 100. */
  readonly weight?: number | undefined;
  /** How long it may be silent before the cluster drops it, from a second on; default 15 s. Heartbeats are three times as frequent. */
  readonly ttl?: Duration | undefined;
  /**
   * Where consumers reach it. `'auto'` (default): the address from which the cluster is reached, so the loopback
   * address where the cluster is local; else the first one that is not internal.
   */
  readonly address?: string | (() => string | Promise<string>) | undefined;
  /** Where it runs, for consumers who prefer their own zone. */
  readonly zone?: string | undefined;
  /** For selecting subsets: at most 64 texts by name. */
  readonly labels?: Labels | undefined;
  /** Anything that JSON can say, at most 64 KiB with everything else; checked by the definition's schema, if it has one. */
  readonly metadata?: NoInfer<Metadata> | undefined;
  /** `starting` is listed but not picked until `setServing()` or the readiness check says so. Default: `serving`, or `starting` where there is a readiness check. */
  readonly start?: 'serving' | 'starting' | undefined;
  /** How long consumers should ease it in after it began to serve; default not at all. */
  readonly warmup?: Duration | undefined;
  /** Asked every second: serving while it says true, starting otherwise. */
  readonly readiness?: Readiness | ReadinessOptions | undefined;
  /** What to do when the lease is lost: `re-register` (default) under a new incarnation, or `fail`: `signal` aborts. */
  readonly onSessionLoss?: 're-register' | 'fail' | undefined;
  /** Takes the id over from whoever has it; default false, which is a `CONFLICT`. */
  readonly replace?: boolean | undefined;
  /** Signals upon which it drains, such as `['SIGTERM']`; the listeners go with the registration. Default none. */
  readonly drainOn?: readonly NodeJS.Signals[] | undefined;
}

const KNOWN = [
  'name',
  'port',
  'id',
  'weight',
  'ttl',
  'address',
  'zone',
  'labels',
  'metadata',
  'start',
  'warmup',
  'readiness',
  'onSessionLoss',
  'replace',
  'drainOn',
] as const satisfies readonly (keyof RegisterOptions)[];

export interface CheckedRegisterOptions {
  readonly definition: ServiceDefinition;
  readonly port: number;
  /** Only where several were given. */
  readonly ports: Readonly<Record<string, number>> | undefined;
  readonly id: string | undefined;
  readonly weight: number;
  readonly ttlMs: number;
  readonly address: string | (() => string | Promise<string>);
  readonly zone: string | undefined;
  readonly labels: Labels;
  readonly metadata: unknown;
  readonly start: 'serving' | 'starting';
  readonly warmupMs: number;
  readonly readiness: Required<ReadinessOptions> | undefined;
  readonly onSessionLoss: 're-register' | 'fail';
  readonly replace: boolean;
  readonly drainOn: readonly NodeJS.Signals[];
}

export const REGISTER = 'registry.register';

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed */
export function checkRegisterOptions(
  options: RegisterOptions<never>,
  operation = REGISTER,
): CheckedRegisterOptions {
  checkNames(options, KNOWN, operation);
  const definition = serviceOf<unknown>(operation, options.name);
  const readiness =
    options.readiness === undefined ? undefined : checkReadiness(operation, options.readiness);
  const start = options.start ?? (readiness === undefined ? 'serving' : 'starting');
  return {
    definition,
    ...checkPorts(operation, options.port, definition.ports),
    id: options.id === undefined ? undefined : checkName(operation, 'id', options.id),
    weight: checkWeight(operation, options.weight ?? WEIGHT_DEFAULT),
    ttlMs: checkTtl(operation, options.ttl ?? TTL_DEFAULT),
    address: checkAddress(operation, options.address ?? 'auto'),
    zone: checkZone(operation, options.zone),
    labels: checkLabels(operation, options.labels),
    metadata: options.metadata,
    start: checkOneOf(operation, 'start', start, ['serving', 'starting']),
    warmupMs: durationMs(options.warmup ?? 0, `${operation}: option "warmup"`),
    readiness,
    onSessionLoss: checkOneOf(operation, 'onSessionLoss', options.onSessionLoss ?? 're-register', [
      're-register',
      'fail',
    ]),
    replace: checkBoolean(operation, 'replace', options.replace ?? false),
    drainOn: checkSignals(operation, 'drainOn', options.drainOn ?? []),
  };
}

/**
 * Checks options of `registry.register` where they are given, for whoever learns of them before there is a cluster. What
 * takes waiting is left to the registration: a schema of metadata that does, `address` functions.
 *
 * @param operation - what the errors name
 * @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed
 */
export function assertRegisterOptions(
  options: RegisterOptions<never>,
  operation: string = REGISTER,
): void {
  const { definition, metadata } = checkRegisterOptions(options, operation);
  assertMetadata(operation, definition.metadata, metadata);
}

export function checkWeight(operation: string, weight: unknown): number {
  return checkInteger(operation, 'weight', weight, 0, WEIGHT_MAX);
}

/** @throws ConcordError `INVALID_ARGUMENT` for what is no list of signals */
export function checkSignals(
  operation: string,
  option: string,
  signals: unknown,
): readonly NodeJS.Signals[] {
  const isSignal = (name: unknown): boolean =>
    typeof name === 'string' && /^SIG[A-Z0-9]+$/.test(name);
  // Nobody can listen to these two.
  const isFinal = (name: unknown): boolean => name === 'SIGKILL' || name === 'SIGSTOP';
  if (Array.isArray(signals) && signals.every((name) => isSignal(name) && !isFinal(name))) {
    return signals as NodeJS.Signals[];
  }
  throw invalidOption(operation, option, signals, 'give a list of signals, such as ["SIGTERM"]');
}

function checkPorts(
  operation: string,
  port: unknown,
  names: readonly string[] | undefined,
): Pick<CheckedRegisterOptions, 'port' | 'ports'> {
  if (typeof port !== 'object' || port === null) {
    const only = checkInteger(operation, 'port', port, 1, PORT_MAX);
    const [first, second] = names ?? [];
    if (second !== undefined) {
      throw invalidOption(operation, 'port', port, `give an object with ${names?.join(', ')}`);
    }
    return { port: only, ports: first === undefined ? undefined : { [first]: only } };
  }
  const given = Object.entries(port as Record<string, unknown>);
  const ports = Object.fromEntries(
    given.map(([name, number]) => [
      checkName(operation, 'port', name),
      checkInteger(operation, `port.${name}`, number, 1, PORT_MAX),
    ]),
  );
  const missing = (names ?? []).find((name) => ports[name] === undefined);
  const first = ports[names?.[0] ?? given[0]?.[0] ?? ''];
  if (first !== undefined && missing === undefined) return { port: first, ports };
  const wanted = names === undefined ? 'at least one port' : names.join(', ');
  throw invalidOption(operation, 'port', port, `give an object with ${wanted}`);
}

function checkTtl(operation: string, ttl: Duration): number {
  const ms = durationMs(ttl, `${operation}: option "ttl"`);
  if (ms >= TTL_MS_MIN && ms <= TTL_MS_MAX) return ms;
  throw invalidOption(operation, 'ttl', ttl, 'give a span of time from "1s" to "24h"');
}

function checkAddress(operation: string, address: unknown): CheckedRegisterOptions['address'] {
  if (typeof address === 'function') return address as () => string;
  // An address and nothing else: no scheme, no port, no spaces. IPv6 addresses have colons, and no brackets.
  if (
    typeof address === 'string' &&
    /^[A-Za-z0-9._:%-]+$/.test(address) &&
    !/^[^:]+:\d+$/.test(address)
  ) {
    return address;
  }
  const allowed =
    'give a host name or an IP address without a port, "auto", or a function that returns one';
  throw invalidOption(operation, 'address', address, allowed);
}

function checkZone(operation: string, zone: unknown): string | undefined {
  if (zone === undefined) return undefined;
  if (typeof zone === 'string' && zone !== '' && zone.length <= ZONE_CHARACTERS_MAX) return zone;
  throw invalidOption(
    operation,
    'zone',
    zone,
    `give a text of 1 to ${ZONE_CHARACTERS_MAX} characters`,
  );
}

function checkBoolean(operation: string, option: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidOption(operation, option, value, 'give true or false');
}
