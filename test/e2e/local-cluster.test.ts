/** What `npm start` makes of its flags and of what the data directory holds. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { configure } from '../../apps/server/src/config/configuration.ts';
import {
  membersToStart,
  parseStartOptions,
  readHeldCluster,
  recordCluster,
} from '../../bin/local-cluster.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-start-'));
after(() => rmSync(directory, { recursive: true }));

const planned = (...args: string[]): ReturnType<typeof membersToStart> =>
  membersToStart(parseStartOptions(args), undefined);

test('one member keeps its data in the directory itself, at the usual ports', () => {
  assert.deepEqual(planned(), [
    {
      name: 'default',
      clientUrl: 'http://127.0.0.1:2379',
      dataDirectory: './.concord',
      flags: [
        ...['--name', 'default', '--data-dir', './.concord'],
        ...['--listen-client-urls', 'http://127.0.0.1:2379'],
        ...['--advertise-client-urls', 'http://127.0.0.1:2379'],
        ...['--listen-peer-urls', 'http://127.0.0.1:2380'],
        ...['--initial-advertise-peer-urls', 'http://127.0.0.1:2380'],
        ...['--initial-cluster', 'default=http://127.0.0.1:2380', '--log-format', 'console'],
        '--enable-v2',
      ],
    },
  ]);
});

test('three members get directories and pairs of ports of their own, and flags that agree', () => {
  const members = planned('--members', '3', '--client-port', '4001', '--data-dir', 'd');
  assert.deepEqual(
    members.map(({ name, clientUrl, dataDirectory }) => [name, clientUrl, dataDirectory]),
    [
      ['m1', 'http://127.0.0.1:4001', join('d', 'm1')],
      ['m2', 'http://127.0.0.1:4003', join('d', 'm2')],
      ['m3', 'http://127.0.0.1:4005', join('d', 'm3')],
    ],
  );
  const lists = members.map(({ flags }) => {
    const command = configure(flags, {});
    assert.equal(command.kind, 'run');
    return command.initialCluster;
  });
  assert.deepEqual(lists[0], [
    { name: 'm1', peerUrl: 'http://127.0.0.1:4002' },
    { name: 'm2', peerUrl: 'http://127.0.0.1:4004' },
    { name: 'm3', peerUrl: 'http://127.0.0.1:4006' },
  ]);
  assert.deepEqual(lists[1], lists[0]);
});

test('a second start goes on with the cluster that the directory holds', () => {
  const place = join(directory, 'three');
  assert.equal(readHeldCluster(place), undefined);
  const first = planned('--members', '3', '--client-port', '4001', '--data-dir', place);
  recordCluster(place, first);
  assert.equal(readHeldCluster(place), undefined, 'nothing was stored yet');
  mkdirSync(join(place, 'm1', 'member'), { recursive: true });
  const held = readHeldCluster(place);
  assert.deepEqual(held, { members: 3, clientPort: 4001 });
  for (const again of [[], ['--members', '3'], ['--client-port', '4001']]) {
    assert.deepEqual(
      membersToStart(parseStartOptions(['--data-dir', place, ...again]), held),
      first,
    );
  }
});

test('a single member is known by its data, and may listen elsewhere', () => {
  const place = join(directory, 'one');
  mkdirSync(join(place, 'member'), { recursive: true });
  const held = readHeldCluster(place);
  assert.deepEqual(held, { members: 1 });
  const [member] = membersToStart(parseStartOptions(['--client-port', '4001']), held);
  assert.equal(member?.clientUrl, 'http://127.0.0.1:4001');
});

test('the gateway listens at the usual port, elsewhere, or not at all', () => {
  const port = (...args: string[]) => parseStartOptions(args).gatewayPort;
  assert.equal(port(), 7379);
  assert.equal(port('--gateway-port', '8000'), 8000);
  assert.equal(port('--no-gateway'), undefined);
  assert.throws(
    () => port('--gateway-port', 'x'),
    /^StartError: --gateway-port x: expected a whole/,
  );
});

const three = { members: 3, clientPort: 2379 };
const refusals: readonly (readonly [
  string,
  readonly string[],
  typeof three | undefined,
  RegExp,
])[] = [
  [
    'another number of members than there are',
    ['--members', '5'],
    three,
    /^--members 5: \.\/\.concord holds a cluster of 3 members; leave the flag out to go on with it, or give the new cluster a --data-dir of its own\. A running cluster grows by `etcdctl member add`$/,
  ],
  [
    'other ports than the members know each other at',
    ['--client-port', '4001'],
    three,
    /^--client-port 4001: the members in \.\/\.concord know each other at ports from 2379 on; leave/,
  ],
  [
    'ports beyond the last',
    ['--members', '3', '--client-port', '65531'],
    undefined,
    /^--client-port 65531: 3 members need 6 ports from there on, and the last port is 65535$/,
  ],
  [
    'no members',
    ['--members', '0'],
    undefined,
    /^--members 0: expected a whole number from 1 to 9$/,
  ],
  ['a port that is none', ['--client-port', 'x'], undefined, /^--client-port x: expected a whole/],
  ['a flag that is none', ['--memebrs', '3'], undefined, /^Unknown option '--memebrs'/],
];
for (const [what, args, held, message] of refusals) {
  test(`refused: ${what}`, () =>
    assert.throws(() => membersToStart(parseStartOptions(args), held), {
      name: 'StartError',
      message,
    }));
}

test('refused: a note in the directory that somebody has spoilt', () => {
  const place = join(directory, 'spoilt');
  mkdirSync(join(place, 'm1', 'member'), { recursive: true });
  writeFileSync(join(place, 'cluster.json'), '{}');
  assert.throws(() => readHeldCluster(place), {
    message: /cluster\.json does not say how many/,
  });
});
