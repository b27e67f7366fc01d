/**
 * A running member: the composition root, where the pure core meets a real disk, real sockets and real clocks.
 * Opens the data directory, recovers what it holds, meets the other members, publishes itself, and only then serves.
 */
import { once } from 'node:events';
import {
  forceNewCluster,
  foundCluster,
  readApplied,
  readConfiguration,
  type Replica,
} from '@concord/kv';
import { Member as MemberRecord } from '@concord/protocol';
import {
  DataDirectory,
  NodeFileSystem,
  closeMemberStorage,
  openMemberStorage,
  type MemberStorage,
} from '@concord/storage';
import { startArchive } from './log-archiving.ts';
import { bootstrap, type Bootstrap, type InitialMember } from './bootstrap/bootstrap.ts';
import { ignoredFlags } from './bootstrap/used-directory.ts';
import { ClientServer } from './client-server.ts';
import type { Configuration } from './config/configuration.ts';
import { formatId, type Identity } from './identity.ts';
import type { Log } from './log.ts';
import { DiskTimes } from './metrics/disk-times.ts';
import { Monitor } from './metrics/monitor.ts';
import { publish } from './publication.ts';
import { quotaBytesOf } from './rpc/limits.ts';
import { RunningReplica } from './running-replica.ts';
import { TransportSecurity } from './tls/transport-security.ts';
import { Upkeep } from './upkeep.ts';

export interface Member {
  /** Where it listens for clients, as `host:port`. */
  readonly endpoints: readonly string[];
  readonly replica: Replica;
  /** Resolves once everything applied is stored and every socket and file is closed. */
  stop(): Promise<void>;
}

/** What its process hears of a member after the start. */
export interface MemberEvents {
  /** The member cannot go on. */
  failed(error: Error): void;
  /** The cluster has removed this member, for good. */
  removed(): void;
}

/** What a program that runs a member may want otherwise. */
export interface MemberSettings {
  /** Gives up waiting for the other members. */
  readonly signal?: AbortSignal | undefined;
  /** The milliseconds by which leases and tokens count; those of the machine by default. */
  readonly leaseNow?: (() => number) | undefined;
}

/** Throws `ConfigurationError` and `StorageError`. */
export async function startMember(
  configuration: Configuration,
  log: Log,
  events: MemberEvents,
  { signal, leaseNow }: MemberSettings = {},
): Promise<Member> {
  const { values, dataDirectory } = configuration;
  const diskTimes = new DiskTimes();
  const directory = DataDirectory.open({
    path: dataDirectory,
    fileSystem: new NodeFileSystem((writeMs) => diskTimes.walWrite.observe(writeMs / 1000)),
    ...(values['wal-dir'] !== '' && { walPath: values['wal-dir'] }),
  });
  const security = await TransportSecurity.open({ values, dataDirectory: directory.path, log });
  const world = { log, peerTls: security.peer, ...(signal !== undefined && { signal }) };
  // A directory that has been used says who this member is; the bootstrap flags count for a new one only.
  const known = directory.identity;
  const meet = () => orGivenUp(bootstrap(configuration, world), signal);
  let founding = known === undefined ? await meet() : undefined;
  const identity = known ?? founding?.identity;
  if (identity === undefined) throw new Error('a member has an identity, or is given one');
  const storage = openMemberStorage({
    directory,
    identity,
    readApplied: (store) => readApplied(store).position,
    onFailure: events.failed,
    entriesKept: values['snapshot-catchup-entries'],
  });
  if (known !== undefined) {
    for (const warning of ignoredFlags(configuration, identity)) log.warn(warning);
    // The start before this one ended before the first members, or the cluster that was joined, were noted.
    if (isBlank(storage)) founding = await meet();
    if (founding !== undefined) directory.assertBelongsTo(founding.identity);
  }
  tellStart(log, identity, storage, directory);
  await prepare(storage, founding, identity, values['force-new-cluster'], log);

  const late: { replica?: Replica; upkeep?: Upkeep } = {};
  const appliedIndex = () => late.replica?.machine.applied.index ?? 0;
  const monitor = new Monitor({ values, log, diskTimes, appliedIndex });
  // What is replayed may be stored before the archive knows what it lacks of it.
  if (values['archive-dir'] !== '') storage.wal.keepSegments(() => 0);
  const running = await RunningReplica.start({
    configuration,
    identity,
    storage,
    monitor,
    log,
    security: security.peer,
    firstPeers: founding?.members ?? [],
    removed: events.removed,
    leaseNow,
  });
  late.replica = running.replica;
  const archive = await startArchive(values['archive-dir'], {
    walDirectory: directory.walDirectory,
    identity,
    storage,
    replica: running.replica,
    log,
  });
  const stop = async (): Promise<void> => {
    await running.stop();
    await archive?.close();
    security.close();
    await new Promise<void>((resolve) => closeMemberStorage(storage, directory, resolve));
  };
  const isPublished = await publish(running, values, log, signal);
  const { replica, transport, operatorLog } = running;
  if (!isPublished) return { endpoints: [], replica, stop };
  const server = await ClientServer.start({
    replica,
    transport,
    store: storage.store,
    identity,
    values,
    security,
    log,
    monitor,
    writtenBytes: () => storage.wal.writtenBytes,
    archive: () => archive?.progress,
    operatorLog,
    noSpaceRaised: () => late.upkeep?.noSpaceRaised(),
  });
  const upkeep = new Upkeep({
    replica,
    store: storage.store,
    identity,
    log,
    compaction: configuration.compaction,
    quotaBytes: quotaBytesOf(values['quota-backend-bytes']),
  });
  late.upkeep = upkeep;
  running.onLeaderLost = () => server.leaderLost();
  running.onFenceChanged = () => server.fenceChanged();
  return {
    endpoints: server.endpoints,
    replica,
    stop: async () => {
      upkeep.stop();
      await running.handOver();
      await server.stop();
      await stop();
    },
  };
}

/** Rejects when `signal` aborts: what others are asked may take them long, and nothing here waits to be put away. */
function orGivenUp<Found>(finding: Promise<Found>, signal?: AbortSignal): Promise<Found> {
  if (signal === undefined) return finding;
  const givenUp = once(signal, 'abort').then(() => {
    throw new Error('the start was given up');
  });
  return Promise.race([finding, givenUp]);
}

/** Nothing was ever decided here, and nobody is known. */
const isBlank = ({ store, hardState }: MemberStorage): boolean =>
  readConfiguration(store) === undefined && hardState.term === 0;

/** Writes who the members are, where flags decide it: at the birth of a cluster, and by force. */
async function prepare(
  storage: MemberStorage,
  founding: Bootstrap | undefined,
  identity: Identity,
  isForced: boolean,
  log: Log,
): Promise<void> {
  const { store } = storage;
  if (founding?.kind === 'new') {
    const members = founding.members.map(recordOf);
    await new Promise<void>((resolve) => foundCluster(store, members, resolve));
  }
  // A member that has never run has nothing to force.
  if (!isForced || founding !== undefined) return;
  log.warn(
    { 'member-id': formatId(identity.memberId) },
    'forcing a new cluster of this member alone: the others are noted as removed, and must not be started again; ' +
      'the next start must be without --force-new-cluster, or it removes whoever has joined until then',
  );
  await new Promise<void>((resolve) => forceNewCluster(store, identity.memberId, resolve));
}

const recordOf = ({ id, name, peerUrls, clientUrls, isLearner }: InitialMember): MemberRecord =>
  MemberRecord.create({
    ID: id,
    name,
    peerURLs: [...peerUrls],
    clientURLs: [...clientUrls],
    isLearner,
  });

function tellStart(
  log: Log,
  identity: Identity,
  storage: MemberStorage,
  directory: DataDirectory,
): void {
  log.info(
    {
      'member-id': formatId(identity.memberId),
      'cluster-id': formatId(identity.clusterId),
      'data-dir': directory.path,
      'entries-to-replay': storage.entries.length,
    },
    storage.isNew ? 'starting a new member' : 'starting a member from its data directory',
  );
  if (storage.repairedBytes === 0) return;
  log.warn(
    { bytes: storage.repairedBytes },
    'the log ended in a write that was cut short, as a loss of power leaves it: its remains were taken off; ' +
      'nobody had been told that it was done, so nothing is lost that was acknowledged',
  );
}
