/**
 * Goal: each flag of TLS lets in whom it should, and keeps out whom it should, and files that change are taken over
 * without a restart. Method: a real port with the security that the flags make, and clients with certificates of
 * authorities made here.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { CertificateAuthority, pem } from '@concord/testing/certificates';
import { configure } from '../config/configuration.ts';
import { flagNamed } from '../config/flag-names.ts';
import {
  CertificateDirectory,
  openSecurity,
  recordingLog,
} from './harness/certificate-directory.ts';
import { SecurePort } from './harness/secure-port.ts';

const directory = new CertificateDirectory();
after(() => directory[Symbol.dispose]());
const authority = await CertificateAuthority.create('ours');
const foreign = await CertificateAuthority.create('theirs');
const ca = directory.write('ca.pem', authority.certificate);
const server = await directory.issue('server', authority);
const alice = await directory.issue('alice', authority, {
  dnsNames: ['alice.example'],
  ipAddresses: [],
});
const bob = await directory.issue('bob', authority, {
  dnsNames: ['bob.example'],
  ipAddresses: ['127.0.0.1'],
});
const stranger = await directory.issue('stranger', foreign);

const HTTPS = [
  ...['--listen-client-urls', 'https://127.0.0.1:2379'],
  ...['--advertise-client-urls', 'https://127.0.0.1:2379'],
];
const SERVED = [...HTTPS, '--cert-file', server.cert, '--key-file', server.key];
const MUTUAL = [...SERVED, '--client-cert-auth', '--trusted-ca-file', ca];
const PEER = [
  ...['--listen-peer-urls', 'https://127.0.0.1:2380'],
  ...['--peer-cert-file', server.cert, '--peer-key-file', server.key],
  ...['--peer-client-cert-auth', '--peer-trusted-ca-file', ca],
];

/** The port that a member with these flags serves clients on. */
async function clientPort(context: TestContext, ...flags: string[]): Promise<SecurePort> {
  return SecurePort.open(context, (await openSecurity(flags)).client);
}

async function peerPort(context: TestContext, ...flags: string[]): Promise<SecurePort> {
  return SecurePort.open(context, (await openSecurity([...PEER, ...flags])).peer);
}

async function refusal(...flags: string[]): Promise<string> {
  const { message } = await openSecurity(flags).then(
    () => assert.fail(`${flags.join(' ')} was accepted`),
    (error: unknown) => error as Error,
  );
  return message;
}

test('without client-cert-auth anybody is served', async (context) => {
  const port = await clientPort(context, ...SERVED);
  assert.equal((await port.visit()).outcome, 'served');
  assert.equal((await port.visit(stranger)).outcome, 'served');
});

test('client-cert-auth serves those alone whom the authority vouches for', async (context) => {
  const port = await clientPort(context, ...MUTUAL);
  assert.equal((await port.visit(alice)).outcome, 'served');
  assert.match((await port.visit()).code ?? '', /CERTIFICATE_REQUIRED/);
  assert.notEqual((await port.visit(stranger)).outcome, 'served');
});

test('an authority alone makes certificates compulsory, as in etcd', async (context) => {
  const port = await clientPort(context, ...SERVED, '--trusted-ca-file', ca);
  assert.equal((await port.visit(alice)).outcome, 'served');
  assert.notEqual((await port.visit()).outcome, 'served');
});

test('client-cert-auth without an authority trusts those of the machine', async (context) => {
  const port = await clientPort(context, ...SERVED, '--client-cert-auth');
  assert.notEqual((await port.visit()).outcome, 'served');
  assert.notEqual((await port.visit(alice)).outcome, 'served');
});

test('certificates of an authority below a trusted one are good with that one in the chain', async (context) => {
  const below = await authority.createIntermediate('below');
  const files = await directory.issue('carol', below);
  const port = await clientPort(context, ...MUTUAL);
  assert.equal((await port.visit(files)).outcome, 'served');
});

test('client-cert-allowed-cn serves the named alone', async (context) => {
  const port = await clientPort(context, ...MUTUAL, '--client-cert-allowed-cn', 'alice,carol');
  assert.equal((await port.visit(alice)).outcome, 'served');
  assert.equal((await port.visit(bob)).outcome, 'closed');
});

test('client-cert-allowed-hostname serves certificates for that host alone', async (context) => {
  const port = await clientPort(
    context,
    ...MUTUAL,
    '--client-cert-allowed-hostname',
    'a.b,bob.example',
  );
  assert.equal((await port.visit(bob)).outcome, 'served');
  assert.equal((await port.visit(alice)).outcome, 'closed');
  const byAddress = await clientPort(
    context,
    ...MUTUAL,
    '--client-cert-allowed-hostname',
    '127.0.0.1',
  );
  assert.equal((await byAddress.visit(bob)).outcome, 'served');
  assert.equal((await byAddress.visit(alice)).outcome, 'closed');
});

test('a common name is no host name', async (context) => {
  const nameless = await directory.issue('bob.example', authority, {
    dnsNames: [],
    ipAddresses: [],
  });
  const port = await clientPort(
    context,
    ...MUTUAL,
    '--client-cert-allowed-hostname',
    'bob.example',
  );
  assert.equal((await port.visit(nameless)).outcome, 'closed');
});

for (const format of ['DER', 'PEM']) {
  test(`client-crl-file in ${format} keeps the revoked out, and is read again when it changed`, async (context) => {
    const encode = (der: Buffer): Buffer | string =>
      format === 'DER' ? der : pem('X509 CRL', der);
    const crl = directory.write('crl', encode(await authority.revoke([bob])));
    const port = await clientPort(context, ...MUTUAL, '--client-crl-file', crl);
    assert.equal((await port.visit(alice)).outcome, 'served');
    assert.equal((await port.visit(bob)).outcome, 'closed');
    directory.write('crl', encode(await authority.revoke([alice])));
    assert.equal((await port.visit(alice)).outcome, 'closed');
    assert.equal((await port.visit(bob)).outcome, 'served');
  });
}

test('a revoked authority among the trusted keeps out those whom it vouches for', async (context) => {
  const below = await authority.createIntermediate('fallen');
  const files = await directory.issue('dave', below);
  const { serialNumber } = new X509Certificate(below.certificate);
  const crl = directory.write('chain-crl', await authority.revoke([{ serialNumber }]));
  const both = directory.write('both.pem', authority.certificate + below.certificate);
  const flags = [...SERVED, '--trusted-ca-file', both, '--client-crl-file', crl];
  const port = await clientPort(context, ...flags);
  assert.equal((await port.visit(files)).outcome, 'closed');
  assert.equal((await port.visit(alice)).outcome, 'served');
});

test('an empty list revokes nobody, and one that is over its time still counts', async (context) => {
  const empty = directory.write('empty-crl', await authority.revoke([]));
  const first = await clientPort(context, ...MUTUAL, '--client-crl-file', empty);
  assert.equal((await first.visit(bob)).outcome, 'served');
  const nextUpdate = new Date(Date.now() - 1000);
  const over = directory.write('over-crl', await authority.revoke([bob], { nextUpdate }));
  const second = await clientPort(context, ...MUTUAL, '--client-crl-file', over);
  assert.equal((await second.visit(bob)).outcome, 'closed');
});

test('a new certificate, key and authority serve the next connection', async (context) => {
  const pair = await directory.issue('renewed', authority);
  const trusted = directory.write('trusted.pem', authority.certificate);
  const files = ['--cert-file', pair.cert, '--key-file', pair.key, '--trusted-ca-file', trusted];
  const port = await clientPort(context, ...HTTPS, ...files);
  assert.equal((await port.visit(alice)).server?.subject.CN, 'renewed');
  await directory.issue('renewed', authority, { commonName: 'the next one' });
  assert.equal((await port.visit(alice)).server?.subject.CN, 'the next one');
  directory.write('trusted.pem', foreign.certificate);
  assert.notEqual((await port.visit(alice)).outcome, 'served');
  assert.equal((await port.visit(stranger)).outcome, 'served');
});

test('files that do not fit leave those from before in use, and the log names the file once', async (context) => {
  const pair = await directory.issue('kept', authority);
  const { log, lines } = recordingLog();
  const flags = [...HTTPS, '--cert-file', pair.cert, '--key-file', pair.key];
  const { client } = await openSecurity(flags, { log });
  const port = await SecurePort.open(context, client);
  const good = readFileSync(pair.cert);
  const breakages: [content: string | Buffer, told: RegExp][] = [
    ['rubbish', /--cert-file .*kept\.pem holds no certificate; expected PEM/],
    [
      readFileSync(alice.cert),
      /--key-file .*kept\.key is not the key of the certificate --cert-file/,
    ],
    [
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      /kept\.pem holds a broken certificate/,
    ],
  ];
  for (const [content, told] of breakages) {
    lines.length = 0;
    writeFileSync(pair.cert, content);
    for (let i = 0; i < 3; i++) {
      assert.equal((await port.visit()).server?.subject.CN, 'kept');
    }
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.level, 'error');
    assert.match(String(lines[0].fields['error']), told);
  }
  rmSync(pair.cert);
  assert.equal((await port.visit()).server?.subject.CN, 'kept');
  assert.match(String(lines.at(-1)?.fields['error']), /kept\.pem cannot be read: ENOENT/);
  symlinkSync(pair.cert, pair.cert);
  assert.equal((await port.visit()).server?.subject.CN, 'kept');
  assert.match(String(lines.at(-1)?.fields['error']), /kept\.pem cannot be read: ELOOP/);
  rmSync(pair.cert);
  writeFileSync(pair.cert, good);
  assert.equal((await port.visit()).server?.subject.CN, 'kept');
  assert.match(lines.at(-1)?.message ?? '', /are in use from now on/);
});

test('a broken revocation list leaves the one from before in force', async (context) => {
  const crl = directory.write('broken-crl', await authority.revoke([bob]));
  const port = await clientPort(context, ...MUTUAL, '--client-crl-file', crl);
  for (const content of ['rubbish', Buffer.from([0x30, 0x03, 0x01, 0x02, 0x03]), '']) {
    writeFileSync(crl, content);
    assert.equal((await port.visit(bob)).outcome, 'closed');
    assert.equal((await port.visit(alice)).outcome, 'served');
  }
});

test('tls-min-version and tls-max-version bound what is spoken', async (context) => {
  const only13 = await clientPort(context, ...SERVED, '--tls-min-version', 'TLS1.3');
  assert.equal((await only13.visit()).protocol, 'TLSv1.3');
  assert.equal((await only13.visit(undefined, { maxVersion: 'TLSv1.2' })).outcome, 'failed');
  const only12 = await clientPort(context, ...SERVED, '--tls-max-version', 'TLS1.2');
  assert.equal((await only12.visit()).protocol, 'TLSv1.2');
  assert.equal((await only12.visit(undefined, { minVersion: 'TLSv1.3' })).outcome, 'failed');
  const usual = await clientPort(context, ...SERVED);
  const old = {
    minVersion: 'TLSv1.1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  } as const;
  assert.equal((await usual.visit(undefined, old)).outcome, 'failed');
});

test('cipher-suites bounds what TLS 1.2 uses, and leaves TLS 1.3 as it is', async (context) => {
  const suite = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
  const port = await clientPort(context, ...SERVED, '--cipher-suites', suite);
  const at12 = { maxVersion: 'TLSv1.2' } as const;
  assert.equal((await port.visit(undefined, at12)).cipher, suite);
  const other = { ...at12, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' };
  assert.equal((await port.visit(undefined, other)).outcome, 'failed');
  assert.equal((await port.visit()).protocol, 'TLSv1.3');
});

test('members are let in from where their certificate says that they are', async (context) => {
  const elsewhere = await directory.issue('elsewhere', authority, {
    dnsNames: [],
    ipAddresses: ['10.1.2.3'],
  });
  const named = await directory.issue('named', authority, {
    dnsNames: ['localhost'],
    ipAddresses: [],
  });
  const nowhere = await directory.issue('nowhere', authority, {
    dnsNames: ['nowhere.invalid'],
    ipAddresses: [],
  });
  const nameless = await directory.issue('nameless', authority, { dnsNames: [], ipAddresses: [] });
  const port = await peerPort(context);
  for (const files of [bob, named, nameless])
    assert.equal((await port.visit(files)).outcome, 'served');
  for (const files of [elsewhere, nowhere])
    assert.equal((await port.visit(files)).outcome, 'closed');
  const skipping = await peerPort(context, '--peer-skip-client-san-verification');
  for (const files of [elsewhere, nowhere])
    assert.equal((await skipping.visit(files)).outcome, 'served');
});

test('the rules of the peer port are its own', async (context) => {
  const byName = await peerPort(context, '--peer-cert-allowed-cn', 'bob');
  assert.equal((await byName.visit(bob)).outcome, 'served');
  assert.equal((await byName.visit(server)).outcome, 'closed');
  const byHost = await peerPort(context, '--peer-cert-allowed-hostname', 'bob.example');
  assert.equal((await byHost.visit(bob)).outcome, 'served');
  assert.equal((await byHost.visit(server)).outcome, 'closed');
  const crl = directory.write('peer-crl', await authority.revoke([bob]));
  const byList = await peerPort(context, '--peer-crl-file', crl);
  assert.equal((await byList.visit(bob)).outcome, 'closed');
  assert.equal((await byList.visit(server)).outcome, 'served');
});

test('what members are asked of when they dial is asked of those who are dialled', async (context) => {
  const port = await peerPort(context);
  const dial = async (...flags: string[]): Promise<string> => {
    const { peer } = await openSecurity([...PEER, ...flags]);
    const { rejectUnauthorized, ...options } = peer.dial();
    assert.equal(rejectUnauthorized, true);
    const { outcome, code } = await port.visit(undefined, { ...options, rejectUnauthorized });
    return code ?? outcome;
  };
  assert.equal(await dial(), 'served');
  assert.equal(await dial('--peer-cert-allowed-cn', 'server'), 'served');
  assert.match(
    await dial('--peer-cert-allowed-cn', 'bob'),
    /common name "server" is not one of bob/,
  );
  const crl = directory.write('server-crl', await authority.revoke([server]));
  assert.match(await dial('--peer-crl-file', crl), /revoked/);
  const own = ['--peer-client-cert-file', bob.cert, '--peer-client-key-file', bob.key];
  assert.equal(await dial(...own), 'served');
});

test('auto-tls makes a certificate, keeps it for the next start, and makes a new one when it has expired', async (context) => {
  const dataDirectory = join(directory.path, 'data');
  mkdirSync(dataDirectory);
  const [cert, key] = ['cert.pem', 'key.pem'].map((file) =>
    join(dataDirectory, 'fixtures/client', file),
  );
  const start = async (): Promise<SecurePort> => {
    const { client } = await openSecurity([...HTTPS, '--auto-tls'], { dataDirectory });
    return SecurePort.open(context, client);
  };
  const first = (await (await start()).visit()).server;
  assert.equal(first?.subjectaltname, 'IP Address:127.0.0.1');
  assert.equal(statSync(key ?? '').mode & 0o777, 0o600);
  const years = (new Date(first.valid_to).getTime() - Date.now()) / (365 * 86_400_000);
  assert.ok(Math.abs(years - 1) < 0.01);
  assert.equal((await (await start()).visit()).server?.serialNumber, first.serialNumber);

  const expired = await foreign.issue({ notBefore: new Date(0), notAfter: new Date(1000) });
  writeFileSync(cert ?? '', expired.cert);
  writeFileSync(key ?? '', expired.key);
  const renewed = (await (await start()).visit()).server;
  assert.notEqual(renewed?.serialNumber, first.serialNumber);
  assert.ok(new Date(renewed?.valid_to ?? 0).getTime() > Date.now());
});

test('peer-auto-tls serves and dials without knowing who is there, for as long as is said', async (context) => {
  const dataDirectory = join(directory.path, 'peer-data');
  mkdirSync(dataDirectory);
  const flags = [
    '--listen-peer-urls',
    'https://127.0.0.1:2380',
    '--peer-auto-tls',
    '--self-signed-cert-validity',
    '3',
  ];
  const { peer } = await openSecurity(flags, { dataDirectory });
  const port = await SecurePort.open(context, peer);
  const { outcome, server: shown } = await port.visit(undefined, peer.dial());
  assert.equal(outcome, 'served');
  assert.equal(
    new Date(shown?.valid_to ?? 0).getFullYear(),
    new Date(Date.now() + 3 * 365 * 86_400_000).getFullYear(),
  );
  assert.match(readFileSync(join(dataDirectory, 'fixtures/peer/key.pem'), 'utf8'), /PRIVATE KEY/);
});

test('a key that others may read is told of', async () => {
  const pair = await directory.issue('open', authority);
  chmodSync(pair.key, 0o644);
  const { log, lines } = recordingLog();
  await openSecurity([...HTTPS, '--cert-file', pair.cert, '--key-file', pair.key], { log });
  const line = lines.find(({ message }) => message.includes('can be used by others'));
  assert.equal(line?.level, 'warn');
  assert.deepEqual(line.fields, { file: pair.key, mode: '0644', remedy: `chmod 0600 ${pair.key}` });
});

test('a member dials the others from the address that it advertises, if that is wanted', async () => {
  const pair = ['--peer-cert-file', server.cert, '--peer-key-file', server.key];
  const from = async (urls: string, ...gates: string[]): Promise<string | undefined> => {
    const advertised = ['--initial-advertise-peer-urls', urls];
    const { peer, client } = await openSecurity([...pair, ...advertised, ...gates]);
    assert.equal(client.dial().localAddress, undefined);
    return peer.dial().localAddress;
  };
  const gate = '--feature-gates=SetMemberLocalAddr=true';
  const urls = 'https://a.b:1,https://127.0.0.1:2,https://[fd00::1]:3,https://10.0.0.1:4';
  assert.equal(await from(urls, gate), 'fd00::1');
  assert.equal(
    await from('https://127.0.0.1:1,https://[::1]:2,https://0.0.0.0:3', gate),
    undefined,
  );
  assert.equal(await from(urls), undefined);
  assert.equal(await from(urls, '--feature-gates=SetMemberLocalAddr=false'), undefined);
});

test('refused: files that are not there, not what they should be, or not of one another', async () => {
  assert.match(
    await refusal(...HTTPS),
    /^TLS key\/cert \(--cert-file, --key-file\) must be provided for client url https:\/\/127\.0\.0\.1:2379 with HTTPS scheme/,
  );
  assert.match(
    await refusal('--listen-peer-urls', 'https://127.0.0.1:2380'),
    /^TLS key\/cert \(--peer-cert-file, --peer-key-file\) must be provided for peer url/,
  );
  assert.match(
    await refusal('--listen-metrics-urls', 'https://127.0.0.1:2381'),
    /^client TLS key\/cert \(--cert-file, --key-file\) must be provided for metrics secure url https:\/\/127\.0\.0\.1:2381/,
  );
  assert.match(
    await refusal(...HTTPS, '--cert-file', server.cert),
    /^--cert-file .*server\.pem and --key-file belong together: --key-file is missing$/,
  );
  assert.match(
    await refusal(...SERVED, '--trusted-ca-file', '/nowhere/ca.pem'),
    /^--trusted-ca-file \/nowhere\/ca\.pem cannot be read: ENOENT/,
  );
  assert.match(
    await refusal(...HTTPS, '--cert-file', server.cert, '--key-file', alice.key),
    /^--key-file .*alice\.key is not the key of the certificate --cert-file .*server\.pem/,
  );
  assert.match(
    await refusal(...HTTPS, '--cert-file', server.key, '--key-file', server.cert),
    /^--cert-file .*server\.key holds no certificate; expected PEM/,
  );
  assert.match(
    await refusal(...MUTUAL, '--client-crl-file', ca),
    /^--client-crl-file .*ca\.pem is no certificate revocation list: no revocation list in it/,
  );
  assert.match(
    await refusal(...SERVED, '--client-cert-file', alice.cert),
    /^--client-cert-file .* and --client-key-file belong together/,
  );
});

test('refused: what does not fit together', () => {
  const refused = (...flags: string[]): string => {
    try {
      configure(flags, {});
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };
  assert.match(
    refused('--cipher-suites', 'TLS_RSA_WITH_AES_128_GCM_SHA256,NO_SUCH'),
    /for flag -cipher-suites: unexpected TLS cipher suite "NO_SUCH"; known are TLS_ECDHE_ECDSA/,
  );
  assert.match(
    refused('--cipher-suites', 'TLS_RSA_WITH_RC4_128_SHA'),
    /is broken, and not available here/,
  );
  assert.match(
    refused('--tls-min-version', 'TLS1.3', '--cipher-suites', 'TLS_AES_128_GCM_SHA256'),
    /^cipher suites cannot be configured when only TLS1\.3 is enabled/,
  );
  assert.match(
    refused('--tls-min-version', 'TLS1.3', '--tls-max-version', 'TLS1.2'),
    /^min version \(TLS1\.3\) is greater than max version \(TLS1\.2\)/,
  );
  assert.match(
    refused('--tls-min-version', 'SSL3'),
    /unexpected TLS version "SSL3" \(must be one of: TLS1\.2, TLS1\.3\)/,
  );
  assert.match(
    refused('--peer-cert-allowed-cn', 'a', '--peer-cert-allowed-hostname', 'b'),
    /^AllowedCNs and AllowedHostnames are mutually exclusive/,
  );
  assert.match(refused('--self-signed-cert-validity', '0'), /from 1 to 100/);
});

test('what is taken and does not do what one may think is warned about, as etcd does', () => {
  const warnings = (...flags: string[]): string => {
    const command = configure(flags, {});
    return command.kind === 'run' ? command.warnings.join('\n') : '';
  };
  const files = ['--cert-file', 'c', '--key-file', 'k'];
  assert.match(warnings(...files), /scheme is http or unix while key and cert files are present/);
  assert.match(
    warnings('--client-cert-auth'),
    /ignoring client cert auth for http:\/\/localhost:2379/,
  );
  assert.match(
    warnings('--peer-client-cert-auth'),
    /scheme is HTTP while --peer-client-cert-auth is enabled/,
  );
  assert.match(
    warnings(...HTTPS, ...files, '--auto-tls'),
    /ignoring client auto TLS since certs given/,
  );
  assert.match(
    warnings(...HTTPS, ...files, '--client-cert-allowed-cn', 'a'),
    /--client-cert-allowed-cn keeps nobody out/,
  );
  assert.equal(warnings(...MUTUAL, '--client-cert-allowed-cn', 'a'), '');
});

test('every flag that docs/security.md names is one', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/security.md'), 'utf8');
  const named = [...text.matchAll(/--([a-z][a-z-]+[a-z])\b(?!-\*)/g)].map(([, name = '']) => name);
  const ofEtcdctl = ['endpoints', 'cacert', 'cert', 'key'];
  const ofOthers = [...ofEtcdctl, 'health-check-networks', 'trusted-proxies'];
  assert.ok(named.length > 30);
  assert.deepEqual(
    named.filter((name) => flagNamed(name) === undefined && !ofOthers.includes(name)),
    [],
  );
});
