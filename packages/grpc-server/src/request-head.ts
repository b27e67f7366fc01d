/**
 * The header block of a request, judged once (RFC 9113 section 8.3, gRPC over HTTP/2 "Requests"): is it
 * well-formed, is it gRPC, which method does it call. The result does not refer to the stream, so that
 * requests with the same block share it; see head-cache.ts.
 */
import type { Method } from './call.ts';
import type { HeaderList } from './hpack/decoder.ts';
import type { HeaderField } from './hpack/dynamic-table.ts';
import { Metadata } from './metadata.ts';
import { DEADLINE_EXCEEDED, GrpcStatus } from './status.ts';
import type { CallFailure } from './status.ts';

/** How messages with the compressed flag are to be read. */
export type Compression = 'identity' | 'gzip';

/** What is to be done with a new stream. */
export type RequestHead =
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'refused'; readonly failure: CallFailure }
  | HttpHead
  | CallHead;

/** A gRPC request for a method that exists. */
export interface CallHead {
  readonly kind: 'call';
  readonly path: string;
  readonly method: Method;
  readonly metadata: Metadata;
  readonly timeoutMs: number | undefined;
  readonly compression: Compression;
  readonly contentLength: number | undefined;
}

/** An HTTP request that is not gRPC. */
export interface HttpHead {
  readonly kind: 'http';
  readonly method: string;
  readonly path: string;
  readonly authority: string | undefined;
  /** All other fields, names and values in turn. */
  readonly fields: readonly string[];
  readonly contentLength: number | undefined;
}

interface Pseudo {
  method?: string;
  scheme?: string;
  path?: string;
  authority?: string;
}

/** The field that carries a call's deadline, different in each request of many clients. */
export const TIMEOUT_FIELD = 'grpc-timeout';

/** Fields that are malformed in HTTP/2 (RFC 9113 section 8.2.2). */
const CONNECTION_SPECIFIC = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

const COLON = 0x3a;

/** Encodings of request messages that this server reads. */
export const ACCEPTED_ENCODINGS = 'identity,gzip';

/** Judges a request's header block. */
export function parseRequestHead(
  list: HeaderList,
  methods: ReadonlyMap<string, Method>,
): RequestHead {
  const { fields } = list;
  const pseudo: Pseudo = {};
  const malformed = list.valid ? readPseudo(fields, pseudo) : 'forbidden character';
  if (malformed !== undefined) return { kind: 'malformed', reason: malformed };
  if (list.tooLarge) return refuse(GrpcStatus.resourceExhausted, 'header list too large', 431);
  const wrong = checkRegular(fields);
  if (wrong !== undefined) return { kind: 'malformed', reason: wrong };
  const { method, path, authority } = pseudo;
  if (method === undefined || pseudo.scheme === undefined || path === undefined || path === '') {
    return { kind: 'malformed', reason: 'a mandatory pseudo-header is missing' };
  }
  const contentLength = readContentLength(fields);
  if (contentLength === 'malformed') return { kind: 'malformed', reason: 'content-length' };
  const regular = fields.filter(isRegular).flatMap(({ name, value }) => [name, value]);
  const metadata = new Metadata(
    authority === undefined ? regular : [':authority', authority, ...regular],
  );
  const contentType = metadata.get('content-type') ?? '';
  if (!isGrpc(contentType)) {
    return { kind: 'http', method, path, authority, fields: regular, contentLength };
  }
  if (method !== 'POST') {
    const text = `Received a HEADERS frame with :method "${method}" which should be POST`;
    return refuse(GrpcStatus.internal, text, 405);
  }
  const timeout = fields.find(({ name }) => name === TIMEOUT_FIELD);
  const timeoutMs = timeout === undefined ? undefined : parseTimeout(timeout.value);
  if (timeout !== undefined && timeoutMs === undefined) return refuseTimeout(timeout.value);
  return parseCall(path, metadata, timeoutMs, contentLength, methods);
}

/** The same request with another `grpc-timeout`; see head-templates.ts. */
export function withTimeout(head: CallHead, timeout: string): RequestHead {
  const timeoutMs = parseTimeout(timeout);
  if (timeoutMs === undefined) return refuseTimeout(timeout);
  if (timeoutMs === 0) return EXPIRED;
  const { kind, path, method, metadata, compression, contentLength } = head;
  return { kind, path, method, metadata, timeoutMs, compression, contentLength };
}

/** Checks the block behind the messages of a request; undefined when it is well-formed. */
export function checkTrailers(list: HeaderList): string | undefined {
  if (!list.valid) return 'forbidden character';
  return list.fields.some(isPseudo) ? 'pseudo-header in trailers' : undefined;
}

function parseCall(
  path: string,
  metadata: Metadata,
  timeoutMs: number | undefined,
  contentLength: number | undefined,
  methods: ReadonlyMap<string, Method>,
): RequestHead {
  const method = methods.get(path);
  if (method === undefined) return refuseUnknown(path, methods);
  if (timeoutMs === 0) return EXPIRED;
  const encoding = metadata.get('grpc-encoding') ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    const message = `grpc: Decompressor is not installed for grpc-encoding "${encoding}"`;
    const fields = ['grpc-accept-encoding', ACCEPTED_ENCODINGS];
    return { kind: 'refused', failure: { code: GrpcStatus.unimplemented, message, fields } };
  }
  return { kind: 'call', path, method, metadata, timeoutMs, compression: encoding, contentLength };
}

/** Etcd's texts for paths that name nothing. */
function refuseUnknown(path: string, methods: ReadonlyMap<string, Method>): RequestHead {
  const slash = path.lastIndexOf('/');
  if (slash < 1 || !path.startsWith('/')) {
    return refuse(GrpcStatus.unimplemented, `malformed method name: "${path}"`);
  }
  const service = path.slice(1, slash);
  for (const known of methods.keys()) {
    if (!known.startsWith(`/${service}/`)) continue;
    const name = path.slice(slash + 1);
    return refuse(GrpcStatus.unimplemented, `unknown method ${name} for service ${service}`);
  }
  return refuse(GrpcStatus.unimplemented, `unknown service ${service}`);
}

const refuse = (code: number, message: string, httpStatus = 200): RequestHead => ({
  kind: 'refused',
  failure: { code, message, httpStatus },
});

const isGrpc = (contentType: string): boolean =>
  contentType.startsWith('application/grpc') &&
  (contentType.length === 16 || contentType[16] === '+' || contentType[16] === ';');

/** The client has given up already. */
const EXPIRED: RequestHead = {
  kind: 'refused',
  failure: { code: GrpcStatus.deadlineExceeded, message: DEADLINE_EXCEEDED },
};

const refuseTimeout = (timeout: string): RequestHead =>
  refuse(GrpcStatus.internal, `malformed grpc-timeout: "${timeout}"`, 400);

const isPseudo = ({ name }: HeaderField): boolean => name.charCodeAt(0) === COLON;

/** What goes into metadata: the timeout does not, a call has its deadline. */
const isRegular = (field: HeaderField): boolean => !isPseudo(field) && field.name !== TIMEOUT_FIELD;

/** Fills `pseudo`; returns what is wrong, if anything (8.3). */
function readPseudo(fields: readonly HeaderField[], pseudo: Pseudo): string | undefined {
  for (const field of fields) {
    if (!isPseudo(field)) break;
    const key = field.name.slice(1);
    if (key !== 'method' && key !== 'scheme' && key !== 'path' && key !== 'authority') {
      return 'unknown pseudo-header';
    }
    if (pseudo[key] !== undefined) return 'pseudo-header twice';
    pseudo[key] = field.value;
  }
  return undefined;
}

/** What is wrong with the fields behind the pseudo-headers, if anything (8.2.2, 8.3). */
function checkRegular(fields: readonly HeaderField[]): string | undefined {
  let regularSeen = false;
  for (const field of fields) {
    if (isPseudo(field)) {
      if (regularSeen) return 'pseudo-header behind a regular field';
      continue;
    }
    regularSeen = true;
    if (CONNECTION_SPECIFIC.has(field.name)) return 'connection-specific field';
    if (field.name === 'te' && field.value !== 'trailers') return 'te other than trailers';
  }
  return undefined;
}

function readContentLength(fields: readonly HeaderField[]): number | undefined | 'malformed' {
  let length: number | undefined;
  for (const { name, value } of fields) {
    if (name !== 'content-length') continue;
    if (!/^\d{1,15}$/.test(value)) return 'malformed';
    if (length !== undefined && length !== Number(value)) return 'malformed';
    length = Number(value);
  }
  return length;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** `grpc-timeout`: at most eight digits and a unit; undefined when it is anything else. */
export function parseTimeout(text: string): number | undefined {
  const digits = text.length - 1;
  if (digits < 1 || digits > 8) return undefined;
  let count = 0;
  for (let index = 0; index < digits; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    count = count * 10 + digit;
  }
  const unitMs = UNIT_MS[text[digits]!];
  return unitMs === undefined ? undefined : count * unitMs;
}
