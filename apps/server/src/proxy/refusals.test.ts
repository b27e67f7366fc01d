/** Goal: what cannot work is refused before anything is opened, naming flag, value and remedy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CertificateAuthority } from '@concord/testing/certificates';
import { createLog } from '../log.ts';
import { CertificateDirectory } from '../tls/harness/certificate-directory.ts';
import { readFlags } from './command-line.ts';
import { grpcProxyFlags } from './grpc/flags.ts';
import { startGrpcProxy } from './grpc/grpc-proxy.ts';
import { gatewayFlags } from './tcp/flags.ts';
import { startGateway } from './tcp/gateway.ts';

const log = createLog({ level: 'fatal', format: 'json', outputs: ['stderr'] });

async function assertRefused(kind: 'gateway' | 'grpc-proxy', flags: string[], text: RegExp) {
  const starting = async (): Promise<unknown> => {
    if (kind === 'gateway') {
      const values = readFlags(gatewayFlags, flags);
      return values === 'help' ? values : startGateway(values, log);
    }
    const values = readFlags(grpcProxyFlags, flags);
    return values === 'help' ? values : startGrpcProxy(values, log);
  };
  await assert.rejects(starting(), { name: 'ConfigurationError', message: text });
}

test('the gateway: itself as its endpoint, and endpoints that are none', async () => {
  const loop = ['--listen-addr=127.0.0.1:4711', '--endpoints=localhost:4711'];
  await assertRefused('gateway', loop, /should not resolve to the gateway listen addr/);
  await assertRefused(
    'gateway',
    ['--endpoints=nowhere'],
    /--endpoints nowhere does not have the form host:port/,
  );
  await assertRefused('gateway', ['--endpoints='], /no endpoints found: .* --endpoints/);
});

test('the gRPC proxy: a certificate with a name, half of a pair, rules without TLS', async () => {
  using directory = new CertificateDirectory();
  const { cert, key } = await directory.issue('proxy', await CertificateAuthority.create());
  const named = [`--cert=${cert}`, `--key=${key}`];
  await assertRefused(
    'grpc-proxy',
    named,
    /cert has non empty Common Name \(.*\): --cert .*without a common name/,
  );
  await assertRefused('grpc-proxy', [`--cert-file=${cert}`], /--key-file is missing/);
  await assertRefused('grpc-proxy', ['--client-cert-auth'], /takes TLS: give --cert-file/);
  await assertRefused(
    'grpc-proxy',
    ['--tls-min-version=TLS1.3', '--tls-max-version=TLS1.2'],
    /min version \(TLS1\.3\) is greater than max version/,
  );
});

test('the gRPC proxy: half of a registration, and keys that are owned for no time', async () => {
  await assertRefused(
    'grpc-proxy',
    ['--resolver-prefix=p'],
    /invalid resolver-ttl 0: with --resolver-prefix p it is a number of seconds/,
  );
  await assertRefused('grpc-proxy', ['--resolver-ttl=5'], /invalid resolver-prefix "":/);
  await assertRefused(
    'grpc-proxy',
    ['--experimental-leasing-prefix=l', '--experimental-leasing-ttl=0'],
    /invalid argument "0" for "--experimental-leasing-ttl": expected a whole number from 1 to/,
  );
});
