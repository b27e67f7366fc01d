import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PeerStatus } from '../peer/peer.ts';
import { NetworkCounts } from './network-counts.ts';
import { networkFamilies } from './network-families.ts';

const SELF = 0xan;
const PEER = 0xbn;

const status: PeerStatus = {
  connectedSinceMs: 1,
  sentBytes: 5,
  receivedBytes: 6,
  sendFailures: 7,
  disconnects: 8,
  queuedBytes: 0,
  roundTripMs: undefined,
};

/** How many each histogram has observed. */
async function timed(network: NetworkCounts): Promise<ReadonlyMap<string, number>> {
  const families = networkFamilies({ memberId: SELF, network, peers: () => [] });
  const snapshots = await Promise.all(families.map((family) => family.get()));
  return new Map(
    snapshots.flatMap(({ values }) =>
      values
        .filter(({ metricName }) => metricName?.endsWith('_count'))
        .map(({ metricName = '', value }) => [metricName, value] as const),
    ),
  );
}

/** The samples of each family, one line each, but for the buckets of histograms. */
async function told(network: NetworkCounts, peer: PeerStatus): Promise<readonly string[]> {
  const families = networkFamilies({ memberId: SELF, network, peers: () => [[PEER, peer]] });
  const snapshots = await Promise.all(families.map((family) => family.get()));
  return snapshots
    .filter(({ type }) => type !== 'histogram')
    .flatMap(({ name, values }) =>
      values.map(({ labels, value }) => `${name} ${Object.entries(labels).join(' ')} ${value}`),
    );
}

test('another member is told by both ids, with what went to it and came from it', async () => {
  assert.deepEqual(await told(new NetworkCounts(), status), [
    'etcd_network_active_peers Local,a Remote,b 1',
    'etcd_network_known_peers Local,a Remote,a 1',
    'etcd_network_known_peers Local,a Remote,b 1',
    'etcd_network_disconnected_peers_total Local,a Remote,b 8',
    'etcd_network_peer_sent_bytes_total To,b 5',
    'etcd_network_peer_received_bytes_total From,b 6',
    'etcd_network_peer_sent_failures_total To,b 7',
    'etcd_network_peer_received_failures_total From,b 0',
  ]);
  const [first] = await told(new NetworkCounts(), { ...status, connectedSinceMs: undefined });
  assert.equal(first, 'etcd_network_active_peers Local,a Remote,b 0');
});

test('snapshots are counted by member and direction, from the first one on', async () => {
  const network = new NetworkCounts();
  network.snapshotOffered(PEER);
  network.snapshotSent(PEER, true);
  network.snapshotOffered(PEER);
  network.fetchBegan(PEER);
  network.fetchEnded(PEER, false);
  const ofSnapshots = (await told(network, status)).filter((line) => line.includes('_snapshot_'));
  assert.deepEqual(ofSnapshots, [
    'etcd_network_snapshot_send_success To,b 1',
    'etcd_network_snapshot_send_failures To,b 0',
    'etcd_network_snapshot_send_inflights_total To,b 1',
    'etcd_network_snapshot_receive_success From,b 0',
    'etcd_network_snapshot_receive_failures From,b 1',
    'etcd_network_snapshot_receive_inflights_total From,b 0',
  ]);
});

test('a snapshot that has come whole is timed, and so is the sync that makes it durable', async () => {
  const network = new NetworkCounts();
  network.fetchBegan(PEER);
  network.fetchEnded(PEER, false);
  network.fetchBegan(PEER);
  network.fetchMadeDurable(3);
  network.fetchEnded(PEER, true);
  const counts = await timed(network);
  assert.equal(counts.get('etcd_snap_db_save_total_duration_seconds_count'), 1);
  assert.equal(counts.get('etcd_snap_db_fsync_duration_seconds_count'), 1);
  assert.equal(counts.get('etcd_network_snapshot_receive_total_duration_seconds_count'), 1);
});
