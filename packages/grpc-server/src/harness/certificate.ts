/** A certificate for localhost, from an authority of its own. */
import { CertificateAuthority } from '@concord/testing/certificates';

/** PEM texts. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** Its authority. */
  readonly ca: Buffer;
}

/** @param commonName subject of the certificate. */
export async function createCertificate(commonName: string): Promise<Certificate> {
  const authority = await CertificateAuthority.create();
  const { cert, key } = await authority.issue({ commonName });
  return {
    key: Buffer.from(key),
    cert: Buffer.from(cert),
    ca: Buffer.from(authority.certificate),
  };
}
