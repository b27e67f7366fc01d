/** Who asks over HTTP, in the terms of an RPC: the headers that are metadata, the address, the certificate, the deadline. */
import type { IncomingMessage } from 'node:http';
import { Metadata, peerCertificateOf } from '@concord/grpc-server';
import type { LocalCaller } from '../rpc/local-call.ts';
import { commonNameOf } from '../tls/certificate-names.ts';

const METADATA_PREFIX = 'grpc-metadata-';
/** By this the other side knows that a certificate may be somebody else's: see `auth/authenticator.ts`. */
const GATEWAY_MARK = ['grpcgateway-accept', '*/*'] as const;
const NO_METADATA = new Metadata(GATEWAY_MARK);

/** Headers whose name is a metadata key, and whose value is one of printable characters. */
const KEY = /^[0-9a-z_.-]+$/;
const VALUE = /^[\x20-\x7e]*$/;

/**
 * As etcd's gateway: `Authorization` is carried over, `Grpc-Metadata-<key>` becomes `<key>`, others are not.
 *
 * @param authorization what the request brings along in another place, and goes before the header
 */
export function callerOf(request: IncomingMessage, authorization?: string): LocalCaller {
  const headers = request.rawHeaders;
  const isGiven = authorization !== undefined;
  return {
    metadata: metadataOf(isGiven ? ['authorization', authorization, ...headers] : headers),
    peer: peerOf(request),
    tlsPeerCertificate: peerCertificateOf(request.socket),
  };
}

/** Behind a socket of the file system there is no address. */
function peerOf({ socket: { remoteAddress = 'local', remotePort = 0 } }: IncomingMessage): string {
  return `${remoteAddress}:${remotePort}`;
}

function metadataOf(rawHeaders: readonly string[]): Metadata {
  let fields: string[] | undefined;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const key = keyOf((rawHeaders[i] as string).toLowerCase());
    const value = rawHeaders[i + 1] as string;
    if (key !== undefined && VALUE.test(value)) (fields ??= [...GATEWAY_MARK]).push(key, value);
  }
  return fields === undefined ? NO_METADATA : new Metadata(fields);
}

function keyOf(header: string): string | undefined {
  if (header === 'authorization') return header;
  if (!header.startsWith(METADATA_PREFIX)) return undefined;
  const key = header.slice(METADATA_PREFIX.length);
  return KEY.test(key) ? key : undefined;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Says which binary metadata of a request is none, or nothing. */
export function unreadableHeader({ rawHeaders }: IncomingMessage): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    const isBinary = /^grpc-metadata-.*-bin$/i.test(name);
    if (!isBinary || BASE64.test(value)) continue;
    const at = value.search(/[^A-Za-z0-9+/]/);
    return `invalid binary header ${canonical(name)}: illegal base64 data at input byte ${at}`;
  }
  return undefined;
}

/** A header's name as Go writes it: `grpc-metadata-x-bin` becomes `Grpc-Metadata-X-Bin`. */
const canonical = (name: string): string =>
  name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** The common name of the certificate that the client has shown; empty without one. */
export function clientNameOf({ socket }: IncomingMessage): string {
  const certificate = peerCertificateOf(socket);
  return certificate === undefined ? '' : commonNameOf(certificate);
}

const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

/** Longer waits are for ever: what a timer of Node takes, 24 days. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** The `Grpc-Timeout` of a request in milliseconds: undefined without one, 'invalid' where it cannot be read. */
export function timeoutMsOf({ headers }: IncomingMessage): number | 'invalid' | undefined {
  const text = headers['grpc-timeout'];
  if (text === undefined || text === '') return undefined;
  const [, digits, unit] = /^([+-]?\d+)([HMSmun])$/.exec(String(text)) ?? [];
  if (digits === undefined || unit === undefined) return 'invalid';
  const timeoutMs = Number(digits) * (UNIT_MS[unit] ?? 0);
  return timeoutMs === 0 || timeoutMs > TIMEOUT_MS_MAX ? undefined : Math.max(timeoutMs, 0);
}
