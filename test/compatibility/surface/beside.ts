/** What belongs to etcd and is no part of its protocol: programs, files, companions. */
import { differs, more, same, server, shownIn, type Row } from '../row.ts';

const foreign = shownIn('test/foreign');
const snapshot = shownIn('test/snapshot');
const proxy = shownIn('test/proxy');

export const besideRows: readonly Row[] = [
  same('`etcdctl`, version 3', foreign('etcdctl', 'etcdctl 3.4 on Concord and on etcd')),
  same(
    '`etcdctl` with `ETCDCTL_API=2`',
    foreign('etcdctl-v2', 'etcdctl with ETCDCTL_API=2 on Concord and on etcd'),
  ),
  same("Go's `clientv3`", foreign('go-clientv3', 'passes its suite on …')),
  same("Python's `etcd3`", foreign('python-etcd3', 'passes its suite on …')),
  same("Python's `etcd3gw`", foreign('python-etcd3gw', 'passes its suite on …')),
  same('`etcd3` of npm', foreign('etcd3-npm', 'npm etcd3 on …')),
  same(
    'snapshot files, both ways',
    snapshot('interchange', "has a status that etcd's tool and ours agree on"),
    snapshot('interchange', 'gives … the same content'),
  ),
  differs(
    '`etcdutl`',
    '`concordutl` has its commands, flags, formats and exit codes; `migrate` says what to do instead, restoration goes on to any later moment, and `archive`, `verify` and `wal dump` are its own',
    shownIn('apps/ctl/src/concordutl')('program', '… is refused in the words of etcdutl'),
    shownIn('apps/ctl/src/concordutl')('offline', 'a hash is printed as etcdutl 3.6 prints it'),
  ),
  differs(
    'data directory',
    "Concord has files of its own; it leaves etcd's alone and says how to bring the data over",
    shownIn('packages/storage/src')('data-directory', "etcd's data directory is left alone"),
  ),
  differs(
    'log',
    'lines of JSON with `level`, `ts` and `msg`, without `caller`; where etcd has a line that operators look for, such as `ready to serve client requests`, `apply request took too long` or `rejected connection on client endpoint`, its words are the same, and elsewhere they say what to do',
    server('slow-log', 'a slow write is told with what it waited for'),
  ),
  differs(
    'peers',
    'members of etcd and of Concord form no cluster together, and say so when they meet',
    shownIn('test/bootstrap')('against-etcd', 'is not joined by Concord, which is told in time'),
    server(
      'bootstrap/peer-version',
      "a member of etcd's is no company, and its owner is told how to bring the data over",
    ),
  ),
  differs(
    '`etcd grpc-proxy`',
    '`concord grpc-proxy`: nothing is shared between users; docs/proxy.md lists the rest',
    proxy('watch', 'two hundred watches of one key are one at the server, and all are told'),
    proxy('shared-answers', 'a serializable read comes from the cache until its key is written'),
    proxy('leasing', 'whatever another proxy writes is read next'),
  ),
  more(
    '`etcd gateway`',
    '`concord gateway`: a connection of which one side has ended goes on the other way',
    proxy('gateway', 'connections go round, and a client that has ended its side is answered'),
  ),
];
