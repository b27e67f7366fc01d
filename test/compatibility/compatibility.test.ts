/**
 * Goal: docs/compatibility.md cannot drift. Method: its rows are held against what there is (the methods of the
 * protocol, the routes of the gateway, the flags, the metrics and calls of a running member), and every test that a row
 * names is looked for in the source of the file that it names.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import * as protocol from '@concord/protocol';
import { flags } from '../../apps/server/src/config/flags.ts';
import { GATEWAY_ROUTES } from '../../apps/server/src/http/gateway/routes.ts';
import { concord } from '../conformance/harness/backend.ts';
import { Server } from '../conformance/harness/server.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { compatibilityDocument, documentPath, sections } from './document.ts';
import type { Row } from './row.ts';
import { ETCD_DEFAULTS, flagRows, OWN_FLAGS } from './surface/flags.ts';
import { GATEWAY_PATHS } from './surface/gateway-paths.ts';
import {
  BETWEEN_MEMBERS,
  metricRows,
  OCCASIONAL,
  OF_PEERS,
  OF_SNAPSHOTS,
} from './surface/metrics.ts';
import { rpcRows } from './surface/rpcs.ts';
import { isAmong, sourceOf, titlesOf } from './test-titles.ts';

/** How tests say what they do not call by its name. */
const OTHERWISE_SAID: Readonly<Record<string, string>> = {
  LeaseKeepAlive: 'keepAlive(',
  MemberAdd: 'member add',
  MemberRemove: 'member remove',
  MemberUpdate: 'member update',
};

/** Flags that are shown by a test of the part that they are handed to, or by a document that a test executes. */
const SHOWN_BEHIND = new Set([
  'auth-token-ttl',
  'discovery-keepalive-time',
  'discovery-keepalive-timeout',
  'discovery-request-timeout',
  'experimental-…',
  'force-new-cluster',
  'grpc-keepalive-timeout',
  'snapshot-catchup-entries',
  'strict-reconfig-check',
  'warning-apply-duration',
  'warning-unary-request-duration',
]);

const rows: readonly Row[] = sections.flatMap((section) => section.rows);
const namesOf = (list: readonly Row[]): string[] => list.map(({ name }) => name).sort();

test('docs/compatibility.md is what the tables say; write it anew with `document.ts`', () => {
  assert.equal(readFileSync(documentPath, 'utf8'), compatibilityDocument());
});

test('every test that is named exists', () => {
  for (const { name, proofs } of rows) {
    for (const { file, title } of proofs) {
      const titles = titlesOf(file);
      assert.ok(titles !== undefined, `${name}: there is no ${file}`);
      assert.ok(isAmong(titles, title), `${name}: ${file} has no test "${title}"`);
    }
  }
});

test('a test that shows an RPC or a flag speaks of it', () => {
  const isSaid = ({ proofs }: Row, words: readonly string[]): boolean =>
    proofs.some(({ file }) => words.some((word) => sourceOf(file).includes(word)));
  for (const row of rpcRows) {
    const method = row.name.slice(row.name.indexOf('/') + 1);
    assert.ok(isSaid(row, [method, OTHERWISE_SAID[method] ?? method]), row.name);
  }
  for (const row of flagRows) {
    if (row.stand === 'idle' || SHOWN_BEHIND.has(row.name)) continue;
    const variable = row.name.toUpperCase().replaceAll('-', '_');
    assert.ok(isSaid(row, [row.name, variable]), `--${row.name}`);
  }
});

test('what is there is shown by a test, and what is not the same says why', () => {
  for (const { name, stand, note, proofs } of rows) {
    if (stand !== 'absent') assert.notEqual(proofs.length, 0, `${name} is shown by no test`);
    if (stand !== 'same') assert.notEqual(note, '', `${name} does not say why`);
  }
});

test('no name has two rows of one kind', () => {
  for (const section of sections) {
    const names = namesOf(section.rows);
    assert.deepEqual(names, [...new Set(names)], section.title);
  }
});

test('every RPC of the protocol has a row, and every row is an RPC', () => {
  const described = Object.values<unknown>({ ...protocol })
    .filter(isService)
    .flatMap(({ methods }) => Object.values(methods).map(({ path }) => path.slice(1)))
    // What members say to each other.
    .filter((path) => !path.startsWith('concord'));
  const older = 'grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';
  assert.ok(described.length > 50, 'the services were found');
  assert.deepEqual(namesOf(rpcRows), [...new Set([...described, older])].sort());
});

test("the gateway's routes are etcd's", () => {
  const routes = [...GATEWAY_ROUTES].map(([path, { path: rpc }]) => [path, rpc.slice(1)]);
  assert.deepEqual(Object.fromEntries(routes), { ...GATEWAY_PATHS });
});

test('every flag has a row, and one whose default differs says so', () => {
  const own = namesOf(OWN_FLAGS);
  for (const [name, { initial }] of Object.entries(flags)) {
    if (own.includes(name)) continue;
    const row = flagRows.find((candidate) => candidate.name === name);
    assert.ok(row !== undefined, `--${name} has no row`);
    const theirs = ETCD_DEFAULTS.get(name);
    if (!isSameDefault(name, initial, theirs)) {
      assert.equal(row.stand, 'differs', `--${name} is ${initial} and ${theirs} in etcd`);
    }
  }
});

describe('a running member', () => {
  let member: Server;
  let client: WireClient;
  before(async () => {
    const backend = concord();
    assert.ok(backend !== undefined, 'CONCORD_SERVER can be executed');
    member = await Server.start(backend, { flags: ['--metrics=extensive'] });
    client = new WireClient(member.endpoint);
  });
  after(async () => {
    client.close();
    await member.stop();
  });

  test('serves every RPC that has a row', async () => {
    for (const { name } of rpcRows) {
      // A message that nothing reads: whoever knows the method refuses it, and nobody waits.
      const outcome = await client.rawCall(`/${name}`, Buffer.from([0x0a, 0xff]), {
        deadlineMs: 5000,
      });
      assert.ok('code' in outcome, name);
      assert.notEqual(outcome.code, protocol.StatusCode.UNIMPLEMENTED, name);
    }
  });

  test('has a row for each of its metrics, and shows what has one', async () => {
    const text = await (await fetch(`http://${member.endpoint}/metrics`)).text();
    const shown = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);
    const known = metricRows.filter(({ stand }) => stand !== 'absent').map(({ name }) => name);
    const ofEtcd = shown.filter((name) => /^(etcd|grpc|os)_/.test(name));
    assert.deepEqual(
      ofEtcd.filter((name) => !known.includes(name)),
      [],
    );
    const later = [...OF_PEERS, ...BETWEEN_MEMBERS, ...OF_SNAPSHOTS, ...OCCASIONAL];
    assert.deepEqual(
      known.filter((name) => !shown.includes(name) && !later.includes(name)),
      [],
    );
  });
});

function isService(value: unknown): value is protocol.ServiceDescriptor {
  return typeof value === 'object' && value !== null && 'name' in value && 'methods' in value;
}

/** What is made of other flags or of 0 is not written the same way. */
const COMPUTED = new Set([
  'data-dir',
  'initial-cluster',
  'watch-progress-notify-interval',
  'version',
  'help',
]);

const isSameDefault = (name: string, ours: string, theirs: string | undefined): boolean =>
  COMPUTED.has(name) || ours === theirs;
