/** What a list of members must agree with: the table of etcd's refusals and our remedies. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure, type Configuration } from '../config/configuration.ts';
import { assertDistinctUrls, assertListsOwnName, assertListsOwnUrls } from './listing.ts';
import { newCluster } from './new-cluster.ts';
import type { Resolver } from './resolver.ts';
import { UrlMatcher } from './url-match.ts';

const noDns: Resolver = {
  address: (host) => Promise.reject(new Error(`queryA ENOTFOUND ${host}`)),
  services: () => Promise.reject(new Error('no services')),
};

/** What `bootstrap` checks of a new cluster before it talks to anybody. */
async function check(args: readonly string[]): Promise<void> {
  const { values, initialCluster } = configure(args, {}) as Configuration;
  assertListsOwnName(values.name, initialCluster);
  await assertListsOwnUrls(values, initialCluster, new UrlMatcher(noDns, AbortSignal.abort()));
  assertDistinctUrls(initialCluster, 'initial');
  newCluster(values.name, initialCluster, values['initial-cluster-token']);
}

const list = (text: string): string[] => ['--name', 'a', '--initial-cluster', text];
const advertise = (urls: string): string[] => ['--initial-advertise-peer-urls', urls];

const refusals: readonly (readonly [string, readonly string[], string])[] = [
  [
    'a list without this member',
    list('b=http://b:1,c=http://c:1'),
    `couldn't find local name "a" in the initial cluster configuration; it lists b, c: start this member with ` +
      'one of these as --name, or add a=URL to --initial-cluster',
  ],
  [
    'a URL that is listed and not advertised, because nothing was',
    list('a=http://10.0.0.1:2380'),
    '--initial-cluster has a=http://10.0.0.1:2380 but missing from --initial-advertise-peer-urls=' +
      'http://localhost:2380 ("http://localhost:2380"(resolved from "http://localhost:2380") != ' +
      '"http://10.0.0.1:2380"(resolved from "http://10.0.0.1:2380")); forgot to set ' +
      '--initial-advertise-peer-urls? Start this member with --initial-advertise-peer-urls http://10.0.0.1:2380',
  ],
  [
    'a URL that is listed and not advertised',
    [...list('a=http://10.0.0.1:1,a=http://10.0.0.1:2'), ...advertise('http://10.0.0.1:1')],
    '--initial-cluster has a=http://10.0.0.1:2 but missing from --initial-advertise-peer-urls=http://10.0.0.1:1 ' +
      '(len(["http://10.0.0.1:1"]) != len(["http://10.0.0.1:1" "http://10.0.0.1:2"])); start this member with ' +
      '--initial-advertise-peer-urls http://10.0.0.1:1,http://10.0.0.1:2',
  ],
  [
    "another member's URL",
    [...list('a=http://10.0.0.1:1,b=http://10.0.0.1:2'), ...advertise('http://10.0.0.1:2')],
    '--initial-cluster has a=http://10.0.0.1:1 but missing from --initial-advertise-peer-urls=http://10.0.0.1:2 ' +
      '("http://10.0.0.1:2"(resolved from "http://10.0.0.1:2") != ' +
      '"http://10.0.0.1:1"(resolved from "http://10.0.0.1:1")); http://10.0.0.1:2 is listed as b: start this member ' +
      'with --name b, or with --initial-advertise-peer-urls http://10.0.0.1:1',
  ],
  [
    'a URL that is advertised and not listed',
    [...list('a=http://10.0.0.1:1'), ...advertise('http://10.0.0.1:1,http://10.0.0.1:2')],
    '--initial-advertise-peer-urls has http://10.0.0.1:2 but missing from --initial-cluster=a=http://10.0.0.1:1; ' +
      'list this member there as a=http://10.0.0.1:1,a=http://10.0.0.1:2',
  ],
  [
    'two members with one URL',
    [...list('a=http://h:1,b=http://h:1'), ...advertise('http://h:1')],
    'initial cluster a=http://h:1,b=http://h:1 has duplicate url http://h:1: a and b both have it; ' +
      'each member needs peer URLs of its own',
  ],
  [
    'a member with one URL twice',
    [...list('a=http://h:1,a=http://h:1'), ...advertise('http://h:1,http://h:1')],
    'initial cluster a=http://h:1,a=http://h:1 has duplicate url http://h:1: a has it twice; ' +
      'each member needs peer URLs of its own',
  ],
];
for (const [what, args, message] of refusals) {
  test(`refused: ${what}`, () => assert.rejects(check(args), { message }));
}

test('refused: no list at all', () => {
  assert.throws(() => assertListsOwnName('a', []), {
    message: /^initial cluster unset and no discovery URL found; give --initial-cluster/,
  });
});

test('refused: what is listed for this member cannot be told from what it advertises', async () => {
  const args = [...list('a=http://gone.example:1'), ...advertise('http://h.example:1')];
  await assert.rejects(check(args), { message: /failed to resolve host (?:gone|h)\.example/ });
});

test('a list that holds this member as it advertises itself passes, however it is ordered', async () => {
  await check([
    ...list('b=http://b:1,a=http://h:2,a=http://h:1'),
    ...advertise('http://h:1,http://h:2'),
  ]);
});
