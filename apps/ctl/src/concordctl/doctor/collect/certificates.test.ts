/** Certificates are looked at as they are served, and as files, whether they are trusted or not. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { before, test } from 'node:test';
import { createServer } from 'node:tls';
import { CertificateAuthority, type IssuedCertificate } from '@concord/testing/certificates';
import { judgeCertificates } from '../checks/certificates.ts';
import { collectCertificates } from './certificates.ts';

let authority: CertificateAuthority;
let good: IssuedCertificate;

before(async () => {
  authority = await CertificateAuthority.create();
  good = await authority.issue({
    commonName: 'm1',
    notAfter: new Date(Date.now() + 90 * 86_400_000),
  });
});

/** What is wrong with a certificate that is served on loopback. */
async function faultsOf(
  served: IssuedCertificate,
  ca: string | undefined,
): Promise<readonly string[]> {
  const server = createServer({ cert: served.cert, key: served.key });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const seen = await collectCertificates([{ url, use: 'client URL' }], { ca }, {}, noFile);
    const verdict = judgeCertificates(seen, Date.now());
    return verdict.state === 'judged' ? verdict.findings.map(({ what }) => what) : [];
  } finally {
    server.close();
  }
}

const noFile = (): Promise<never> => Promise.reject(new Error('no file is read'));

test('a served certificate is well with its CA, distrusted with another, and not judged without', async () => {
  const other = await CertificateAuthority.create('another');
  assert.deepEqual(await faultsOf(good, authority.certificate), []);
  const [distrust] = await faultsOf(good, other.certificate);
  assert.match(distrust ?? '', /of CN=m1 is not trusted: the CA/);
  assert.deepEqual(await faultsOf(good, undefined), []);
});

test('one for another host, and one that is over, are told apart', async () => {
  const notAfter = new Date(Date.now() + 90 * 86_400_000);
  const elsewhere = await authority.issue({
    ipAddresses: ['10.0.0.1'],
    dnsNames: ['a.example'],
    notAfter,
  });
  const [host] = await faultsOf(elsewhere, authority.certificate);
  assert.match(host ?? '', /not for the name it is used under: .*127\.0\.0\.1/);
  const hour = 3_600_000;
  const over = await authority.issue({
    notBefore: new Date(Date.now() - 2 * hour),
    notAfter: new Date(Date.now() - hour),
  });
  const [expired, ...more] = await faultsOf(over, authority.certificate);
  assert.match(expired ?? '', /expired on/);
  assert.deepEqual(more, []);
});

test('a place that speaks no TLS has no certificate, and says so', async () => {
  const url = 'https://127.0.0.1:1';
  const seen = await collectCertificates([{ url, use: 'peer URL' }], undefined, {}, noFile);
  assert.deepEqual(seen.certificates, []);
  assert.match(seen.missing[0]?.problem ?? '', /ECONNREFUSED/);
});

test('files are looked at as well: a key of another certificate, and one that is no certificate', async () => {
  const other = await authority.issue();
  const files: Readonly<Record<string, string>> = {
    'c.pem': good.cert,
    'c.key': good.key,
    'other.key': other.key,
    'ca.pem': authority.certificate,
    'nonsense.pem': 'nonsense',
  };
  const readFile = (path: string): Promise<Uint8Array> =>
    Promise.resolve(Buffer.from(files[path] ?? ''));
  const look = (names: Parameters<typeof collectCertificates>[2]) =>
    collectCertificates([], undefined, names, readFile);
  const well = await look({ cert: 'c.pem', key: 'c.key', cacert: 'ca.pem' });
  assert.deepEqual(
    well.certificates.map(({ use, keyProblem, chainProblem }) => [use, keyProblem, chainProblem]),
    [
      ['--cert', undefined, undefined],
      ['--cacert', undefined, undefined],
    ],
  );
  const wrong = await look({ cert: 'c.pem', key: 'other.key' });
  assert.equal(wrong.certificates[0]?.keyProblem, 'other.key is that of another');
  const nonsense = await look({ cert: 'nonsense.pem' });
  assert.equal(nonsense.missing[0]?.place, 'nonsense.pem');
});
