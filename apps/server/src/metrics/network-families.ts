/** `etcd_network_*` between members, by the other member's id. */
import type { PeerStatus } from '../peer/peer.ts';
import { formatId } from '../identity.ts';
import { counters, gauges, histogram, histograms, type Family, type Sample } from './family.ts';
import type { NetworkCounts, PeerCount, SnapshotCount } from './network-counts.ts';

export interface NetworkSources {
  readonly memberId: bigint;
  readonly network: NetworkCounts;
  /** All other members that are known. */
  peers(): readonly (readonly [id: bigint, status: PeerStatus])[];
}

export const networkFamilies = (sources: NetworkSources): readonly Family[] => [
  ...connectionFamilies(sources),
  ...trafficFamilies(sources),
  ...snapshotFamilies('send', 'To', sources.network, ({ sent }) => sent),
  ...snapshotFamilies('receive', 'From', sources.network, ({ received }) => received),
  ...saveFamilies(sources.network),
];

function connectionFamilies({ memberId, peers }: NetworkSources): readonly Family[] {
  const Local = formatId(memberId);
  const sample = (id: bigint, value: number): Sample => ({
    labels: { Local, Remote: formatId(id) },
    value,
  });
  return [
    gauges('etcd_network_active_peers', 'The current number of active peer connections.', () =>
      peers().map(([id, status]) => sample(id, status.connectedSinceMs === undefined ? 0 : 1)),
    ),
    gauges('etcd_network_known_peers', 'The current number of known peers.', () =>
      [memberId, ...peers().map(([id]) => id)].map((id) => sample(id, 1)),
    ),
    counters(
      'etcd_network_disconnected_peers_total',
      'The total number of disconnected peers.',
      () => peers().map(([id, { disconnects }]) => sample(id, disconnects)),
    ),
  ];
}

function trafficFamilies({ network, peers }: NetworkSources): readonly Family[] {
  const perPeer = (
    name: string,
    help: string,
    direction: 'To' | 'From',
    read: (status: PeerStatus) => number,
  ): Family =>
    counters(name, help, () =>
      peers().map(([id, status]) => ({
        labels: { [direction]: formatId(id) },
        value: read(status),
      })),
    );
  return [
    perPeer(
      'etcd_network_peer_sent_bytes_total',
      'The total number of bytes sent to peers.',
      'To',
      ({ sentBytes }) => sentBytes,
    ),
    perPeer(
      'etcd_network_peer_received_bytes_total',
      'The total number of bytes received from peers.',
      'From',
      ({ receivedBytes }) => receivedBytes,
    ),
    perPeer(
      'etcd_network_peer_sent_failures_total',
      'The total number of send failures from peers.',
      'To',
      ({ sendFailures }) => sendFailures,
    ),
    // Bytes that are no messages end the connection they came on.
    perPeer(
      'etcd_network_peer_received_failures_total',
      'The total number of receive failures from peers.',
      'From',
      () => 0,
    ),
    histograms(
      'etcd_network_peer_round_trip_time_seconds',
      'Round-Trip-Time histogram between peers',
      () => peers().map(([id]) => [{ To: formatId(id) }, network.of(id).roundTrips] as const),
    ),
  ];
}

/** What etcd times where a snapshot becomes a file. */
const saveFamilies = ({ saves, saveSyncs }: NetworkCounts): readonly Family[] => [
  histogram(
    'etcd_snap_db_save_total_duration_seconds',
    'The total latency distributions of v3 snapshot save',
    saves,
  ),
  histogram(
    'etcd_snap_db_fsync_duration_seconds',
    'The latency distributions of fsyncing .snap.db file',
    saveSyncs,
  ),
];

function snapshotFamilies(
  way: 'send' | 'receive',
  direction: 'To' | 'From',
  { peers }: NetworkCounts,
  read: (count: PeerCount) => SnapshotCount,
): readonly Family[] {
  const used = () =>
    [...peers]
      .map(([id, count]) => [{ [direction]: formatId(id) }, read(count)] as const)
      .filter(([, { successes, failures, underWay }]) => successes + failures + underWay > 0);
  const samples = (value: (count: SnapshotCount) => number) => (): readonly Sample[] =>
    used().map(([labels, count]) => ({ labels, value: value(count) }));
  const verb = way === 'send' ? 'sends' : 'receives';
  const name = `etcd_network_snapshot_${way}`;
  return [
    counters(
      `${name}_success`,
      `Total number of successful snapshot ${verb}`,
      samples(({ successes }) => successes),
    ),
    counters(
      `${name}_failures`,
      `Total number of snapshot ${way} failures`,
      samples(({ failures }) => failures),
    ),
    gauges(
      `${name}_inflights_total`,
      `Total number of inflight snapshot ${verb}`,
      samples(({ underWay }) => underWay),
    ),
    histograms(
      `${name}_total_duration_seconds`,
      `Total latency distributions of v3 snapshot ${verb}`,
      () => used().map(([labels, { times }]) => [labels, times] as const),
    ),
  ];
}
