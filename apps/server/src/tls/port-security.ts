/**
 * TLS of the client port or of the peer port, from the files and rules of its flags: how it serves, whom it lets in,
 * and how this member dials with the same certificates.
 */
import { X509Certificate } from 'node:crypto';
import type { ConnectionOptions, SecureContextOptions, TlsOptions } from 'node:tls';
import type { TlsGate } from '@concord/grpc-server';
import { describeMismatch, isIssuedFor } from './certificate-names.ts';
import {
  judgeClient,
  judgeNames,
  judgeRevocation,
  type ClientCertificatePolicy,
} from './client-certificate-policy.ts';
import type { VersionRange } from './protocol-versions.ts';
import type { Endpoint, RefusalLog } from './refusal-log.ts';
import type { NameService } from './source-address-check.ts';
import type { TlsFiles } from './tls-files.ts';

export interface PortSecurityOptions {
  readonly endpoint: Endpoint;
  readonly files: TlsFiles;
  readonly policy: ClientCertificatePolicy;
  readonly versions: VersionRange;
  /** For Node; undefined leaves the choice to it. */
  readonly ciphers: string | undefined;
  readonly requiresClientCertificate: boolean;
  /** Nobody vouches for the certificates of the others either: they are not checked where this member dials. */
  readonly isSelfSigned: boolean;
  /** Whom the certificates of those that are dialled name, instead of the host that is dialled. */
  readonly serverName?: string;
  /** Where this member dials from; the system chooses by default. */
  readonly localAddress?: string;
  readonly refusals: RefusalLog;
  /** Default: the system's. */
  readonly nameService?: NameService;
}

/** What one listening address needs; it keeps track of what it has taken over. */
export interface ServingTls {
  readonly tls: TlsOptions;
  readonly gate: TlsGate;
}

/** What `tls.connect` takes for one connection; Node's types leave out where it comes from. */
export type DialingTls = ConnectionOptions & { readonly localAddress?: string };

export class PortSecurity {
  readonly refusals: RefusalLog;
  readonly files: TlsFiles;
  readonly #options: PortSecurityOptions;

  constructor(options: PortSecurityOptions) {
    this.#options = options;
    this.files = options.files;
    this.refusals = options.refusals;
  }

  /** Whether `https` can be served. */
  get hasCertificate(): boolean {
    const { cert, key } = this.#options.files.names;
    return cert !== undefined && key !== undefined;
  }

  /** undefined without a certificate. @param rules apart from the port's own, for a port that is stricter */
  serve(rules: Partial<ClientCertificatePolicy> = {}): ServingTls | undefined {
    if (!this.hasCertificate) return undefined;
    const { files, requiresClientCertificate, refusals, nameService } = this.#options;
    const policy = { ...this.#options.policy, ...rules };
    const tls: TlsOptions = {
      ...this.#servingContext(),
      requestCert: requiresClientCertificate,
      rejectUnauthorized: requiresClientCertificate,
    };
    let generation = files.generation;
    const gate: TlsGate = {
      refresh: () => {
        files.current();
        if (files.generation === generation) return undefined;
        generation = files.generation;
        return this.#servingContext();
      },
      judge: (socket) => judgeClient(socket, policy, files.current(), nameService),
      refused: (refusal) => refusals.refused(refusal),
    };
    return { tls, gate };
  }

  /** For one connection to another member, with the files as they are now. */
  dial(): DialingTls {
    const { files, isSelfSigned, serverName, localAddress, policy } = this.#options;
    const material = files.current();
    const { cert, key, clientCert, clientKey, ca } = material;
    return {
      ...this.#commonContext(ca),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(clientCert !== undefined && { cert: clientCert }),
      ...(clientKey !== undefined && { key: clientKey }),
      ...(serverName !== undefined && { servername: serverName }),
      ...(localAddress !== undefined && { localAddress }),
      rejectUnauthorized: !isSelfSigned,
      checkServerIdentity: (host, { raw }) => {
        const certificate = new X509Certificate(raw);
        const reason = !isIssuedFor(certificate, host)
          ? describeMismatch(certificate, host)
          : (judgeNames(certificate, policy) ?? judgeRevocation(certificate, material));
        return reason === undefined ? undefined : new Error(reason);
      },
    };
  }

  #servingContext(): SecureContextOptions {
    const { cert, key, ca } = this.#options.files.current();
    return {
      ...this.#commonContext(ca),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      // Sessions of one port are nothing to another, whose authorities may be others.
      sessionIdContext: `concord-${this.#options.endpoint}`,
    };
  }

  #commonContext(ca: Buffer | undefined): SecureContextOptions {
    const { versions, ciphers } = this.#options;
    return {
      ...versions,
      ...(ciphers !== undefined && { ciphers }),
      ...(ca !== undefined && { ca }),
    };
  }
}
