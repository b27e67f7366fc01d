/**
 * `--client-crl-file` and `--peer-crl-file`: the serial numbers of certificates that are not accepted any more
 * (RFC 5280 section 5), in DER as etcd takes it or in PEM. As in etcd a list counts by serial numbers alone, whoever
 * issued it, and also when its time is over: a list that nobody renews must not open the door.
 */
import { DerReader, DerTag } from './der-reader.ts';

const PEM_BLOCK = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/g;

/** From when to when a list is to be used. */
export interface ListTerm {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

export class RevocationList {
  /** Of several lists in a file, of the one that has to be renewed first. */
  readonly term: ListTerm | undefined;
  readonly #serialNumbers: ReadonlySet<string>;

  private constructor(serialNumbers: ReadonlySet<string>, term: ListTerm | undefined) {
    this.#serialNumbers = serialNumbers;
    this.term = term;
  }

  /** Throws an error that says what is wrong with the bytes. */
  static parse(bytes: Buffer): RevocationList {
    const serialNumbers = new Set<string>();
    let term: ListTerm | undefined;
    for (const der of listsIn(bytes)) {
      const { thisUpdate, nextUpdate } = readList(der, serialNumbers);
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

function listsIn(bytes: Buffer): readonly Buffer[] {
  if (bytes[0] === DerTag.sequence) return [bytes];
  const blocks = [...bytes.toString('latin1').matchAll(PEM_BLOCK)];
  if (blocks.length === 0) {
    throw new Error('no revocation list in it; expected DER, or PEM with BEGIN X509 CRL');
  }
  return blocks.map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}

/** Adds the serial numbers of one list (RFC 5280 section 5.1: CertificateList, TBSCertList). */
function readList(
  der: Buffer,
  serialNumbers: Set<string>,
): { readonly thisUpdate: Date; readonly nextUpdate: Date | undefined } {
  const outer = new DerReader(der);
  const signed = new DerReader(outer.expect(DerTag.sequence, 'a list'));
  if (!outer.isAtEnd) throw new Error('something follows the list');
  const list = new DerReader(signed.expect(DerTag.sequence, 'the signed part of a list'));
  signed.expect(DerTag.sequence, 'the algorithm of the signature');
  if (list.nextTag === DerTag.integer) list.read(); // its version
  list.expect(DerTag.sequence, 'the algorithm of the signature');
  list.expect(DerTag.sequence, 'the name of the issuer');
  const thisUpdate = readTime(list);
  const nextUpdate = isTime(list.nextTag) ? readTime(list) : undefined;
  if (list.nextTag === DerTag.sequence) {
    const entries = new DerReader(list.read().content);
    while (!entries.isAtEnd) serialNumbers.add(readEntry(entries));
  }
  return { thisUpdate, nextUpdate };
}

function readEntry(entries: DerReader): string {
  const entry = new DerReader(entries.expect(DerTag.sequence, 'a revoked certificate'));
  return canonical(entry.expect(DerTag.integer, 'a serial number').toString('hex'));
}

const isTime = (tag: number | undefined): boolean =>
  tag === DerTag.utcTime || tag === DerTag.generalizedTime;

/** `261125174500Z`, of a year from 1950 to 2049, or `20501125174500Z`. */
function readTime(reader: DerReader): Date {
  const { tag, content } = reader.read();
  const text = content.toString('latin1');
  const digits = tag === DerTag.utcTime ? `${text < '5' ? '20' : '19'}${text}` : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  const [, year, month, day, hour, minute, second] = match ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (isTime(tag) && !Number.isNaN(time.getTime())) return time;
  throw new Error('the time of the list cannot be read');
}

/** Some write a number with leading zeros. */
const canonical = (serialNumber: string): string =>
  serialNumber.toLowerCase().replace(/^0+(?=.)/, '');
