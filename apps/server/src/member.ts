/**
 * A running member: the composition root, where the pure core meets a real disk, real sockets and real clocks.
 * Opens the data directory, recovers what it holds, meets the other members, publishes itself, and only then serves.
 */
import {
  Replica,
  encodeCommand,
  foundCluster,
  readApplied,
  readConfiguration,
  type Command,
  type ReplicaOptions,
  type World,
} from '@concord/kv';
import { Member as MemberRecord } from '@concord/protocol';
import {
  DataDirectory,
  closeMemberStorage,
  openMemberStorage,
  type MemberStorage,
} from '@concord/storage';
import { ClientServer, REQUEST_OVERHEAD_BYTES } from './client-server.ts';
import type { Configuration } from './config/configuration.ts';
import type { FlagValues } from './config/flags.ts';
import { DiskTimes } from './disk-times.ts';
import { formatId, identify, type Identity } from './identity.ts';
import type { Log } from './log.ts';

/** etcd's: five seconds for the disk and the network, and two elections. */
const REQUEST_TIMEOUT_BASE_MS = 5000;
/** Entries that stay in memory for members that are a little behind (etcd's `--snapshot-catchup-entries`). */
const LOG_ENTRIES_KEPT = 5000;

export interface Member {
  /** Where it listens for clients, as `host:port`. */
  readonly endpoints: readonly string[];
  /** Resolves once everything applied is stored and every socket and file is closed. */
  stop(): Promise<void>;
}

/** Throws `ConfigurationError` and `StorageError`. `failed` is called when the member cannot go on. */
export async function startMember(
  { values, dataDirectory, initialCluster }: Configuration,
  log: Log,
  failed: (error: Error) => void,
): Promise<Member> {
  const directory = DataDirectory.open({
    path: dataDirectory,
    ...(values['wal-dir'] !== '' && { walPath: values['wal-dir'] }),
  });
  // A directory that has been used says who this member is; the bootstrap flags count for a new one only.
  const identity =
    directory.identity ?? identify(values.name, initialCluster, values['initial-cluster-token']);
  const storage = openMemberStorage({
    directory,
    identity,
    readApplied: (store) => readApplied(store).position,
    onFailure: failed,
    entriesKept: LOG_ENTRIES_KEPT,
  });
  log.info(
    {
      'member-id': formatId(identity.memberId),
      'cluster-id': formatId(identity.clusterId),
      'data-dir': directory.path,
      'entries-to-replay': storage.entries.length,
    },
    storage.isNew ? 'starting a new member' : 'starting a member from its data directory',
  );
  if (readConfiguration(storage.store) === undefined) await found(storage, identity, values);

  const diskTimes = new DiskTimes();
  const replica = createReplica(identity, values, storage, diskTimes);
  const ticker = setInterval(() => replica.tick(), values['heartbeat-interval']);
  replica.campaign();
  await publish(replica, values, identity.memberId);
  const server = await ClientServer.start({
    replica,
    store: storage.store,
    identity,
    values,
    log,
    diskTimes,
  });
  return {
    endpoints: server.endpoints,
    stop: async () => {
      await new Promise<void>((resolve) => replica.handOver(resolve));
      await server.stop();
      clearInterval(ticker);
      await new Promise<void>((resolve) => replica.stop(resolve));
      await new Promise<void>((resolve) => closeMemberStorage(storage, directory, resolve));
    },
  };
}

function found(storage: MemberStorage, identity: Identity, values: FlagValues): Promise<void> {
  const peerURLs = values['initial-advertise-peer-urls'].map(({ text }) => text);
  const members = [MemberRecord.create({ ID: identity.memberId, name: values.name, peerURLs })];
  return new Promise((resolve) => foundCluster(storage.store, members, resolve));
}

function createReplica(
  identity: Identity,
  values: FlagValues,
  storage: MemberStorage,
  diskTimes: DiskTimes,
): Replica {
  const electionTimeoutMs = values['election-timeout'];
  const options: ReplicaOptions = {
    ...identity,
    raft: {
      electionTicks: Math.ceil(electionTimeoutMs / values['heartbeat-interval']),
      heartbeatTicks: 1,
      preVote: values['pre-vote'],
    },
    requestTimeoutMs: REQUEST_TIMEOUT_BASE_MS + 2 * electionTimeoutMs,
    electionTimeoutMs,
    logEntriesKept: LOG_ENTRIES_KEPT,
    membership: { isStrict: true, learnersMax: 1 },
    progressNotifyMs: values['watch-progress-notify-interval'],
    fragmentBytes: values['max-request-bytes'] + REQUEST_OVERHEAD_BYTES,
  };
  const { hardState, base, entries, store, wal } = storage;
  const world: World = {
    log: diskTimes.observedLog(wal),
    store: diskTimes.observedStore(store),
    transport: { send: () => undefined, isConnected: () => false },
    snapshots: { hold: () => undefined, install: () => undefined },
    membershipChanged: () => undefined,
    roleChanged: () => undefined,
    now: () => performance.now(),
    random: Math.random,
    schedule: (run) => void setImmediate(run),
  };
  return new Replica(options, { hardState, base, entries }, world);
}

/** Tells the cluster this member's name and addresses; done when the entry is applied here. */
function publish(replica: Replica, values: FlagValues, memberId: bigint): Promise<void> {
  const command: Command = {
    kind: 'publish-member',
    request: MemberRecord.create({
      ID: memberId,
      name: values.name,
      clientURLs: values['advertise-client-urls'].map(({ text }) => text),
    }),
  };
  return new Promise((resolve, reject) => {
    replica.propose(command, encodeCommand(command), (outcome) => {
      if ('code' in outcome) reject(new Error(`could not publish this member: ${outcome.message}`));
      else resolve();
    });
  });
}
