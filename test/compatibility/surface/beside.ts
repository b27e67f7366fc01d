/** What belongs to etcd and is no part of its protocol: programs, files, companions. */
import { absent, differs, same, server, shownIn, type Row } from '../row.ts';

const foreign = shownIn('test/foreign');
const snapshot = shownIn('test/snapshot');

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
    '`concordutl` has its commands, flags, formats and exit codes; `migrate` says what to do instead, restoration goes on to any later moment, and `verify` and `wal dump` are its own',
    shownIn('apps/ctl/src/concordutl')('program', '… is refused in the words of etcdutl'),
    shownIn('apps/ctl/src/concordutl')('offline', 'a hash is printed as etcdutl 3.6 prints it'),
  ),
  differs(
    'data directory',
    "Concord has files of its own; it leaves etcd's alone and says how to bring the data over",
    shownIn('packages/storage/src')('data-directory', "etcd's data directory is left alone"),
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
  absent('`etcd grpc-proxy`', 'a proxy of etcd works in front of Concord as of any etcd'),
  absent('`etcd gateway`', 'any TCP proxy does the same'),
];
