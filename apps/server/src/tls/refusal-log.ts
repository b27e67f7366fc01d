/**
 * Tells an operator who was not let in, and why, with etcd's message and fields. Clients come again and again, so the
 * same reason of the same host is told once a minute, with how often it was meanwhile.
 */
import { X509Certificate } from 'node:crypto';
import type { TlsRefusal } from '@concord/grpc-server';
import type { Log } from '../log.ts';
import { namesOf } from './certificate-names.ts';

/** Which port; the word stands in etcd's message. */
export type Endpoint = 'client' | 'peer';

const REPEAT_MS = 60_000;
/** Hosts and reasons that are kept in mind; with more, some are told more often. */
const REMEMBERED_MAX = 1_000;

export class RefusalLog {
  readonly endpoint: Endpoint;
  /** Connections that were refused so far, those included that went away by themselves. */
  count = 0;
  readonly #log: Log;
  readonly #now: () => number;
  /** By host and reason; the one that was told longest ago first. */
  readonly #told = new Map<string, { atMs: number; unsaid: number }>();

  /** @param now monotonic milliseconds */
  constructor(endpoint: Endpoint, log: Log, now: () => number) {
    this.endpoint = endpoint;
    this.#log = log;
    this.#now = now;
  }

  refused({ remoteAddress, serverName, reason, certificate, isAbandoned }: TlsRefusal): void {
    this.count++;
    const fields = {
      'remote-addr': remoteAddress,
      'server-name': serverName,
      ...(certificate?.raw !== undefined && certificateFields(certificate.raw)),
      error: isAbandoned ? 'EOF' : reason,
    };
    const message = `rejected connection on ${this.endpoint} endpoint`;
    if (isAbandoned) return this.#log.debug(fields, message);
    this.#tell(remoteAddress, reason, fields, message);
  }

  /** Plain text was expected. */
  foreign(remoteAddress: string, protocol: 'tls' | 'unknown'): void {
    this.count++;
    const error =
      protocol === 'tls'
        ? 'the client speaks TLS, and this port is plain text: dial http, or serve https ' +
          `(--listen-${this.endpoint}-urls)`
        : 'the first bytes are those of no protocol that this port speaks';
    const fields = { 'remote-addr': remoteAddress, error };
    this.#tell(remoteAddress, error, fields, `rejected connection on ${this.endpoint} endpoint`);
  }

  #tell(
    remoteAddress: string,
    reason: string,
    fields: Readonly<Record<string, unknown>>,
    message: string,
  ): void {
    const key = `${remoteAddress.replace(/:\d+$/, '')} ${reason}`;
    const nowMs = this.#now();
    const told = this.#told.get(key);
    if (told !== undefined && nowMs - told.atMs < REPEAT_MS) {
      told.unsaid++;
      return;
    }
    this.#told.delete(key);
    this.#told.set(key, { atMs: nowMs, unsaid: 0 });
    if (this.#told.size > REMEMBERED_MAX) {
      for (const oldest of this.#told.keys()) {
        this.#told.delete(oldest);
        break;
      }
    }
    const unsaid = told?.unsaid ?? 0;
    this.#log.warn({ ...fields, ...(unsaid > 0 && { 'times-before': unsaid }) }, message);
  }
}

function certificateFields(raw: Buffer): Record<string, unknown> {
  const { commonName, dnsNames, ipAddresses } = namesOf(new X509Certificate(raw));
  return { 'common-name': commonName, 'ip-addresses': ipAddresses, 'dns-names': dnsNames };
}
