/**
 * A session of etcdctl 3.4, as data: every command that a first user of the member types, with its stdin and
 * what later steps need of its answer. The test runs it against both servers and compares what was printed.
 */

/** One command. `$name` in an argument stands for what an earlier step captured. */
export interface Step {
  readonly args: readonly string[];
  readonly input?: string;
  /** Keeps the first group of this pattern, matched on the output, under this name. */
  readonly capture?: readonly [name: string, pattern: RegExp];
  /** For commands that run for ever: interrupted after so many lines. */
  readonly untilLines?: number;
}

/** Splits at single spaces; an empty argument is written `''`. */
export function step(line: string, more: Omit<Step, 'args'> = {}): Step {
  return { args: line.split(' ').map((part) => (part === "''" ? '' : part)), ...more };
}

const LEASE_ID = ['lease', /lease ([0-9a-f]{16})/] as const;

const KEYS: readonly Step[] = [
  step('put a 1'),
  step('put b 2'),
  step('put b 3 --prev-kv'),
  step('put dir/x ten'),
  step('put dir/y nine'),
  step('put dir/z eight'),
  step('put from-stdin', { input: 'several\nlines' }),
  step('put a --ignore-value'),
  step('put missing --ignore-value'),
  step('put a 4 --lease=7fffffff'),
  step("put '' value"),
  step('get a'),
  step('get missing'),
  step('get a c'),
  step('get dir/ --prefix'),
  step('get dir/ --prefix --keys-only'),
  step('get dir/ --prefix --count-only'),
  step('get dir/ --prefix --count-only -w fields'),
  step('get dir/ --prefix --print-value-only'),
  step('get dir/ --prefix --limit=2'),
  step('get dir/ --prefix --limit=2 -w json'),
  step('get dir/ --prefix --order=DESCEND'),
  ...['CREATE', 'KEY', 'MODIFY', 'VALUE', 'VERSION'].map((target) =>
    step(`get dir/ --prefix --sort-by=${target} --order=ASCEND`),
  ),
  step('get b --from-key'),
  step("get '' --from-key --keys-only"),
  step("get '' --prefix --limit=1"),
  step('get b --rev=3'),
  step('get b --rev=4 -w fields'),
  step('get b --rev=1000'),
  step('get b --consistency=s'),
  step('get b -w json'),
  step('get b --hex'),
  step('get b -w table'),
  step('get z a'),
];

const TRANSACTIONS: readonly Step[] = [
  ...[
    'value("a") = "1"\n\nput a 5\nget a\n\nget b\n\n',
    'value("a") = "1"\n\nput a 6\n\nget b\ndel dir/x\n\n',
    'mod("a") > "0"\nversion("b") = "2"\ncreate("missing") = "0"\n\ndel dir/ --prefix\nput dir/n new\nget dir/ --prefix\n\n\n',
    'version("b") < "1"\n\nput b no\n\nput b yes --prev-kv\n\n',
    'value("b") != "yes"\n\nget a\n\nget b\n\n',
    '\nput twice 1\nput twice 2\n\n\n',
    '\n\n\n',
    'nonsense\n\nget a\n\n\n',
  ].map((input) => step('txn', { input })),
  step('txn -w json', { input: '\nput a 7\nget a\ndel a --prev-kv\n\n\n' }),
  step('txn -w fields', { input: '\nput a 8 --prev-kv\nget a\n\n\n' }),
];

const DELETIONS: readonly Step[] = [
  step('del b'),
  step('del b'),
  step('del dir/ --prefix --prev-kv'),
  step('put m 1'),
  step('put n 1'),
  step('put o 1'),
  step('del m o'),
  step('del o --from-key -w json'),
  step('del nothing -w fields'),
  // Before the leases: their ids differ from server to server, and the hash covers them.
  step('endpoint hashkv'),
];

const LEASES: readonly Step[] = [
  step('lease list'),
  step('lease grant 600', { capture: LEASE_ID }),
  step('lease grant 9000000001'),
  step('put leased 1 --lease=$lease'),
  step('put leased-too 1 --lease=$lease'),
  step('put leased 2 --ignore-lease'),
  step('get leased -w fields'),
  step('lease timetolive $lease'),
  step('lease timetolive $lease --keys'),
  step('lease timetolive $lease --keys -w json'),
  step('lease timetolive $lease -w fields'),
  step('lease keep-alive $lease --once'),
  step('lease keep-alive $lease', { untilLines: 1 }),
  step('lease list'),
  step('lease list -w json'),
  step('lease revoke $lease'),
  step('lease revoke $lease'),
  step('lease timetolive $lease'),
  step('lease keep-alive $lease --once'),
  step('get leased --prefix'),
  step('lease grant 600 -w json'),
  // It lives for two seconds, which a busy machine may take for any step: nothing lists leases from here on.
  step('lease grant 0'),
];

const WATCHES: readonly Step[] = [
  step('put w/a 1'),
  step('put w/b 1'),
  step('put w/a 2'),
  step('del w/a'),
  step('watch w/a --rev=2', { untilLines: 9 }),
  step('watch w/ --prefix --rev=2', { untilLines: 12 }),
  step('watch w/ --prefix --rev=2 --prev-kv', { untilLines: 16 }),
  step('watch w/a w/b --rev=2', { untilLines: 9 }),
  step('watch w/ --prefix --rev=2 -w json', { untilLines: 1 }),
  step('watch w/a --rev=2 -w fields', { untilLines: 25 }),
];

const MAINTENANCE: readonly Step[] = [
  step('compaction 4'),
  step('compaction 4'),
  step('compaction 100000'),
  step('compaction 6 --physical'),
  step('get b --rev=3'),
  step('watch w/ --prefix --rev=2'),
  step('defrag'),
  step('endpoint health'),
  step('endpoint health -w json'),
  step('endpoint hashkv --rev=8'),
  step('endpoint status'),
  step('endpoint status -w table'),
  step('endpoint status -w json'),
  step('endpoint status -w fields'),
  step('alarm list'),
  step('alarm disarm'),
  step('member list'),
  step('member list -w table'),
  step('member list -w json'),
];

const USERS: readonly Step[] = [
  step('user list'),
  step('user add root:secret'),
  step('user add root:secret'),
  step('user add alice --interactive=false', { input: 'word\n' }),
  step('user add cert --no-password'),
  step('user add bob:word -w json'),
  step('user list'),
  step('user list -w json'),
  step('user get nobody'),
  step('role list'),
  step('role add app'),
  step('role add app'),
  step('role grant-permission app readwrite app/ --prefix'),
  step('role grant-permission app read x y'),
  step('role grant-permission app write q --from-key'),
  step('role grant-permission app read single'),
  step('role grant-permission app nonsense single'),
  step('role grant-permission none read single'),
  step('role get app'),
  step('role get app -w json'),
  step('role revoke-permission app x y'),
  step('role revoke-permission app x y'),
  step('role get app -w fields'),
  step('role get none'),
  step('user grant-role alice app'),
  step('user grant-role alice none'),
  step('user grant-role nobody app'),
  step('user get alice'),
  step('user get alice --detail'),
  step('user get alice -w json'),
  step('user revoke-role bob app'),
  step('user passwd alice --interactive=false', { input: 'word2\n' }),
  step('--user alice:word2 get a'),
];

const GUARDED: readonly Step[] = [
  step('auth enable'),
  step('auth enable'),
  step('get app/x'),
  step('user list'),
  step('--user alice:word2 put app/x 1'),
  step('--user alice --password word2 get app/x'),
  step('--user alice:word2 get app/ --prefix'),
  step('--user alice:word2 del app/ --prefix --prev-kv'),
  step('--user alice:word2 get z'),
  step('--user alice:word2 get q --from-key'),
  step('--user alice:word2 put q 1'),
  step('--user alice:word2 put zz 1'),
  step('--user alice:word2 get app0'),
  step('--user alice:word2 txn', { input: 'value("app/x") = "1"\n\nput app/x 2\n\nput b 1\n\n' }),
  step('--user alice:word2 txn', { input: '\nput app/x 2\n\nget app/x\n\n' }),
  step('--user alice:word2 watch app/x --rev=2'),
  step('--user alice:word2 watch b'),
  step('--user alice:word get app/x'),
  step('--user nobody:word get app/x'),
  step('--user cert:word get app/x'),
  step('--user alice:word2 user list'),
  step('--user alice:word2 user get alice'),
  step('--user alice:word2 user get bob'),
  step('--user alice:word2 role get app'),
  step('--user alice:word2 member list'),
  step('--user alice:word2 member add m2 --peer-urls=http://127.0.0.1:1'),
  step('--user alice:word2 auth disable'),
  step('--user alice:word2 user delete bob'),
  step('--user root:secret user delete root'),
  step('--user root:secret role delete root'),
  step('--user root:secret user revoke-role root root'),
  step('--user root:secret get zz'),
  step('--user root:secret user revoke-role alice app'),
  step('--user alice:word2 get app/x'),
  step('--user root:secret user grant-role alice app'),
  step('--user root:secret user delete bob'),
  step('--user bob:word get app/x'),
  step('--user root:secret endpoint health'),
  step('--user root:secret alarm list'),
  step('--user root:secret role delete app'),
  step('--user root:secret user get alice'),
  step('--user root:secret auth disable'),
  step('get b'),
  step('user delete alice'),
  step('user list'),
];

/** The whole session, in order. */
export const SESSION: readonly Step[] = [
  ...KEYS,
  ...TRANSACTIONS,
  ...DELETIONS,
  ...LEASES,
  ...WATCHES,
  ...MAINTENANCE,
  ...USERS,
  ...GUARDED,
];
