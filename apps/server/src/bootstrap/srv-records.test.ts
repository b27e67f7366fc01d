/** DNS bootstrap against a real name server: a small one, on loopback, that answers what a test tells it. */
import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { Resolver as DnsResolver } from 'node:dns/promises';
import { after, before, test } from 'node:test';
import { configure, type Configuration } from '../config/configuration.ts';
import { formatInitialCluster } from '../config/initial-cluster.ts';
import { bootstrap, type Bootstrap } from './bootstrap.ts';
import type { Resolver } from './resolver.ts';
import { lookUpMembers } from './srv-records.ts';

const TYPE_A = 1;
const TYPE_SRV = 33;
const NAME_ERROR = 3;

/** `host:port` of each record, by service. */
let services: Readonly<Record<string, readonly string[]>> = {};
let addresses: Readonly<Record<string, string>> = {};

const nameServer: Socket = createSocket('udp4');
let resolver: Resolver;
before(async () => {
  nameServer.on('message', (query, { port, address }) =>
    nameServer.send(answerTo(query), port, address),
  );
  await new Promise<void>((resolve) => nameServer.bind(0, '127.0.0.1', resolve));
  const dns = new DnsResolver();
  dns.setServers([`127.0.0.1:${nameServer.address().port}`]);
  resolver = {
    address: async (host) => {
      const [first] = await dns.resolve4(host);
      if (first === undefined) throw new Error(`no address of ${host}`);
      return first;
    },
    services: async (name) =>
      (await dns.resolveSrv(name)).map((record) => ({ ...record, host: record.name })),
  };
});
after(() => nameServer.close());

function answerTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const records = recordsOf(labels.join('.'), query.readUInt16BE(at + 1));
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (records.length === 0 ? NAME_ERROR : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

function recordsOf(name: string, type: number): Buffer[] {
  const record = (data: Buffer): Buffer => {
    const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
    return Buffer.concat([head, data]);
  };
  const address = addresses[name];
  if (type === TYPE_A && address !== undefined) {
    return [record(Buffer.from(address.split('.').map(Number)))];
  }
  if (type !== TYPE_SRV) return [];
  return (services[name] ?? []).map((target) => {
    const [host = '', port = ''] = target.split(':');
    const data = Buffer.alloc(6);
    data.writeUInt16BE(Number(port), 4);
    const labels = host
      .split('.')
      .map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`));
    return record(Buffer.concat([data, ...labels, Buffer.of(0)]));
  });
}

const flags = (name: string, ownUrl: string, ...more: string[]): Configuration =>
  configure(
    [
      '--name',
      name,
      '--initial-advertise-peer-urls',
      ownUrl,
      '--discovery-srv',
      'example.test',
      ...more,
    ],
    {},
  ) as Configuration;

const look = async (...args: Parameters<typeof flags>): Promise<string> =>
  formatInitialCluster(await lookUpMembers(flags(...args).values, resolver));

const threeHosts = {
  'a.example.test': '10.0.0.1',
  'b.example.test': '10.0.0.2',
  'c.example.test': '10.0.0.3',
};
const threeTargets = ['b.example.test:2380', 'a.example.test:2380', 'c.example.test:2380'];

test('the own record is the one that resolves to what this member advertises', async () => {
  addresses = threeHosts;
  services = { '_etcd-server._tcp.example.test': threeTargets };
  const expected =
    '0=http://a.example.test:2380,1=http://c.example.test:2380,b=http://b.example.test:2380';
  assert.equal(await look('b', 'http://b.example.test:2380'), expected);
  assert.equal(await look('b', 'http://10.0.0.2:2380'), expected);
});

test('services with TLS are looked up too, and a name can be added to both', async () => {
  addresses = threeHosts;
  services = {
    '_etcd-server-ssl-blue._tcp.example.test': ['a.example.test:1'],
    '_etcd-server-blue._tcp.example.test': ['b.example.test:2'],
  };
  assert.equal(
    await look('a', 'https://a.example.test:1', '--discovery-srv-name', 'blue'),
    '0=http://b.example.test:2,a=https://a.example.test:1',
  );
});

test('a member whose name is a number keeps it to itself', async () => {
  addresses = threeHosts;
  services = { '_etcd-server._tcp.example.test': threeTargets };
  assert.equal(
    await look('0', 'http://c.example.test:2380'),
    '0=http://c.example.test:2380,1=http://a.example.test:2380,2=http://b.example.test:2380',
  );
});

test('refused: DNS lists nobody', async () => {
  services = {};
  await assert.rejects(look('a', 'http://10.0.0.1:1'), {
    message:
      /^error querying DNS SRV records for _etcd-server-ssl querySrv ENOTFOUND .*; error querying DNS SRV records for _etcd-server querySrv ENOTFOUND .*; publish a record for each member/,
  });
});

test('refused: DNS does not list this member', async () => {
  addresses = threeHosts;
  services = { '_etcd-server._tcp.example.test': ['a.example.test:2380'] };
  await assert.rejects(look('x', 'http://10.0.0.9:2380'), {
    message:
      'cannot find local etcd member "x" in SRV records; they list http://a.example.test:2380 (10.0.0.1:2380), ' +
      'and this member advertises http://10.0.0.9:2380 (10.0.0.9:2380): start it with one of these as ' +
      '--initial-advertise-peer-urls',
  });
});

test('refused: DNS lists this member without TLS, and it advertises TLS', async () => {
  addresses = threeHosts;
  services = { '_etcd-server._tcp.example.test': ['a.example.test:2380'] };
  await assert.rejects(look('a', 'https://a.example.test:2380'), {
    message:
      /bootstrap at http:\/\/a\.example\.test:2380 from DNS for _etcd-server\._tcp\.example\.test has scheme mismatch with expected peer https:\/\/a\.example\.test:2380/,
  });
});

test('refused: this member advertises a name that DNS does not know', async () => {
  services = { '_etcd-server._tcp.example.test': ['a.example.test:2380'] };
  await assert.rejects(look('a', 'http://gone.example.test:1'), {
    message:
      /^error querying DNS SRV records for _etcd-server-ssl queryA ENOTFOUND gone\.example\.test/,
  });
});

test('every member computes the same cluster from DNS, in which nobody has a name yet', async () => {
  // Nobody listens there, and loopback says so at once.
  addresses = { 'a.example.test': '127.0.0.1', 'b.example.test': '127.0.0.1' };
  services = { '_etcd-server._tcp.example.test': ['a.example.test:1', 'b.example.test:2'] };
  const start = (name: string, url: string): Promise<Bootstrap> =>
    bootstrap(flags(name, url), {
      log: { info: () => undefined, warn: () => undefined },
      resolver,
    });
  const a = await start('a', 'http://127.0.0.1:1');
  const b = await start('b', 'http://b.example.test:2');
  assert.equal(a.kind, 'new');
  assert.deepEqual(a.members, b.members);
  assert.equal(a.identity.clusterId, b.identity.clusterId);
  assert.notEqual(a.identity.memberId, b.identity.memberId);
  assert.deepEqual(a.members.map(({ name, peerUrls }) => [name, peerUrls[0]]).sort(), [
    ['', 'http://a.example.test:1'],
    ['', 'http://b.example.test:2'],
  ]);
});
