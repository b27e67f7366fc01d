/** Looks at certificates: of every TLS endpoint that members have, and of the files of the command line. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsMaterial } from '../../survey/http-look.ts';
import type {
  MissingCertificate,
  SeenCertificate,
  SeenCertificates,
} from '../checks/certificates.ts';

export interface TlsPlace {
  /** `https://host:port`. */
  readonly url: string;
  readonly use: 'client URL' | 'peer URL';
}

export interface CertificateFiles {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly cacert?: string | undefined;
}

interface ReadFile {
  (path: string): Promise<Uint8Array>;
}

const HANDSHAKE_MS_MAX = 3_000;

export async function collectCertificates(
  places: readonly TlsPlace[],
  tls: TlsMaterial | undefined,
  files: CertificateFiles,
  readFile: ReadFile,
): Promise<SeenCertificates> {
  const shown = await Promise.all(places.map((place) => lookAt(place, tls)));
  const own = await Promise.all([ownCertificates(files, readFile), authorities(files, readFile)]);
  const all = [...shown, ...own.flat()];
  return {
    certificates: all.filter((one): one is SeenCertificate => 'validToMs' in one),
    missing: all.filter((one): one is MissingCertificate => 'problem' in one),
  };
}

/** The certificate is looked at whether it is trusted or not: that is what is asked. */
function lookAt(
  { url, use }: TlsPlace,
  tls: TlsMaterial | undefined,
): Promise<SeenCertificate | MissingCertificate> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = tls?.serverName ?? host;
  const { ca, cert, key } = tls ?? {};
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({
      host,
      port: Number(port === '' ? 443 : port),
      ca: ca as string | Buffer | undefined,
      cert: cert as string | Buffer | undefined,
      key: key as string | Buffer | undefined,
      ...(isIP(name) === 0 && { servername: name }),
      rejectUnauthorized: false,
      timeout: HANDSHAKE_MS_MAX,
    });
    const finish = (seen: SeenCertificate | MissingCertificate): void => {
      socket.destroy();
      resolve(seen);
    };
    const missing = (problem: string): void => finish({ place: url, use, problem });
    socket.on('timeout', () => missing(`no handshake within ${HANDSHAKE_MS_MAX / 1000} s`));
    socket.on('error', (error: Error) => missing(error.message));
    socket.on('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      if (certificate === undefined) return missing('the server shows none');
      const mismatch = hostProblemOf(certificate, name);
      const distrust = ca === undefined ? undefined : distrustOf(socket.authorizationError);
      finish({
        ...described(certificate),
        place: url,
        use,
        ...(mismatch !== undefined && { hostProblem: mismatch }),
        ...(distrust !== undefined && { chainProblem: distrust }),
      });
    });
  });
}

function hostProblemOf(certificate: X509Certificate, name: string): string | undefined {
  const found = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name);
  if (found !== undefined) return undefined;
  const names = certificate.subjectAltName;
  return `${name} is not among ${names === undefined ? 'its names, it has none' : names}`;
}

/** What a chain lacks; that it ended is told by its date, and the host by its name. */
function distrustOf(error: unknown): string | undefined {
  // Its type says an error; it is the code of one, as a text.
  const code = error instanceof Error ? error.message : (error as string | null | undefined);
  if (
    code === undefined ||
    code === null ||
    code === 'CERT_HAS_EXPIRED' ||
    code.includes('ALTNAME')
  ) {
    return undefined;
  }
  const texts: Record<string, string> = {
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the CA of --cacert has not signed it',
    SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends at a CA that is not that of --cacert',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself, and is not in --cacert',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the CA that has signed it is not in --cacert',
    CERT_SIGNATURE_FAILURE: 'its signature is not that of the CA of --cacert',
  };
  return texts[code] ?? code;
}

async function ownCertificates(
  { cert, key, cacert }: CertificateFiles,
  readFile: ReadFile,
): Promise<readonly (SeenCertificate | MissingCertificate)[]> {
  if (cert === undefined) return [];
  const read = await readCertificate(cert, '--cert', readFile);
  if (!(read instanceof X509Certificate)) return [read];
  const keyProblem = key === undefined ? undefined : await keyProblemOf(read, key, readFile);
  const chainProblem =
    cacert === undefined ? undefined : await issuerProblemOf(read, cacert, readFile);
  return [
    {
      ...described(read),
      place: cert,
      use: '--cert',
      ...(keyProblem !== undefined && { keyProblem }),
      ...(chainProblem !== undefined && { chainProblem }),
    },
  ];
}

async function authorities(
  { cacert }: CertificateFiles,
  readFile: ReadFile,
): Promise<readonly (SeenCertificate | MissingCertificate)[]> {
  if (cacert === undefined) return [];
  const read = await readCertificate(cacert, '--cacert', readFile);
  return [
    read instanceof X509Certificate
      ? { ...described(read), place: cacert, use: '--cacert' as const }
      : read,
  ];
}

async function readCertificate(
  path: string,
  use: SeenCertificate['use'],
  readFile: ReadFile,
): Promise<X509Certificate | MissingCertificate> {
  try {
    return new X509Certificate(await readFile(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { place: path, use, problem: reason };
  }
}

async function keyProblemOf(
  certificate: X509Certificate,
  path: string,
  readFile: ReadFile,
): Promise<string | undefined> {
  try {
    const key = createPrivateKey(Buffer.from(await readFile(path)));
    return certificate.checkPrivateKey(key) ? undefined : `${path} is that of another`;
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A certificate of ours that the CA has not signed may still be what the server wants: another CA can be set there. */
async function issuerProblemOf(
  certificate: X509Certificate,
  path: string,
  readFile: ReadFile,
): Promise<string | undefined> {
  const ca = await readCertificate(path, '--cacert', readFile);
  if (!(ca instanceof X509Certificate) || certificate.issuer !== ca.subject) return undefined;
  return certificate.verify(ca.publicKey)
    ? undefined
    : `it names the CA of ${path} as its issuer, and that has not signed it`;
}

const described = (
  certificate: X509Certificate,
): Pick<SeenCertificate, 'name' | 'validFromMs' | 'validToMs'> => ({
  name:
    certificate.subject === ''
      ? (certificate.subjectAltName ?? 'nobody')
      : oneLine(certificate.subject),
  validFromMs: Date.parse(certificate.validFrom),
  validToMs: Date.parse(certificate.validTo),
});

const oneLine = (subject: string): string => subject.split('\n').join(', ');
