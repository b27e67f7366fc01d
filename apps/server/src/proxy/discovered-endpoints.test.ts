import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Resolver, SrvRecord } from '../bootstrap/resolver.ts';
import { createLog } from '../log.ts';
import { discoverEndpoints } from './discovered-endpoints.ts';

const log = createLog({ level: 'fatal', format: 'json', outputs: ['stderr'] });

/** Answers these records, by the name that is asked for. */
const resolver = (zone: Readonly<Record<string, readonly SrvRecord[]>>): Resolver => ({
  address: () => Promise.reject(new Error('nobody asks')),
  services: (name) => {
    const records = zone[name];
    return records === undefined
      ? Promise.reject(new Error(`querySrv ENOTFOUND ${name}`))
      : Promise.resolve(records);
  },
});

const record = (host: string, port: number): SrvRecord => ({ host, port, priority: 1, weight: 2 });
const request = { domain: 'example.com', serviceName: '', isInsecure: false, caFile: '' };

test('endpoints with TLS come first, with priority and weight, and without the dot of DNS', async () => {
  const zone = {
    '_etcd-client-ssl-prod._tcp.example.com': [record('a.example.com.', 1)],
    '_etcd-client-prod._tcp.example.com': [record('b.example.com.', 2)],
  };
  const asked = { ...request, serviceName: 'prod', isInsecure: true };
  assert.deepEqual(await discoverEndpoints(asked, resolver(zone), log), [
    { host: 'a.example.com', port: 1, priority: 1, weight: 2, url: 'https://a.example.com:1' },
    { host: 'b.example.com', port: 2, priority: 1, weight: 2, url: 'http://b.example.com:2' },
  ]);
});

test('unless it is insecure, an endpoint counts with TLS and when it can be reached', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const zone = {
    '_etcd-client-ssl._tcp.example.com': [record('127.0.0.1', port), record('127.0.0.1', 1)],
    '_etcd-client._tcp.example.com': [record('127.0.0.1', port)],
  };
  const found = await discoverEndpoints(request, resolver(zone), log);
  assert.deepEqual(
    found.map(({ url }) => url),
    [`https://127.0.0.1:${port}`],
  );
  server.close();
});

test('refused: a domain without records, and one without an endpoint that counts', async () => {
  await assert.rejects(discoverEndpoints(request, resolver({}), log), {
    message: /^--discovery-srv example\.com: dns lookup errors: .*ENOTFOUND.*--endpoints$/,
  });
  const zone = { '_etcd-client._tcp.example.com': [record('127.0.0.1', 2)] };
  await assert.rejects(discoverEndpoints(request, resolver(zone), log), {
    message: /"http:\/\/127\.0\.0\.1:2" is insecure; take .* --insecure-discovery/,
  });
});
