/** Authorities, and what they sign for members and operators, as files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CertificateAuthority, type CertificateRequest } from '@concord/testing/certificates';

export interface CertificateFiles {
  /** Of the authority's certificate. */
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
}

export class AuthorityFiles {
  readonly authority: CertificateAuthority;
  readonly certificate: string;
  readonly #prefix: string;

  private constructor(authority: CertificateAuthority, prefix: string) {
    this.authority = authority;
    this.#prefix = prefix;
    this.certificate = `${prefix}-ca.pem`;
    writeFileSync(this.certificate, authority.certificate);
  }

  /** Its files, and those of what it issues, stand in `directory`. */
  static async create(directory: string, name: string): Promise<AuthorityFiles> {
    mkdirSync(directory, { recursive: true });
    return new AuthorityFiles(await CertificateAuthority.create(name), join(directory, name));
  }

  /** Over the files of that name, if there are some. */
  async issue(name: string, request: CertificateRequest = {}): Promise<CertificateFiles> {
    const issued = await this.authority.issue({ commonName: name, ...request });
    const [cert, key] = [`${this.#prefix}-${name}.pem`, `${this.#prefix}-${name}.key`];
    writeFileSync(key, issued.key, { mode: 0o600 });
    writeFileSync(cert, issued.cert);
    return { authority: this.certificate, cert, key };
  }
}
