/** Who is let in, and what the others are told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handshakeHeaders, judge, type Verdict } from './handshake.ts';

const CLUSTER = 0xcdf8_1819_4e3a_8c32n;
const OWN = 0x8e9e_05c5_2164_694dn;
const OTHER = 0xfd42_2379_fda5_0e48n;
const REMOVED = 7n;

const own = { clusterId: CLUSTER, memberId: OWN };

/** As Node hands them in: names in lower case. */
function headersOf(clusterId: bigint, from: bigint, to: bigint, urls: readonly string[] = []) {
  const headers = handshakeHeaders({ clusterId, memberId: from }, to, urls);
  return Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v]));
}

const verdictOf = (headers: Record<string, string>): Verdict =>
  judge(headers, own, (id) => id === REMOVED);

test('a member of the cluster is welcome, known or not', () => {
  const urls = ['http://a:2380', 'http://b:2380'];
  assert.deepEqual(verdictOf(headersOf(CLUSTER, OTHER, OWN, urls)), {
    kind: 'welcome',
    from: OTHER,
    urls,
  });
});

test('others are refused with the status and the words of etcd', () => {
  const cases: readonly (readonly [Record<string, string>, number, string])[] = [
    [headersOf(1n, OTHER, OWN), 412, 'cluster ID mismatch'],
    [{}, 412, 'cluster ID mismatch'],
    [headersOf(CLUSTER, OTHER, OTHER), 412, 'to field mismatch'],
    [headersOf(CLUSTER, REMOVED, OWN), 410, 'removed member'],
    [headersOf(CLUSTER, OWN, OWN), 400, 'X-Server-From names no other member'],
    [headersOf(CLUSTER, 0n, OWN), 400, 'X-Server-From names no other member'],
    [
      { ...headersOf(CLUSTER, OTHER, OWN), 'x-server-from': '0x12' },
      400,
      'X-Server-From names no other member',
    ],
  ];
  for (const [headers, status, reason] of cases) {
    assert.deepEqual(verdictOf(headers), { kind: 'refused', status, reason });
  }
});

test('addresses too long to be meant are left out', () => {
  const urls = Array.from({ length: 200 }, (_, i) => `http://host-${i}:2380`);
  const verdict = verdictOf(headersOf(CLUSTER, OTHER, OWN, urls));
  assert.deepEqual(verdict, { kind: 'welcome', from: OTHER, urls: [] });
});
