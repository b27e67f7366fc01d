/** Transports on loopback, for tests: each records what it was told. */
import { EventEmitter, once } from 'node:events';
import type { TestContext } from 'node:test';
import type { MemberMessage } from '@concord/kv';
import { createLog, type Log } from '../../log.ts';
import { parseAddress } from '../../config/address.ts';
import { MemorySink, MemorySource } from './memory-snapshots.ts';
import { PeerTransport, type PeerTransportOptions } from '../transport.ts';

export const CLUSTER_ID = 0xcdf8_1819_4e3a_8c32n;

/** Emits `told` whenever anything was recorded. */
export class Recorder extends EventEmitter {
  readonly messages: MemberMessage[] = [];
  readonly unreachable: bigint[] = [];
  readonly snapshotsSent: { readonly id: bigint; readonly arrived: boolean }[] = [];
  readonly logged: { readonly level: string; readonly text: string; readonly fields: unknown }[] =
    [];
  removals = 0;
  readonly removedIds = new Set<bigint>();

  /** Resolves when `condition` holds, which is looked at after everything that is told. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this, 'told');
  }

  told(): void {
    this.emit('told');
  }
}

export interface Member {
  readonly transport: PeerTransport;
  readonly recorder: Recorder;
  readonly source: MemorySource;
  readonly sink: MemorySink;
  readonly id: bigint;
  readonly url: string;
}

/** Starts one that is closed when the test ends. */
export async function startMember(
  context: TestContext,
  id: bigint,
  {
    progressMs = 60_000,
    ...overrides
  }: Partial<PeerTransportOptions & { progressMs: number }> = {},
): Promise<Member> {
  const recorder = new Recorder();
  const source = new MemorySource();
  const sink = new MemorySink();
  const transport = await PeerTransport.start({
    identity: { clusterId: CLUSTER_ID, memberId: id },
    listen: [parseAddress('http://127.0.0.1:0')],
    log: recordingLog(recorder),
    now: () => performance.now(),
    receive: (messages) => {
      recorder.messages.push(...messages);
      recorder.told();
    },
    unreachable: (peer) => {
      recorder.unreachable.push(peer);
      recorder.told();
    },
    snapshots: { source, sink, progressMs },
    snapshotSent: (peer, arrived) => {
      recorder.snapshotsSent.push({ id: peer, arrived });
      recorder.told();
    },
    members: () => '[]',
    isRemoved: (peer) => recorder.removedIds.has(peer),
    removed: () => {
      recorder.removals++;
      recorder.told();
    },
    observer: { roundTrip: () => recorder.told() },
    ...overrides,
  });
  context.after(() => transport.close());
  const scheme = overrides.listen?.[0]?.scheme ?? 'http';
  return {
    transport,
    recorder,
    source,
    sink,
    id,
    url: `${scheme}://${transport.endpoints[0] ?? ''}`,
  };
}

/** Tells every member of all others, and waits until everybody is connected to everybody. */
export async function introduce(...members: readonly Member[]): Promise<void> {
  const peers = members.map(({ id, url }) => ({ id, urls: [url] }));
  for (const { transport } of members) transport.setPeers(peers);
  for (const member of members) {
    for (const other of members) if (other !== member) await connected(member, other.id);
  }
}

/** Resolves when `member` has both channels to `id`. */
export function connected({ transport, recorder }: Member, id: bigint): Promise<void> {
  return recorder.until(() => transport.status(id)?.connectedSinceMs !== undefined);
}

function recordingLog(recorder: Recorder): Log {
  const log = createLog({ level: 'debug', format: 'json', outputs: ['stderr'] });
  const record =
    (level: string) =>
    (fields: unknown, text = ''): void => {
      recorder.logged.push({ level, text, fields });
      recorder.told();
    };
  return Object.assign(Object.create(log) as Log, {
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  });
}
