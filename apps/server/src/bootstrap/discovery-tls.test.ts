/** The cluster where members meet, behind TLS that asks for certificates. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { GrpcServer } from '@concord/grpc-server';
import { encode, KV, RangeResponse } from '@concord/protocol';
import { CertificateAuthority } from '@concord/testing/certificates';
import { configure, type Configuration } from '../config/configuration.ts';
import { CertificateDirectory } from '../tls/harness/certificate-directory.ts';
import { connectToDiscovery } from './discovery-service.ts';

const directory = new CertificateDirectory();
const authority = await CertificateAuthority.create();
const served = await directory.issue('server', authority);
const own = await directory.issue('own', authority);
const foreign = await directory.issue('foreign', await CertificateAuthority.create());
const ca = directory.write('ca.pem', authority.certificate);
const shown: (string | undefined)[] = [];
const server = new GrpcServer(
  new Map([
    [
      KV.methods.range.path,
      {
        kind: 'unary',
        handle: (_request, call) => {
          shown.push(call.tlsPeerCertificate?.subject.CN as string | undefined);
          call.respond(encode(RangeResponse, RangeResponse.create({})));
        },
      },
    ],
  ]),
  {
    tls: {
      cert: readFileSync(served.cert),
      key: readFileSync(served.key),
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    },
  },
);
const bound = await server.listen({ host: '127.0.0.1', port: 0 });
const endpoint = `127.0.0.1:${typeof bound === 'string' ? 0 : bound.port}`;
after(async () => {
  await server.close(0);
  directory[Symbol.dispose]();
});

/** What a key holds there, asked with these flags. */
async function ask(...flags: string[]): Promise<string | undefined> {
  const there = ['--discovery-endpoints', endpoint, '--discovery-token', 't'];
  const { values } = configure([...there, ...flags], {}) as Configuration;
  const service = connectToDiscovery(values);
  try {
    return await service.get('/key');
  } finally {
    service.close();
  }
}

test('with its certificates a member meets the others there', async () => {
  const flags = ['--discovery-cert', own.cert, '--discovery-key', own.key];
  assert.equal(await ask(...flags, '--discovery-cacert', ca), undefined);
  assert.deepEqual(shown, ['own']);
  // For tests one may not ask who is there.
  assert.equal(await ask(...flags, '--discovery-insecure-skip-tls-verify'), undefined);
});

test('refused: an endpoint that nobody vouches for, and a member that nobody vouches for', async () => {
  const flags = ['--discovery-cert', own.cert, '--discovery-key', own.key];
  await assert.rejects(ask(...flags), { message: /certificate/ });
  await assert.rejects(ask('--discovery-cacert', ca), { message: /cannot connect to/ });
  const others = ['--discovery-cert', foreign.cert, '--discovery-key', foreign.key];
  await assert.rejects(ask(...others, '--discovery-cacert', ca));
});

test('refused: half of a pair, and a file that is not there', async () => {
  await assert.rejects(ask('--discovery-cert', own.cert), {
    message: /--discovery-key is missing/,
  });
  await assert.rejects(ask('--discovery-cacert', '/nowhere.pem'), {
    message: /^--discovery-cacert \/nowhere\.pem: ENOENT/,
  });
});
