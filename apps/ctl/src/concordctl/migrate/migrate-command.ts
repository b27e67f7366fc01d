/** `concordctl migrate`: the flags, what is shown meanwhile, and what the operator is told at the end. */
import { ConcordError } from '@concord/client';
import { CommandError, exitCodes, refuseArguments, SilentExit } from '../../command-error.ts';
import type { FlagValues } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { StatusLine } from '../progress/status-line.ts';
import { connectedBy, told } from '../sdk/with-client.ts';
import { sourceSettings, targetSettings } from '../replication/two-clusters.ts';
import { Migration } from './migration.ts';
import { migrateFlags as flags } from './migrate-flags.ts';
import { conclusion, progressText } from './migration-report.ts';

type Values = FlagValues<typeof flags>;

export const migrateCommand: Command<typeof flags> = {
  usage: '--from <endpoints> [options]',
  description: `Copies a running etcd, at --from, to the cluster at --endpoints: keys, leases, users and roles.
It may be ended at any point and started again; it goes on from where it was.
Without --follow it ends as soon as it has caught up. With it, it follows until an interrupt
(Ctrl-C), or --cut-over-at, or --cut-over-idle: then it copies what is left, compares both sides,
and says whether the new cluster can take the old one's place.
Passwords cannot be read from a cluster: set them anew.`,
  flags,
  async run(invocation) {
    const { values, args, tell, draw } = invocation;
    if (args.length > 0) refuseArguments('migrate takes no arguments: name the source by --from');
    if (values.from === '') refuseArguments('--from is missing: give the endpoints of the source');
    if (values['max-txn-ops'] < 2) refuseArguments('--max-txn-ops must be at least 2');
    const cutOver = cutOverSignal(invocation);
    const status = new StatusLine(draw, tell);
    try {
      const settings = await Promise.all([
        sourceSettings(invocation, 'from', values.from.split(',')),
        targetSettings(invocation),
      ]);
      const [source, destination] = await Promise.all(settings.map(connectedBy));
      if (source === undefined || destination === undefined) return;
      await using clients = new AsyncDisposableStack();
      clients.use(source);
      clients.use(destination);
      const idle = new AbortController();
      const result = await new Migration({
        ...{ source, destination },
        // Ended from outside, it is ended where it is.
        patience: {
          signal: values.follow ? new AbortController().signal : invocation.signal,
          tell: (line) => status.tell(line),
        },
        opsMax: values['max-txn-ops'] - 1,
        keysPerSecond: values['max-keys-per-second'],
        isOverwritten: values.overwrite,
        isAuthCopied: !values['no-auth'],
        isFollowed: values.follow,
        cutOver: AbortSignal.any([cutOver, idle.signal]),
        onProgress: whenIdle(values, idle, (progress) => status.show(progressText(progress))),
      }).run();
      status.clear();
      const { text, isOver } = conclusion(result, invocation.settings().endpoints);
      invocation.print(text);
      if (!isOver) throw new SilentExit(exitCodes.failure);
    } catch (error) {
      status.clear();
      if ((error as Error).name === 'AbortError') {
        throw new CommandError(
          'interrupted: the next run goes on from here',
          exitCodes.interrupted,
        );
      }
      throw inOurWords(error);
    }
  },
};

/** What the SDK advises its users is not what is typed here. */
function inOurWords(error: unknown): unknown {
  if (!ConcordError.is(error, 'UNAUTHENTICATED')) return told(error);
  const [problem] = error.message.split('; ');
  return new CommandError(
    `${problem}; sign in by --from-user at the source, and by --user at the destination`,
    exitCodes.badConnection,
  );
}

/** When to cut over: at an interrupt, or at the time that was given. */
function cutOverSignal(invocation: Invocation<typeof flags>): AbortSignal {
  const { follow, 'cut-over-at': at, 'cut-over-idle': idleMs } = invocation.values;
  if (!follow) {
    if (at !== '' || idleMs > 0) {
      refuseArguments('--cut-over-at and --cut-over-idle need --follow: without, there is no wait');
    }
    return new AbortController().signal;
  }
  if (at === '') return invocation.signal;
  const timeMs = Date.parse(at);
  if (Number.isNaN(timeMs)) {
    refuseArguments(`--cut-over-at ${at} is no time: give one such as 2026-11-30T04:00:00Z`);
  }
  const due = new AbortController();
  const wait = (): void => {
    // Timers count to 24 days.
    const leftMs = timeMs - Date.now();
    if (leftMs <= 0) due.abort();
    else setTimeout(wait, Math.min(leftMs, 2 ** 31 - 1)).unref();
  };
  wait();
  return AbortSignal.any([invocation.signal, due.signal]);
}

type OnProgress = ConstructorParameters<typeof Migration>[0]['onProgress'];

/** Cuts over once the source has had nothing new for as long as was given. */
function whenIdle(values: Values, idle: AbortController, show: OnProgress): OnProgress {
  let revision = -1;
  let sinceMs = performance.now();
  return (progress) => {
    show(progress);
    if (progress.kind !== 'follow' || values['cut-over-idle'] === 0) return;
    const nowMs = performance.now();
    if (progress.sourceRevision !== revision || progress.revision !== revision) {
      revision = progress.sourceRevision;
      sinceMs = nowMs;
    } else if (nowMs - sinceMs >= values['cut-over-idle']) {
      idle.abort();
    }
  };
}
