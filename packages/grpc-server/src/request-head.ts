/**
 * The header block of a request, judged once (RFC 9113 section 8.3, gRPC over HTTP/2 "Requests"): is it
 * well-formed, is it gRPC, which method does it call. The result does not refer to the stream, so that
 * requests with the same block share it; see head-cache.ts.
 */
import type { Method } from './call.ts';
import type { HeaderList } from './hpack/decoder.ts';
import { Metadata } from './metadata.ts';
import { GrpcStatus } from './status.ts';
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
  const regular = regularFields(fields);
  if (typeof regular === 'string') return { kind: 'malformed', reason: regular };
  const { method, path, authority } = pseudo;
  if (method === undefined || pseudo.scheme === undefined || path === undefined || path === '') {
    return { kind: 'malformed', reason: 'a mandatory pseudo-header is missing' };
  }
  const contentLength = readContentLength(regular);
  if (contentLength === 'malformed') return { kind: 'malformed', reason: 'content-length' };
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
  return parseCall(path, metadata, contentLength, methods);
}

/** Checks the block behind the messages of a request; undefined when it is well-formed. */
export function checkTrailers(list: HeaderList): string | undefined {
  if (!list.valid) return 'forbidden character';
  for (let index = 0; index < list.fields.length; index += 2) {
    if (list.fields[index]!.startsWith(':')) return 'pseudo-header in trailers';
  }
  return undefined;
}

function parseCall(
  path: string,
  metadata: Metadata,
  contentLength: number | undefined,
  methods: ReadonlyMap<string, Method>,
): RequestHead {
  const timeout = metadata.get('grpc-timeout');
  const timeoutMs = timeout === undefined ? undefined : parseTimeout(timeout);
  if (timeout !== undefined && timeoutMs === undefined) {
    return refuse(GrpcStatus.internal, `malformed grpc-timeout: "${timeout}"`, 400);
  }
  const method = methods.get(path);
  if (method === undefined) return refuseUnknown(path, methods);
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

/** Fills `pseudo`; returns what is wrong, if anything (8.3). */
function readPseudo(fields: readonly string[], pseudo: Pseudo): string | undefined {
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index]!;
    if (!name.startsWith(':')) break;
    const key = name.slice(1);
    if (key !== 'method' && key !== 'scheme' && key !== 'path' && key !== 'authority') {
      return 'unknown pseudo-header';
    }
    if (pseudo[key] !== undefined) return 'pseudo-header twice';
    pseudo[key] = fields[index + 1]!;
  }
  return undefined;
}

/** The fields behind the pseudo-headers, or what is wrong with them (8.2.2, 8.3). */
function regularFields(fields: readonly string[]): readonly string[] | string {
  let first = 0;
  while (first < fields.length && fields[first]!.startsWith(':')) first += 2;
  for (let index = first; index < fields.length; index += 2) {
    const name = fields[index]!;
    switch (name) {
      case 'connection':
      case 'keep-alive':
      case 'proxy-connection':
      case 'transfer-encoding':
      case 'upgrade':
        return 'connection-specific field';
      case 'te':
        if (fields[index + 1] !== 'trailers') return 'te other than trailers';
        break;
      default:
        if (name.startsWith(':')) return 'pseudo-header behind a regular field';
    }
  }
  return fields.slice(first);
}

function readContentLength(fields: readonly string[]): number | undefined | 'malformed' {
  let length: number | undefined;
  for (let index = 0; index < fields.length; index += 2) {
    if (fields[index] !== 'content-length') continue;
    const text = fields[index + 1]!;
    if (!/^\d{1,15}$/.test(text)) return 'malformed';
    if (length !== undefined && length !== Number(text)) return 'malformed';
    length = Number(text);
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
  const unitMs = UNIT_MS[text.at(-1) ?? ''];
  if (unitMs === undefined || text.length > 9 || !/^\d+.$/.test(text)) return undefined;
  return Number(text.slice(0, -1)) * unitMs;
}
