/**
 * A story for the JSON gateway: requests one after the other, and what etcd 3.6.4 and 3.7.3 answer, ids and terms left out
 * (`canonicalJson`). Each request finds the store as the one before has left it.
 */

export interface Case {
  readonly path: string;
  readonly body?: string;
  readonly status?: number;
  readonly answer: string;
  /** The oldest version that answers so. */
  readonly since?: string;
}

export const header = (revision: number): string =>
  `"header":{"cluster_id":"#","member_id":"#","revision":"${revision}","raft_term":"#"}`;

const invalid = (message: string): Pick<Case, 'status' | 'answer'> => ({
  status: 400,
  answer: `{"code":3,"message":${JSON.stringify(message)}}`,
});

const refused = (reason: string): Pick<Case, 'status' | 'answer' | 'since'> => ({
  ...invalid(`proto: ${reason}`),
  since: '3.6',
});

const foo = '"key":"Zm9v"';
const fooAt = (create: number, mod: number, version: number): string =>
  `{${foo},"create_revision":"${create}","mod_revision":"${mod}","version":"${version}","value":"YmFy"}`;

export const STORY: readonly Case[] = [
  { path: 'kv/put', body: `{${foo},"value":"YmFy"}`, answer: `{${header(2)}}` },
  {
    path: 'kv/put',
    body: `{"value":"YmFy",${foo},"prevKv":true,"lease":"0"}`,
    answer: `{${header(3)},"prev_kv":${fooAt(2, 2, 1)}}`,
  },
  {
    path: 'kv/put',
    body: `{${foo},"lease":"77"}`,
    status: 404,
    answer: '{"code":5,"message":"etcdserver: requested lease not found"}',
  },
  { path: 'kv/put', body: `{"value":"YQ=="}`, ...invalid('etcdserver: key is not provided') },
  {
    path: 'kv/put',
    body: `{"key":5}`,
    ...refused('(line 1:8): invalid value for bytes field key: 5'),
  },
  {
    path: 'kv/put',
    body: `{"key":"a"}`,
    ...refused('(line 1:8): invalid value for bytes field key: "a"'),
  },
  { path: 'kv/put', body: `{${foo},${foo}}`, ...refused('(line 1:15): duplicate field "key"') },
  {
    path: 'kv/put',
    body: `{${foo},"lease":1.5}`,
    ...refused('(line 1:23): invalid value for int64 field lease: 1.5'),
  },
  {
    path: 'kv/range',
    body: '{"key":"AA","range_end":"AA","sort_order":"DESCEND","sortTarget":3,"limit":"1e1"}',
    answer: `{${header(3)},"kvs":[${fooAt(2, 3, 2)}],"count":"1"}`,
    since: '3.6',
  },
  {
    path: 'kv/range',
    body: '{"key":"AA==","range_end":"AA==","keys_only":true}',
    answer: `{${header(3)},"kvs":[{${foo},"create_revision":"2","mod_revision":"3","version":"2"}],"count":"1"}`,
  },
  {
    path: 'kv/range',
    body: '{"key":"AA==","rangeEnd":"AA==","countOnly":true}',
    answer: `{${header(3)},"count":"1"}`,
  },
  {
    path: 'kv/range',
    body: `{${foo},"revision":1000}`,
    status: 400,
    answer: '{"code":11,"message":"etcdserver: mvcc: required revision is a future revision"}',
  },
  {
    path: 'kv/range',
    body: `{"key":"-_-_","nothing":{"x":[1]}}`,
    answer: `{${header(3)}}`,
    since: '3.6',
  },
  {
    path: 'kv/range',
    body: `{"key":"bm9uZQ==","sort_order":"SIDEWAYS"}`,
    answer: `{${header(3)}}`,
    since: '3.6',
  },
  {
    path: 'kv/range',
    body: `{${foo},"sort_target":9}`,
    ...invalid('etcdserver: invalid sort option'),
    since: '3.5',
  },
  { path: 'kv/range', body: '', ...invalid('etcdserver: key is not provided') },
  { path: 'kv/range', body: ' \n\t', ...invalid('etcdserver: key is not provided') },
  { path: 'kv/range', body: '{', ...invalid('unexpected EOF') },
  {
    path: 'kv/range',
    body: '{"key":}',
    ...invalid("invalid character '}' looking for beginning of value"),
  },
  {
    path: 'kv/range',
    body: 'nonsense',
    ...invalid("invalid character 'o' in literal null (expecting 'u')"),
  },
  { path: 'kv/range', body: '"x"', ...refused('syntax error (line 1:1): unexpected token "x"') },
  { path: 'kv/range', body: '\n 5', ...refused('syntax error (line 1:1): unexpected token 5') },
  { path: 'kv/range', body: 'null', ...refused('syntax error (line 1:1): unexpected token null') },
  {
    path: 'kv/range',
    body: `{\n "serializable": "true"}`,
    ...refused('(line 2:18): invalid value for bool field serializable: "true"'),
  },
  {
    path: 'kv/range',
    body: `{${foo},"x":"\\ud800......"}`,
    ...refused('syntax error (line 1:19): invalid escape code "......" in string'),
  },
  {
    path: 'kv/range',
    body: `{${foo},"count_only":true} and more`,
    answer: `{${header(3)},"count":"1"}`,
  },
  {
    path: 'kv/txn',
    body: `{"compare":[{${foo},"target":"VALUE","value":"YmFy"}],"success":[{"request_range":{${foo}}},{"requestPut":{"key":"YQ==","value":"YQ==","prev_kv":true}},{"request_delete_range":{${foo},"prev_kv":true}}]}`,
    answer: `{${header(4)},"succeeded":true,"responses":[{"response_range":{"header":{"revision":"3"},"kvs":[${fooAt(2, 3, 2)}],"count":"1"}},{"response_put":{"header":{"revision":"4"}}},{"response_delete_range":{"header":{"revision":"4"},"deleted":"1","prev_kvs":[${fooAt(2, 3, 2)}]}}]}`,
  },
  {
    path: 'kv/txn',
    body: '{"compare":[{"key":"YQ==","version":0}],"failure":[{"request_txn":{"success":[{"requestRange":{"key":"YQ==","count_only":true}}]}}]}',
    answer: `{${header(4)},"responses":[{"response_txn":{"header":{},"succeeded":true,"responses":[{"response_range":{"header":{"revision":"4"},"count":"1"}}]}}]}`,
  },
  {
    path: 'kv/txn',
    body: '{"success":[{"request_put":{"key":"YQ=="},"request_range":{"key":"YQ=="}}]}',
    ...refused(
      '(line 1:43): error parsing "request_range", oneof etcdserverpb.RequestOp.request is already set',
    ),
  },
  {
    path: 'kv/txn',
    body: '{"compare":{}}',
    ...refused('syntax error (line 1:12): unexpected token {'),
  },
  {
    path: 'kv/txn',
    body: '{"compare":[null]}',
    ...refused('syntax error (line 1:13): unexpected token null'),
  },
  { path: 'kv/txn', body: '{"compare":null}', answer: `{${header(4)},"succeeded":true}` },
  {
    path: 'kv/deleterange',
    body: '{"key":"YQ==","prev_kv":true}',
    answer: `{${header(5)},"deleted":"1","prev_kvs":[{"key":"YQ==","create_revision":"4","mod_revision":"4","version":"1","value":"YQ=="}]}`,
  },
  { path: 'kv/deleterange', body: '{"key":"YQ=="}', answer: `{${header(5)}}` },
  { path: 'kv/compaction', body: '{"revision":"3"}', answer: `{${header(5)}}` },
  {
    path: 'kv/compaction',
    body: '{"revision":3,"physical":true}',
    status: 400,
    answer: '{"code":11,"message":"etcdserver: mvcc: required revision has been compacted"}',
  },
  {
    path: 'lease/grant',
    body: '{"TTL":"100","ID":7}',
    answer: `{${header(5)},"ID":"7","TTL":"100"}`,
  },
  {
    path: 'lease/grant',
    body: '{"TTL":"100","ID":7}',
    status: 400,
    answer: '{"code":9,"message":"etcdserver: lease already exists"}',
    since: '3.6',
  },
  { path: 'kv/put', body: '{"key":"bA==","lease":7}', answer: `{${header(6)}}` },
  {
    path: 'kv/range',
    body: '{"key":"bA=="}',
    answer: `{${header(6)},"kvs":[{"key":"bA==","create_revision":"6","mod_revision":"6","version":"1","lease":"7"}],"count":"1"}`,
  },
  { path: 'lease/leases', body: '{}', answer: `{${header(6)},"leases":[{"ID":"7"}]}` },
  { path: 'kv/lease/leases', answer: `{${header(6)},"leases":[{"ID":"7"}]}` },
  { path: 'kv/lease/timetolive', body: '{"ID":"8"}', answer: `{${header(6)},"ID":"8","TTL":"-1"}` },
  {
    path: 'lease/keepalive',
    body: '{"ID":7}{"ID":"8"}',
    answer: `{"result":{${header(6)},"ID":"7","TTL":"100"}}\n{"result":{${header(6)},"ID":"8"}}\n`,
  },
  {
    path: 'lease/keepalive',
    body: '{"ID":7} nonsense {"ID":7}',
    answer: `{"result":{${header(6)},"ID":"7","TTL":"100"}}\n`,
  },
  { path: 'kv/lease/revoke', body: '{"ID":7}', answer: `{${header(7)}}` },
  {
    path: 'lease/revoke',
    body: '{"ID":7}',
    status: 404,
    answer: '{"code":5,"message":"etcdserver: requested lease not found"}',
  },
  {
    path: 'maintenance/alarm',
    body: '{"action":"ACTIVATE","alarm":"CORRUPT","memberID":"5"}',
    answer: `{${header(7)},"alarms":[{"memberID":"5","alarm":"CORRUPT"}]}`,
    // Older ones leave the header out, and with an alarm nothing else is done.
    since: '3.6',
  },
  {
    path: 'maintenance/alarm',
    body: '{"action":2,"alarm":2,"memberID":5}',
    answer: `{${header(7)},"alarms":[{"memberID":"5","alarm":"CORRUPT"}]}`,
    // Older ones leave the header out, and with an alarm nothing else is done.
    since: '3.6',
  },
  { path: 'maintenance/defragment', answer: '{}' },
  {
    path: 'cluster/member/remove',
    body: '{"ID":"5"}',
    status: 404,
    answer: '{"code":5,"message":"etcdserver: member not found"}',
  },
  {
    path: 'nothing/here',
    body: '{}',
    status: 404,
    answer: '{"code":5,"message":"Not Found"}',
    since: '3.6',
  },
  {
    path: 'kv/range/',
    body: '{}',
    status: 404,
    answer: '{"code":5,"message":"Not Found"}',
    since: '3.6',
  },
  { path: 'kv/%72ange?key=x', body: `{"key":"YQ=="}`, answer: `{${header(7)}}` },
];
