/**
 * What people type at a shell to talk to etcd without a client: curl, base64 and the examples of etcd's own manuals, by
 * the v3 gateway, the v2 API and the paths of a monitor. `$URL` is the server, `$TOKEN` what a step before has captured.
 */

export interface CurlStep {
  readonly command: string;
  /** A command that is run once curl has got its first bytes or, where that says nothing, its connection. */
  readonly meanwhile?: string;
  /** Ends a curl that would go on for ever, once it has printed so many lines. */
  readonly untilLines?: number;
  /** The oldest etcd that answers as Concord does. */
  readonly since?: string;
  /** Keeps the first group as this variable for later steps. */
  readonly capture?: readonly [name: string, RegExp];
}

const post = (path: string, json: string, more = ''): CurlStep => ({
  command: `curl -sS -L $URL/v3/${path} -X POST ${more}-d '${json}'`,
});

const as = (path: string, json: string): CurlStep =>
  post(path, json, `-H "Authorization: $TOKEN" `);

export const V3_SESSION: readonly CurlStep[] = [
  { command: 'curl -sS $URL/health', since: '3.5.0' },
  { command: 'curl -sS -o /dev/null -I $URL/version' },
  { command: 'curl -sS -X POST $URL/health' },
  { command: 'curl -sS $URL/no/such/path' },
  { command: "curl -sS $URL/metrics | grep -E '^etcd_server_(has_leader|is_leader|is_learner) '" },
  post('kv/put', '{"key": "Zm9v", "value": "YmFy"}'),
  post('kv/range', '{"key": "Zm9v"}'),
  post('kv/range', '{"key": "Zm9v", "range_end": "Zm9w"}'),
  {
    command:
      'curl -sS $URL/v3/kv/put -d "{\\"key\\": \\"$(printf name | base64)\\", \\"value\\": \\"$(printf "two words" | base64)\\"}"',
  },
  {
    command: `curl -sS $URL/v3/kv/range -d '{"key": "bmFtZQ=="}' | sed -E 's/.*"value": ?"([^"]*)".*/\\1/' | base64 -d`,
  },
  post('kv/range', '{"key": "AA==", "range_end": "AA==", "keys_only": true}'),
  post('kv/range', '{"key": "AA==", "range_end": "AA==", "sort_order": "DESCEND", "limit": 1}'),
  {
    command: `printf '{"key": "Zm9v", "value": "YmF6"}' | curl -sS $URL/v3/kv/put --data-binary @-`,
  },
  {
    command: `printf '{"key": "Zm9v"}' | curl -sS $URL/v3/kv/range -H 'Transfer-Encoding: chunked' -H 'Content-Type: application/json' -d @-`,
  },
  {
    command: `(printf '{"key": "YmlnZ2Vy", "value": "'; head -c 90000 /dev/zero | base64 -w0; printf '"}') | curl -sS $URL/v3/kv/put -H 'Expect: 100-continue' --data-binary @-`,
  },
  {
    command: `curl -sS $URL/v3/kv/range -d '{"key": "YmlnZ2Vy"}' | wc -c | sed 's/...$//'`,
  },
  { command: `curl -sS --http1.0 $URL/v3/kv/range -d '{"key": "Zm9v"}'` },
  { command: `curl -sS --compressed $URL/v3/kv/range -d '{"key": "Zm9v"}'` },
  {
    command: `curl -sS $URL/v3/kv/range -d '{"key": "Zm9v"}' --next -sS $URL/v3/kv/range -d '{"key": "bm9uZQ=="}'`,
  },
  post(
    'kv/txn',
    '{"compare":[{"target":"CREATE","key":"Zm9v","createRevision":"2"}],"success":[{"requestPut":{"key":"Zm9v","value":"YmFy"}}]}',
  ),
  post(
    'kv/txn',
    '{"compare":[{"version":"4","result":"EQUAL","target":"VERSION","key":"Zm9v"}],"success":[{"requestRange":{"key":"Zm9v"}}]}',
  ),
  {
    command: `curl -sSN $URL/v3/watch -d '{"create_request": {"key":"Zm9v"} }'`,
    meanwhile: `curl -sS $URL/v3/kv/put -d '{"key": "Zm9v", "value": "d2F0Y2hlZA=="}'`,
    untilLines: 2,
  },
  {
    command: `curl -sSN $URL/v3/watch -d '{"create_request": {"key":"Zm9v", "start_revision": 2} }'`,
    untilLines: 2,
  },
  post('lease/grant', '{"ID": 1234, "TTL": 600}'),
  post('kv/put', '{"key": "bGVhc2Vk", "value": "YQ==", "lease": 1234}'),
  post('lease/timetolive', '{"ID": 1234, "keys": true}'),
  post('lease/keepalive', '{"ID": 1234}'),
  post('lease/leases', '{}'),
  post('lease/revoke', '{"ID": 1234}'),
  post('lease/revoke', '{"ID": 1234}'),
  post('kv/deleterange', '{"key": "Zm9v", "prev_kv": true}'),
  post('kv/compaction', '{"revision": 3}'),
  post('kv/range', '{"key": "Zm9v", "revision": 2}'),
  post('cluster/member/list', '{}'),
  { ...post('maintenance/alarm', '{}'), since: '3.5.0' },
  post('kv/put', '{"value": "YmFy"}'),
  { command: `curl -sS $URL/v3/kv/nothing -d '{}'`, since: '3.6.0' },
  post('auth/user/add', '{"name": "root", "password": "pass"}'),
  post('auth/role/add', '{"name": "root"}'),
  post('auth/user/grant', '{"user": "root", "role": "root"}'),
  post('auth/user/add', '{"name": "alice", "password": "secret"}'),
  post('auth/role/add', '{"name": "reader"}'),
  post('auth/role/grant', '{"name": "reader", "perm": {"permType": "READ", "key": "Zm9v"}}'),
  post('auth/user/grant', '{"user": "alice", "role": "reader"}'),
  post('auth/enable', '{}'),
  post('kv/range', '{"key": "Zm9v"}'),
  post('auth/authenticate', '{"name": "alice", "password": "wrong"}'),
  {
    ...post('auth/authenticate', '{"name": "alice", "password": "secret"}'),
    capture: ['TOKEN', /"token": ?"([^"]+)"/],
  },
  as('kv/range', '{"key": "Zm9v"}'),
  as('kv/put', '{"key": "Zm9v", "value": "YmFy"}'),
  as('auth/user/list', '{}'),
  {
    ...post('auth/authenticate', '{"name": "root", "password": "pass"}'),
    capture: ['TOKEN', /"token": ?"([^"]+)"/],
  },
  as('kv/put', '{"key": "Zm9v", "value": "YmFy"}'),
  as('auth/user/list', '{}'),
  as('auth/user/get', '{"name": "alice"}'),
  as('auth/role/get', '{"role": "reader"}'),
  as('auth/disable', '{}'),
  post('kv/range', '{"key": "Zm9v"}'),
];

export const V2_SESSION: readonly CurlStep[] = [
  { command: 'curl -sS $URL/v2/keys/message -XPUT -d value="Hello world"' },
  { command: 'curl -sS $URL/v2/keys/message' },
  { command: 'curl -sS $URL/v2/keys/message -XPUT -d value="Hello etcd" -d prevExist=true' },
  { command: 'curl -sS $URL/v2/keys/message?quorum=true' },
  { command: 'curl -sS $URL/v2/keys/message -XDELETE' },
  { command: 'curl -sS $URL/v2/keys/message' },
  { command: 'curl -sS $URL/v2/keys/foo -XPUT -d value=bar -d ttl= -d prevExist=false' },
  { command: 'curl -sS $URL/v2/keys/foo -XPUT -d value=three -d prevExist=false' },
  { command: 'curl -sS "$URL/v2/keys/foo?prevValue=two" -XPUT -d value=one' },
  { command: 'curl -sS "$URL/v2/keys/foo?prevValue=bar" -XPUT -d value=one' },
  { command: 'curl -sS "$URL/v2/keys/foo?prevValue=one" -XDELETE' },
  {
    command: 'curl -sS "$URL/v2/keys/foo?wait=true"',
    meanwhile: 'curl -sS $URL/v2/keys/foo -XPUT -d value=watched',
  },
  { command: 'curl -sS "$URL/v2/keys/foo?wait=true&waitIndex=4"' },
  { command: 'curl -sS $URL/v2/keys/queue -XPOST -d value=Job1' },
  { command: 'curl -sS $URL/v2/keys/queue -XPOST -d value=Job2' },
  { command: 'curl -sS "$URL/v2/keys/queue?recursive=true&sorted=true"' },
  { command: 'curl -sS $URL/v2/keys/dir -XPUT -d dir=true' },
  { command: 'curl -sS $URL/v2/keys/foo_dir/foo -XPUT -d value=bar' },
  { command: 'curl -sS "$URL/v2/keys/foo_dir?dir=true" -XDELETE' },
  { command: 'curl -sS "$URL/v2/keys/foo_dir?recursive=true" -XDELETE' },
  { command: 'curl -sS $URL/v2/keys/_message -XPUT -d value="hidden"' },
  { command: 'curl -sS "$URL/v2/keys/?recursive=true&sorted=true"' },
  {
    command: `printf 'a file\\nof two lines\\n' | curl -sS $URL/v2/keys/afile -XPUT --data-urlencode value@-`,
  },
  { command: 'curl -sS -L $URL/v2/members' },
  { command: 'curl -sS $URL/v2/machines' },
  { command: "curl -sS -I $URL/v2/keys/afile | grep -iE '^(http|content-|x-etcd-index)' | sort" },
];
