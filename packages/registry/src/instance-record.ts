/**
 * What an instance writes under its key, and how it is read back. Other programs write such values too, by hand
 * even: only `address` and `port` must be there, the rest has defaults, and unknown fields are ignored.
 */
import type { Labels } from './labels.ts';
import { isLabels } from './labels.ts';
import type { Instance, InstanceState, Override } from './instance.ts';
import { endpointOf, INSTANCE_STATES, WEIGHT_DEFAULT, WEIGHT_MAX } from './instance.ts';
import { isName, PORT_MAX } from './options.ts';

/** Read by every consumer of the service on every change of the instance. */
export const RECORD_BYTES_MAX = 64 * 1024;
/** What a record that does not say stands for. */
export const TTL_MS_DEFAULT = 15_000;

/** The value of `/concord/registry/instances/{service}/{id}`, as JSON. */
export interface InstanceRecord {
  readonly id: string;
  readonly service: string;
  readonly address: string;
  readonly port: number;
  /** Where there are several; `port` is the first. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly weight: number;
  readonly zone?: string;
  readonly labels: Labels;
  readonly metadata: unknown;
  readonly state: InstanceState;
  readonly incarnation: string;
  readonly warmupMs?: number;
  readonly ttlMs: number;
  /** Milliseconds of the registrant's wall clock, as is `servingSince`. */
  readonly registeredAt: number;
  readonly servingSince?: number;
  /** Who it is, as the client was told. */
  readonly app?: { readonly name: string; readonly version?: string | undefined } | undefined;
}

export interface EntryValue {
  readonly text: string;
  readonly createRevision: number;
  readonly modRevision: number;
}

export type Decoded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const invalid = (problem: string): { readonly ok: false; readonly problem: string } => ({
  ok: false,
  problem,
});

export function encodeRecord(record: InstanceRecord): string {
  return JSON.stringify(record);
}

/** The instance that an entry stands for, as it says of itself: no override is applied, the metadata not validated. */
export function decodeInstance(service: string, id: string, entry: EntryValue): Decoded<Instance> {
  if (!isName(id)) return invalid('the last part of its key is no id');
  const object = parseObject(entry.text);
  if (!object.ok) return object;
  const fields = object.value;
  const problem = problemOf(service, id, fields);
  return problem === undefined
    ? { ok: true, value: instanceFrom(service, id, fields as Fields, entry) }
    : invalid(problem);
}

/** Fields of a record that {@link problemOf} has passed. */
type Fields = Partial<InstanceRecord> & Pick<InstanceRecord, 'address'>;

function instanceFrom(
  service: string,
  id: string,
  fields: Fields,
  { createRevision, modRevision }: EntryValue,
): Instance {
  const { address, weight = WEIGHT_DEFAULT, state = 'serving', registeredAt = 0 } = fields;
  const port = fields.port ?? Object.values(fields.ports ?? {})[0] ?? 0;
  return Object.freeze({
    service,
    id,
    address,
    port,
    ports: fields.ports ?? { default: port },
    endpoint: endpointOf(address, port),
    weight,
    zone: fields.zone,
    labels: fields.labels ?? {},
    metadata: fields.metadata,
    state,
    // Whoever writes none is told apart by the life of the key.
    incarnation: fields.incarnation ?? String(createRevision),
    warmupMs: fields.warmupMs ?? 0,
    registeredAt,
    servingSince: fields.servingSince ?? (state === 'starting' ? undefined : registeredAt),
    ttlMs: fields.ttlMs ?? TTL_MS_DEFAULT,
    createRevision,
    modRevision,
    override: undefined,
    declared: { weight, state },
    held: false,
  });
}

function problemOf(
  service: string,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): string | undefined {
  const wrong = (name: string, wanted: string): string =>
    `its field "${name}" is ${JSON.stringify(fields[name])}, not ${wanted}`;
  const is = (name: string, holds: (value: unknown) => boolean): boolean =>
    fields[name] === undefined || holds(fields[name]);
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const isTime = (value: unknown): boolean => typeof value === 'number' && value >= 0;
  if (!is('service', (value) => value === service)) return wrong('service', 'that of its key');
  if (!is('id', (value) => value === id)) return wrong('id', 'that of its key');
  if (!isText(fields['address'])) return wrong('address', 'a host or an IP address');
  if (fields['port'] === undefined && fields['ports'] === undefined) {
    return wrong('port', `an integer from 1 to ${PORT_MAX}`);
  }
  if (!is('port', isPort)) return wrong('port', `an integer from 1 to ${PORT_MAX}`);
  if (!is('ports', isPorts)) return wrong('ports', 'an object of ports by name');
  if (!is('weight', isWeight)) return wrong('weight', `a number from 0 to ${WEIGHT_MAX}`);
  if (!is('zone', isText)) return wrong('zone', 'a name');
  if (!is('labels', isLabels)) return wrong('labels', 'an object of strings');
  if (!is('state', isState)) return wrong('state', `one of ${INSTANCE_STATES.join(', ')}`);
  if (!is('incarnation', isText)) return wrong('incarnation', 'a text');
  for (const name of ['warmupMs', 'ttlMs', 'registeredAt', 'servingSince']) {
    if (!is(name, isTime)) return wrong(name, 'a number of milliseconds');
  }
  return undefined;
}

const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= PORT_MAX;

const isPorts = (value: unknown): boolean =>
  isObject(value) && Object.values(value).length > 0 && Object.values(value).every(isPort);

const isWeight = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value <= WEIGHT_MAX;

const isState = (value: unknown): boolean => INSTANCE_STATES.includes(value as InstanceState);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an operator wrote over an instance. */
export function decodeOverride(text: string): Decoded<Override> {
  const object = parseObject(text);
  if (!object.ok) return object;
  const { weight, state, reason = '', by = '', until, incarnation } = object.value;
  if (weight !== undefined && !isWeight(weight)) return invalid('its "weight" is no weight');
  if (state !== undefined && !isState(state)) return invalid('its "state" is no state');
  if (typeof reason !== 'string') return invalid('its "reason" is no text');
  if (typeof by !== 'string') return invalid('its "by" is no text');
  if (until !== undefined && typeof until !== 'number') {
    return invalid('its "until" is no number of milliseconds');
  }
  if (incarnation !== undefined && typeof incarnation !== 'string') {
    return invalid('its "incarnation" is no text');
  }
  return {
    ok: true,
    value: Object.freeze({
      ...(weight !== undefined && { weight: weight as number }),
      ...(state !== undefined && { state: state as InstanceState }),
      reason,
      by,
      ...(until !== undefined && { until }),
      ...(incarnation !== undefined && { incarnation }),
    }),
  };
}

function parseObject(text: string): Decoded<Record<string, unknown>> {
  // A character is at least a byte: enough of a limit, and free to check.
  if (text.length > RECORD_BYTES_MAX) return invalid(`it is longer than ${RECORD_BYTES_MAX} bytes`);
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { ok: true, value } : invalid('it is no JSON object');
  } catch {
    return invalid('it is no JSON');
  }
}
