/**
 * `--client-crl-file` and `--peer-crl-file`: the serial numbers of certificates that are not accepted any more
 * (RFC 5280 section 5), in DER as etcd takes it or in PEM. As in etcd a list counts by serial numbers alone, whoever
 * issued it, and also when its time is over: a list that nobody renews must not open the door.
 */
import type * as X509 from '@peculiar/x509';

/** What reads certificates. It is large, so it is loaded only where a list or a certificate of our own is wanted. */
export type X509Library = typeof X509;

export async function loadX509Library(): Promise<X509Library> {
  await import('reflect-metadata'); // the library does not load without it
  return await import('@peculiar/x509');
}

const PEM_BLOCK = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/g;

export class RevocationList {
  /** From when to when it is to be used: of several lists in a file, of the one that has to be renewed first. */
  readonly term: { readonly thisUpdate: Date; readonly nextUpdate: Date } | undefined;
  readonly #serialNumbers: ReadonlySet<string>;

  private constructor(serialNumbers: ReadonlySet<string>, term: RevocationList['term']) {
    this.#serialNumbers = serialNumbers;
    this.term = term;
  }

  /** Throws an error that says what is wrong with the bytes. */
  static parse(bytes: Buffer, { X509Crl }: X509Library): RevocationList {
    const serialNumbers = new Set<string>();
    let term: RevocationList['term'];
    for (const der of listsIn(bytes)) {
      const list = new X509Crl(der);
      for (const { serialNumber } of list.entries) serialNumbers.add(canonical(serialNumber));
      const { thisUpdate, nextUpdate } = list;
      if (nextUpdate === undefined) continue;
      if (term === undefined || nextUpdate < term.nextUpdate) term = { thisUpdate, nextUpdate };
    }
    return new RevocationList(serialNumbers, term);
  }

  get size(): number {
    return this.#serialNumbers.size;
  }

  /** @param serialNumber hexadecimal */
  has(serialNumber: string): boolean {
    return this.#serialNumbers.has(canonical(serialNumber));
  }
}

function listsIn(bytes: Buffer): Uint8Array<ArrayBuffer>[] {
  if (bytes[0] === 0x30) return [new Uint8Array(bytes)];
  const blocks = [...bytes.toString('latin1').matchAll(PEM_BLOCK)];
  if (blocks.length === 0) {
    throw new Error('no revocation list in it; expected DER, or PEM with BEGIN X509 CRL');
  }
  return blocks.map(([, base64 = '']) => new Uint8Array(Buffer.from(base64, 'base64')));
}

/** Some write a number with leading zeros. */
const canonical = (serialNumber: string): string =>
  serialNumber.toLowerCase().replace(/^0+(?=.)/, '');
