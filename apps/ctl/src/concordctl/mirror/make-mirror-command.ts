/** `concordctl make-mirror`: etcdctl's, which with `--checkpoint-key` goes on from where an earlier one was. */
import { ConcordError, type Client } from '@concord/client';
import { CommandError, refuseArguments } from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';
import type { Command } from '../command.ts';
import type { Checkpoint } from '../replication/checkpoint.ts';
import { Destination } from '../replication/destination.ts';
import { KeyMap } from '../replication/key-map.ts';
import { Pace } from '../replication/pace.ts';
import { persistently, type Patience } from '../replication/patience.ts';
import { Replication } from '../replication/replication.ts';
import { clusterFlags, sourceSettings, targetSettings } from '../replication/two-clusters.ts';
import { connectedBy, told } from '../sdk/with-client.ts';

const flags = {
  prefix: { kind: 'string', default: '', help: 'mirror the keys with this prefix' },
  rev: { kind: 'int', default: 0, help: 'mirror what changes from this revision on, and no more' },
  'max-txn-ops': {
    kind: 'uint',
    default: 128,
    help: 'most operations of a transaction at the destination',
  },
  'dest-prefix': {
    kind: 'string',
    default: '',
    help: 'what stands for the prefix at the destination (default the same)',
  },
  'no-dest-prefix': {
    kind: 'bool',
    default: false,
    help: 'nothing stands for the prefix at the destination',
  },
  ...clusterFlags('dest', 'destination'),
  'checkpoint-key': {
    kind: 'string',
    default: '',
    help:
      'keep how far the mirror is under this key of the destination, and go on from there after an end: ' +
      'deletions of that time are carried out too. Keys of the mirror that the source does not have may be deleted',
  },
} satisfies Flags;

/** etcdctl tells the number of keys this often. */
const COUNT_APART_MS = 30_000;

export const makeMirrorCommand: Command<typeof flags> = {
  usage: '[options] <destination>',
  flags,
  async run(invocation) {
    const { values, args, print, tell } = invocation;
    const [destination] = args;
    if (destination === undefined || args.length !== 1) {
      refuseArguments('make-mirror takes one destination argument');
    }
    check(values);
    let timer: NodeJS.Timeout | undefined;
    try {
      const settings = await Promise.all([
        targetSettings(invocation),
        sourceSettings(invocation, 'dest', [destination]),
      ]);
      const [source, target] = await Promise.all(settings.map(connectedBy));
      if (source === undefined || target === undefined) return;
      await using clients = new AsyncDisposableStack();
      clients.use(source);
      clients.use(target);
      const patience = { signal: new AbortController().signal, tell };
      const replication = await begin(values, source, target, patience);
      timer = setInterval(() => print(`${replication.state.written}\n`), COUNT_APART_MS);
      if (values['checkpoint-key'] === '') await mirror(replication);
      else await mirrorOn(replication, patience);
    } catch (error) {
      throw told(error);
    } finally {
      clearInterval(timer);
    }
  },
};

function check(values: FlagValues<typeof flags>): void {
  if (values['no-dest-prefix'] && values['dest-prefix'] !== '') {
    refuseArguments(
      '`--dest-prefix` and `--no-dest-prefix` cannot be set at the same time, choose one',
    );
  }
  // The checkpoint is an operation too.
  const opsMin = values['checkpoint-key'] === '' ? 1 : 2;
  if (values['max-txn-ops'] < opsMin) refuseArguments(`--max-txn-ops must be at least ${opsMin}`);
  if (values['checkpoint-key'] === '') return;
  if (values['no-dest-prefix'] && values.prefix !== '') {
    refuseArguments(
      '--checkpoint-key does not go with --no-dest-prefix: after a compaction, keys of the mirror could not be told from others',
    );
  }
  if (values.rev > 0) refuseArguments('--checkpoint-key does not go with --rev: it has its own');
}

async function begin(
  values: FlagValues<typeof flags>,
  source: Client,
  target: Client,
  patience: Patience,
): Promise<Replication> {
  const status = await persistently(() => source.maintenance.status(), patience);
  const sourceId = status.clusterId.toString(16);
  const text = values['checkpoint-key'];
  const checkpointKey = text === '' ? undefined : Buffer.from(text);
  const prefix = Buffer.from(values.prefix);
  const isSame = !values['no-dest-prefix'] && values['dest-prefix'] === '';
  const keys = new KeyMap({
    prefix,
    destinationPrefix: isSame ? prefix : Buffer.from(values['dest-prefix']),
    isForeign: (key) => checkpointKey !== undefined && Buffer.compare(key, checkpointKey) === 0,
  });
  const destination = new Destination(target, checkpointKey, patience);
  const parts = {
    ...{ source, destination, keys, patience, isRevisionWise: true },
    pace: new Pace(0),
    opsMax: values['max-txn-ops'] - (checkpointKey === undefined ? 0 : 1),
  };
  const found = await destination.load();
  if (found !== undefined && (found.source !== sourceId || found.subject !== keys.subject)) {
    throw new CommandError(
      `key ${JSON.stringify(text)} at the destination is the checkpoint of another mirror: name another key`,
    );
  }
  const start: Checkpoint = {
    source: sourceId,
    phase: values.rev > 0 ? 'follow' : 'copy',
    revision: values.rev > 0 ? values.rev - 1 : status.revision,
    copiedTo: '',
    written: 0,
    subject: keys.subject,
  };
  return new Replication(parts, found ?? start, false);
}

/** As etcdctl does it: a source whose history is gone ends it. */
async function mirror(replication: Replication): Promise<void> {
  const never = new AbortController().signal;
  try {
    await replication.copyOnce();
    await replication.followOnce(never);
  } catch (error) {
    if (!ConcordError.is(error, 'COMPACTED')) throw error;
    throw new CommandError('etcdserver: mvcc: required revision has been compacted');
  }
}

/** Until it is ended from outside: the checkpoint knows where. */
async function mirrorOn(replication: Replication, { signal }: Patience): Promise<void> {
  await replication.copy();
  await replication.follow(signal);
}
