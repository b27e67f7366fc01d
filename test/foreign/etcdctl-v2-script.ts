/**
 * A session of etcdctl with `ETCDCTL_API=2`, as data: every command on keys, watches and members. The test runs it
 * against both servers and compares what was printed.
 */

/** One command. */
export interface V2Step {
  readonly args: readonly string[];
  /** Commands that are run once this one waits for changes. */
  readonly meanwhile?: readonly (readonly string[])[];
  /** For commands that run for ever: interrupted after so many lines. */
  readonly untilLines?: number;
  readonly input?: string;
}

const words = (line: string): readonly string[] =>
  line.split(' ').map((part) => (part === "''" ? '' : part));

const step = (line: string, more: Omit<V2Step, 'args'> = {}): V2Step => ({
  args: words(line),
  ...more,
});

const KEYS: readonly V2Step[] = [
  step('ls'),
  step('ls /'),
  step('get none'),
  step('set a 1'),
  step('set a 2'),
  step('set /a 3 --swap-with-value 2'),
  step('set /a 4 --swap-with-value 2'),
  step('set /a 4 --swap-with-index 1'),
  step('get a'),
  step('get a --quorum --sort'),
  step('-o extended get a'),
  step('-o json get a'),
  step('-o extended set a 5 --ttl 500'),
  step('set from-stdin', { input: 'a value' }),
  step('set'),
  step('set a'),
  step('mk b 1'),
  step('mk b 1'),
  step('mk b/c 1'),
  step('mk t 1 --ttl 500'),
  step('mk --in-order queue first'),
  step('mk --in-order queue second'),
  step('mkdir d'),
  step('mkdir d'),
  step('mkdir d/e/f --ttl 500'),
  step('setdir d2'),
  step('setdir d2'),
  step('setdir a'),
  step('updatedir d2 --ttl 500'),
  step('updatedir none --ttl 500'),
  step('updatedir d2'),
  step('update b 2'),
  step('update none 2'),
  step('update d 2'),
  step('update b 3 --ttl 500'),
  step('get d'),
  step('set d/x 1'),
  step('set d/_hidden 1'),
  step('set d/e/f/y 1'),
  step('ls --sort'),
  step('ls d --sort -p'),
  step('ls / --sort --recursive -p'),
  step('ls d --sort --recursive --quorum'),
  step('ls b'),
  step('ls none'),
  step('-o extended ls d --sort'),
  step('-o json ls d --sort --recursive'),
  step('rm b --with-value 1'),
  step('rm b --with-index 1'),
  step('rm b --with-value 3'),
  step('rm b'),
  step('rm d'),
  step('rm d --dir'),
  step('rmdir d'),
  step('rmdir d/e/f'),
  step('rm d/e/f/y'),
  step('rmdir d/e/f'),
  step('rmdir a'),
  step('rm d --recursive'),
  step('rm /'),
  step('set / 1'),
  step('set u über-<&>'),
  step('get u'),
  step('-o json get u'),
  step("set 'sp ace' 1"),
  step("set empty ''"),
  step('get empty'),
];

const WATCHES: readonly V2Step[] = [
  step('watch w', { meanwhile: [words('set other 1'), words('set w 1')] }),
  step('-o extended watch w', { meanwhile: [words('update w 2')] }),
  step('watch w', { meanwhile: [words('rm w')] }),
  step('watch w --recursive', { meanwhile: [words('set w/a/b 1')] }),
  step('watch w --recursive --forever', {
    meanwhile: [words('set w/c 1'), words('set w/_hidden 1'), words('set w/b 2'), words('rm w/c')],
    untilLines: 6,
  }),
  step('watch w --recursive --after-index 5', {}),
  step('watch w --recursive --after-index 5 --forever', { untilLines: 4 }),
  step('-o json watch w/b', { meanwhile: [words('set w/b 3')] }),
  {
    args: ['exec-watch', '--recursive', 'e', '--', 'sh', '-c', 'env | grep ^ETCD_WATCH | sort'],
    meanwhile: [words('set e/a 1'), words('rm e/a')],
    untilLines: 7,
  },
  {
    // Without a separator that it recognises, it takes the last word for the key. There is one change of it: several
    // would run several programs at once.
    args: ['exec-watch', '--after-index', '5', 'sh', '-c', 'echo $ETCD_WATCH_ACTION', 'u'],
    untilLines: 1,
  },
];

const MEMBERS: readonly V2Step[] = [
  step('member list'),
  step('--no-sync member list'),
  step('member remove 1234'),
  step('member update 1234 http://127.0.0.1:1'),
  step('member add'),
  step('cluster-health'),
  step('--no-sync ls / --sort'),
  step('--debug --no-sync get a'),
  step('user list'),
  step('role list'),
  step('role get root'),
  step('auth disable'),
];

/** The whole session, in order. */
export const V2_SESSION: readonly V2Step[] = [...KEYS, ...WATCHES, ...MEMBERS];
