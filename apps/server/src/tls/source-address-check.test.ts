import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { CertificateAuthority, type CertificateRequest } from '@concord/testing/certificates';
import { namesOf } from './certificate-names.ts';
import { checkSourceAddress, type NameService } from './source-address-check.ts';

const authority = await CertificateAuthority.create();

const certificateOf = async (request: CertificateRequest): Promise<X509Certificate> =>
  new X509Certificate((await authority.issue(request)).cert);

/** 10.0.0.7 is m7.example and members.example. */
const names: NameService = {
  names: (address) =>
    address === '10.0.0.7'
      ? Promise.resolve(['m7.example.'])
      : Promise.reject(new Error('no name')),
  addresses: (name) =>
    name === 'members.example'
      ? Promise.resolve(['10.0.0.6', '10.0.0.7'])
      : Promise.reject(new Error('no address')),
};

const cases: readonly [string, CertificateRequest, string, RegExp | undefined][] = [
  ['its IP', { ipAddresses: ['10.0.0.7'], dnsNames: [] }, '10.0.0.7', undefined],
  [
    'its IP, heard on a port for both families',
    { ipAddresses: ['10.0.0.7'], dnsNames: [] },
    '::ffff:10.0.0.7',
    undefined,
  ],
  ['its IPv6', { ipAddresses: ['fd00::7'], dnsNames: [] }, 'fd00:0::7', undefined],
  [
    'another IP',
    { ipAddresses: ['10.0.0.8'], dnsNames: [] },
    '10.0.0.7',
    /^x509: certificate is valid for 10\.0\.0\.8, not 10\.0\.0\.7$/,
  ],
  [
    'a name that its address has',
    { ipAddresses: [], dnsNames: ['m7.example'] },
    '10.0.0.7',
    undefined,
  ],
  [
    'a pattern that its name matches',
    { ipAddresses: [], dnsNames: ['*.example'] },
    '10.0.0.7',
    undefined,
  ],
  [
    'a name that leads to its address',
    { ipAddresses: [], dnsNames: ['members.example'] },
    '10.0.0.7',
    undefined,
  ],
  [
    'another IP, and a name that leads to its own',
    { ipAddresses: ['10.0.0.8'], dnsNames: ['members.example'] },
    '10.0.0.7',
    undefined,
  ],
  [
    'a name that leads elsewhere',
    { ipAddresses: [], dnsNames: ['members.example'] },
    '10.0.0.9',
    /^tls: "10\.0\.0\.9" does not match any of DNSNames \["members\.example"\]/,
  ],
  [
    'a name that leads nowhere',
    { ipAddresses: [], dnsNames: ['gone.example'] },
    '10.0.0.7',
    /\(no address\)$/,
  ],
  ['no host at all', { ipAddresses: [], dnsNames: [] }, '10.0.0.7', undefined],
];

for (const [what, request, address, expected] of cases) {
  const verdict = expected === undefined ? 'let in' : 'refused';
  test(`a client with a certificate for ${what} is ${verdict}`, async () => {
    const reason = await checkSourceAddress(await certificateOf(request), address, names);
    if (expected === undefined) assert.equal(reason, undefined);
    else assert.match(reason ?? '', expected);
  });
}

test('a name that holds what separates names is one name', async () => {
  const certificate = await certificateOf({
    dnsNames: ['evil, DNS:good.example'],
    ipAddresses: [],
  });
  assert.equal(namesOf(certificate).dnsNames.includes('good.example'), false);
  assert.equal(namesOf(certificate).dnsNames.length, 1);
});

test('of a subject the common name is told, or that there is none', async () => {
  assert.equal(namesOf(await certificateOf({ commonName: 'alice' })).commonName, 'alice');
  assert.equal(namesOf(await certificateOf({ commonName: '' })).commonName, '');
});
