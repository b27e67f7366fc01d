/** etcd's v2 API as 3.4 serves it: verbs, parameters and paths below `/v2/`, with `--enable-v2`. */
import { cluster, conformance, differs, more, same, shownIn, type Row } from '../row.ts';

/** The test of a kind of request is one entry of its table. */
const keys = conformance('v2-keys', '/v2/keys on Concord and on etcd');
const waits = (title: string) => conformance('v2-watch', title);
const members = conformance('v2-members', '/v2/members');
const auth = conformance('v2-members', '/v2/auth');
const others = conformance('v2-members', '/v2/machines and /v2/stats');
const expiry = conformance(
  'v2-keys',
  'what expires is removed, a directory with all that is in it, and each removal has its index',
);
const etcdctl = shownIn('test/foreign')(
  'etcdctl-v2',
  'etcdctl with ETCDCTL_API=2 on Concord and on etcd',
);
const noUsers =
  'v2 users and roles cannot be made (501): two kinds of users that know nothing of each other are a trap. v3 users guard the prefix';

export const v2Rows: readonly Row[] = [
  ...['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].map((verb) =>
    same(`${verb} /v2/keys/…`, keys, etcdctl),
  ),
  ...[
    'value',
    'dir',
    'prevExist',
    'prevValue',
    'prevIndex',
    'refresh',
    'recursive',
    'quorum',
    'noValueOnSuccess',
  ].map((name) => same(`parameter \`${name}\``, keys)),
  same('parameter `ttl`', expiry, conformance('v2-keys', 'a TTL counts down')),
  differs('parameter `sorted`', 'listings are always sorted', keys),
  same(
    'parameter `wait`',
    waits('a wait is told of a set, an update, a swap, a deletion and an expiry'),
  ),
  same('parameter `waitIndex`', waits('waitIndex finds every event, each once')),
  more(
    'parameter `stream`',
    'a stream that begins in the past goes on through the present',
    waits('a stream goes on, and is told of each change once'),
    waits('a stream that begins in the past goes on through the present'),
  ),
  same('hidden nodes', waits('hidden nodes are told of only to those who wait at them or below')),
  differs(
    'X-Etcd-Index',
    'counts keys alone, from 3: nothing else is in the tree',
    waits('the history is there after a restart, and the index goes on'),
  ),
  same('error codes', keys, conformance('v2-fuzz', "get etcd's answers (seed …)")),
  ...[
    'GET /v2/members',
    'GET /v2/members/leader',
    'POST /v2/members',
    'PUT /v2/members/ID',
    'DELETE /v2/members/ID',
  ].map((name) =>
    same(
      name,
      members,
      cluster('v2-members', 'etcdctl member of v2 prints the same on Concord as on etcd'),
    ),
  ),
  same('GET /v2/machines', others),
  differs('GET /v2/stats/self', 'no counts of append requests', others),
  differs('GET /v2/stats/leader', 'round trips stand for the times of append requests', others),
  same('GET /v2/stats/store', conformance('v2-members', '/v2/stats/store has the same counters')),
  differs(
    'HTTP Basic',
    'the users are those of v3, and so are their rights',
    shownIn('test/e2e')('v2-auth', 'name and password of a v3 user count, as HTTP Basic'),
  ),
  same('GET /v2/auth/enable', auth),
  differs('PUT, DELETE /v2/auth/enable', noUsers, auth),
  differs('/v2/auth/users', noUsers, auth),
  differs('/v2/auth/roles', noUsers, auth),
];
