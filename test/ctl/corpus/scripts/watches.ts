/** watch */
import { step, type Script, type Step } from '../script.ts';

const seen = (line: string, untilLines: number, more: Partial<Step> = {}): Step =>
  step(line, { untilLines, end: 'interrupt', ...more });

const typed = (
  stdin: string,
  untilLines: number,
  line = 'watch -i',
  more: Partial<Step> = {},
): Step => step(line, { stdin, untilLines, end: 'stdin', ...more });

export const watchesScript: Script = {
  name: 'watches',
  isOfOldEtcdToo: true,
  steps: [
    step('put w/1 one'),
    step('put w/1 two'),
    step('del w/1'),
    step("put w/2 'spaced value'"),
    seen('watch w/1 --rev 1', 9, { isProcess: true }),
    seen('watch w/1 --rev 1 --prev-kv', 13),
    seen('watch w/ --prefix --rev 1', 12),
    seen('watch --prefix --rev 1 w/', 12),
    seen('watch w/1 w/2 --rev 1', 9),
    seen('watch w/1 --rev 1 --hex', 9),
    seen('watch w/ --prefix --rev 4 --prev-kv -w json', 1),
    seen('watch w/2 --rev 1 -w fields', 11),
    step('watch w/1 --rev 2', { untilLines: 9, end: 'interrupt', beside: 'live' }),
    step('put w/3 x', { after: 'live' }),
    typed('watch w/1 --rev 1\n', 9),
    typed('watch w/ --rev 1 --prefix\n', 15),
    typed("watch 'w/2' --rev 1 --prev-kv\n", 3),
    typed('watch w/1 --rev 1\n', 1, 'watch -i -w json'),
    typed('\nfoo\nwatch\nwatch w/1 --rev 1\n', 9),
    typed('watch w/1 --rev 1\nwatch w/2 --prefix w/3\n', 9),
    typed('watch w/2 --rev 1\n', 3, 'watch -i', { environment: { ETCDCTL_WATCH_KEY: '' } }),
    typed('watch --rev 1\n', 3, 'watch -i', { environment: { ETCDCTL_WATCH_KEY: 'w/2' } }),
    typed('watch a --foo\n', 0),
    typed('watch w/1 --\n', 0),
    typed('watch w/1 --rev 1 -- echo changed\n', 12),
    step('watch -i', { isProcess: true }),
    seen('watch w/2 --rev 1 -- echo changed', 4, { isProcess: true }),
    seen("watch w/2 --rev 1 -- sh -c 'env | grep ETCD_WATCH | sort'", 7),
    step('watch w/2 --rev 1 -- false'),
    step('watch w/2 --rev 1 -- nosuchprogram'),
    seen('watch --rev 1', 3, { environment: { ETCDCTL_WATCH_KEY: 'w/2' } }),
    seen('watch --rev 1', 9, {
      environment: { ETCDCTL_WATCH_KEY: 'w/1', ETCDCTL_WATCH_RANGE_END: 'w/2' },
    }),
    seen('watch --rev 1 -- echo changed', 4, { environment: { ETCDCTL_WATCH_KEY: 'w/2' } }),
    step('watch w/1', { environment: { ETCDCTL_WATCH_KEY: 'w/2' } }),
    step('watch w/1 -- echo x', { environment: { ETCDCTL_WATCH_KEY: 'w/2' } }),
    step('watch', { environment: { ETCDCTL_WATCH_RANGE_END: 'w/2' } }),
    step('watch'),
    step('watch --rev 1'),
    step('watch w/1 --'),
    step('watch w/1 w/2 --prefix'),
    step('watch w/1 --rev x'),
    step('compaction 4'),
    step('watch w/1 --rev 2'),
    step('watch w/1 --rev 2 -w json'),
    step('watch w/1 --rev 2 -w fields'),
    step('watch w/1 --rev 2 -w table'),
    step('watch w/1 --rev 2 -w protobuf', { message: 'etcdserverpb.WatchResponse' }),
  ],
};
