/** Requests for an operation: of the kind that its schemas ask for, and broken in one place or another. */
import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema, Operation } from './openapi-document.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of another method than the operation's: its answers are another's. */
  readonly isForeign?: boolean;
}

/** Nobody waits for long polls. */
const waits = fc.constantFrom('0s', '1s', '1', 'soon');

const DEPTH_MAX = 5;

/** A value that fits `schema` for the most part: patterns and formats are hit now and then. */
export function valueOf(schema: JsonSchema, depth = 0): Arbitrary<unknown> {
  const { type, enum: choices, anyOf, oneOf, allOf } = schema;
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as unknown[]));
  const options = (anyOf ?? oneOf ?? []) as readonly JsonSchema[];
  if (options.length > 0) return fc.oneof(...options.map((option) => valueOf(option, depth + 1)));
  if (Array.isArray(allOf))
    return valueOf(Object.assign({}, ...(allOf as object[])) as JsonSchema, depth);
  if (depth > DEPTH_MAX) return fc.constant(null);
  switch (type as string | undefined) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf((schema['items'] ?? {}) as JsonSchema, depth + 1), { maxLength: 3 });
    case 'object':
      return objectOf(schema, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function textOf({ format, minLength = 0, maxLength, examples }: JsonSchema): Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString());
  const most = Math.min(Number(maxLength ?? 20), 20);
  return fc.oneof(
    fc.constantFrom(
      'default',
      'app/key',
      'orders',
      'one',
      '127.0.0.1',
      '15s',
      '1',
      ...((examples ?? []) as string[]),
    ),
    fc.string({ minLength: Math.min(Number(minLength), most), maxLength: most, unit: 'grapheme' }),
  );
}

function numberOf({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): Arbitrary<number> {
  const min = Number(minimum ?? exclusiveMinimum ?? -10);
  const max = Number(maximum ?? Math.max(min + 1000, 1000));
  const bounds = { min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) };
  if (bounds.min > bounds.max) return fc.constant(min);
  const integer = fc.integer({ min: Math.ceil(bounds.min), max: Math.floor(bounds.max) });
  return type === 'integer' ? integer : fc.oneof(integer, fc.double({ ...bounds, noNaN: true }));
}

function objectOf(schema: JsonSchema, depth: number): Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema['required'] ?? []) as string[];
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [
      name,
      name === 'wait' ? waits : valueOf(inner, depth + 1),
    ]),
  );
  const fields = fc.record(known, { requiredKeys: required.filter((name) => name in known) });
  const additional = schema['additionalProperties'];
  if (typeof additional !== 'object' || additional === null) return fields;
  const others = fc.dictionary(
    fc.string({ maxLength: 8 }),
    valueOf(additional as JsonSchema, depth + 1),
    { maxKeys: 3 },
  );
  return fc.tuple(fields, others).map(([own, more]) => ({ ...more, ...own }));
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** `%` of a text that has no half characters: those cannot be written in an address. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** A request whose every part is made of its schema. */
export function likelyRequest(operation: Operation): Arbitrary<RawRequest> {
  const parameters = operation.parameters.map((parameter) => {
    const value =
      parameter.name === 'wait'
        ? waits
        : valueOf(parameter.schema ?? { type: 'string' }).map(asText);
    return parameter.required === true || parameter.in === 'path'
      ? value
      : fc.option(value, { freq: 2 });
  });
  const body = operation.body === undefined ? fc.constant(undefined) : valueOf(operation.body);
  return fc.tuple(fc.tuple(...parameters), body).map(([values, content]) => {
    let { path } = operation;
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    operation.parameters.forEach((parameter, at) => {
      const value = values[at];
      if (value === null || value === undefined) return;
      // An empty part of a path, and dots, make another path of it.
      if (parameter.in === 'path')
        path = path.replace(`{${parameter.name}}`, /^\.{0,2}$/.test(value) ? 'x' : encoded(value));
      else if (parameter.in === 'query') query.append(parameter.name, value.toWellFormed());
      else if (/^[\x21-\x7e]*$/.test(value)) headers[parameter.name] = value;
    });
    // Who says where it stands waits half a minute for what comes next.
    if (query.has('index') && !query.has('wait')) query.append('wait', '0s');
    const search = query.toString();
    return {
      method: operation.method,
      path: search === '' ? path : `${path}?${search}`,
      headers: { ...headers, ...(content !== undefined && { 'content-type': 'application/json' }) },
      ...(content !== undefined && { body: JSON.stringify(content) }),
    };
  });
}

const hostile: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1.5,
    1e308,
    -(2 ** 53),
    '',
    ' ',
    '\0',
    '..',
    '../../etc/passwd',
    '%',
    '%00',
    '=1+1',
    '__proto__',
    'constructor',
    '\ud800',
    '𝔘',
    'a'.repeat(3000),
    '[object Object]',
    'NaN',
    '1e999',
    [],
    {},
    [[]],
    { __proto__: null },
    JSON.parse('{"__proto__":{"x":1}}'),
    { constructor: { prototype: 1 } },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const hostileBody: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '1',
    '{"a":1,}',
    '[['.repeat(200),
    '\ufeff{}',
    '{"a":"\ud800"}',
  ),
  hostile.map((value) => JSON.stringify(value)),
  fc.string({ maxLength: 40 }),
);

/** A likely request with something wrong: in its path, its query, its headers or its body. */
export function brokenRequest(operation: Operation): Arbitrary<RawRequest> {
  const somewhere = fc.constantFrom('path', 'query', 'header', 'body', 'field', 'method');
  return fc
    .tuple(likelyRequest(operation), somewhere, hostile, hostileBody, fc.nat())
    .map(([request, place, value, text, at]) => {
      const odd = asText(value);
      switch (place) {
        case 'path': {
          const [path = '', search] = request.path.split('?');
          const parts = path.split('/');
          const part = 2 + (at % Math.max(1, parts.length - 2));
          parts[part] = at % 3 === 0 ? '%ff' : encoded(odd).slice(0, 5000);
          return { ...request, path: parts.join('/') + (search === undefined ? '' : `?${search}`) };
        }
        case 'query': {
          const names = operation.parameters
            .filter((one) => one.in === 'query')
            .map(({ name }) => name);
          const name = names[at % Math.max(1, names.length)] ?? 'unknown';
          const mark = request.path.includes('?') ? '&' : '?';
          return { ...request, path: `${request.path}${mark}${name}=${encoded(odd)}&${name}=2` };
        }
        case 'header':
          return { ...request, headers: { ...request.headers, ...oddHeader(at, odd) } };
        case 'body':
          return withBody(request, text);
        case 'field':
          return withBody(request, JSON.stringify(spoilt(request.body, value, at)));
        case 'method':
          return {
            ...request,
            method: ['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS'][at % 5] ?? 'PUT',
            isForeign: true,
          };
      }
    });
}

function withBody(request: RawRequest, body: string): RawRequest {
  if (request.method === 'GET') return request;
  return { ...request, body, headers: { ...request.headers, 'content-type': 'application/json' } };
}

/** One field of a body replaced by something else. */
function spoilt(body: string | undefined, value: unknown, at: number): unknown {
  const parsed = body === undefined ? {} : (JSON.parse(body) as unknown);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return value;
  const names = Object.keys(parsed);
  const name = names[at % Math.max(1, names.length)] ?? 'extra';
  return { ...parsed, [at % 4 === 0 ? 'extra' : name]: value };
}

function oddHeader(at: number, odd: string): Record<string, string> {
  const names = [
    'if-match',
    'if-none-match',
    'idempotency-key',
    'last-event-id',
    'content-type',
    'accept',
    'x-request-id',
    'cookie',
    'range',
    'prefer',
  ];
  const printable = odd.replace(/[^\x21-\x7e]/g, '').slice(0, 500);
  return { [names[at % names.length] ?? 'accept']: printable };
}
