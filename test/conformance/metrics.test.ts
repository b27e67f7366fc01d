/**
 * /metrics: that the official Grafana dashboard and alert rules find what they ask for, and that what both servers
 * have is the same thing: type, help, labels and buckets. The text is read by a parser that we did not write.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import parsePrometheus from 'parse-prometheus-text-format';
import { concordKind } from '../bench/server-under-test.ts';
import { Cluster } from '../cluster/cluster.ts';
import { LoopbackNetwork } from '../cluster/loopback-network.ts';
import { bytes } from './harness/answers.ts';
import { availableBackends } from './harness/backend.ts';
import { onEachBackend } from './harness/each-backend.ts';
import { Server } from './harness/server.ts';
import { WireClient } from './harness/wire-client.ts';

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly type: string;
  readonly help: string;
  /** Of a histogram, its buckets. */
  readonly series: readonly Series[];
}

/**
 * The parser takes all series of a histogram for one, whatever their labels: it is handed histograms as untyped
 * series, and what belongs together is put together here.
 */
async function scrape(endpoint: string): Promise<ReadonlyMap<string, Family>> {
  const text = await (await fetch(`http://${endpoint}/metrics`)).text();
  const typed = /^# TYPE (\S+) histogram$/gm;
  const histograms = [...text.matchAll(typed)].map(([, name = '']) => name);
  const helps = new Map(
    [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = '', help = '']) => [name, help]),
  );
  const families = new Map<string, Family>();
  for (const { name, type, metrics } of parsePrometheus(text.replace(typed, ''))) {
    const series = metrics.map(({ labels = {}, value }) => ({ labels, value: Number(value) }));
    const before = families.get(name)?.series ?? [];
    const help = helps.get(name) ?? '';
    families.set(name, { type: type.toLowerCase(), help, series: [...before, ...series] });
  }
  for (const name of histograms) {
    const series = families.get(`${name}_bucket`)?.series ?? [];
    for (const part of ['_bucket', '_sum', '_count']) {
      assert.ok(families.delete(name + part), `${name} has no ${part}`);
    }
    families.set(name, { type: 'histogram', help: helps.get(name) ?? '', series });
  }
  return families;
}

/**
 * Every metric in the expressions of etcd's contrib/mixin (dashboard and alerts), with the labels that the expressions
 * select or group by. `up` is Prometheus' own; `instance`, `job` and `cluster` are added at the scrape.
 */
const MIXIN: Readonly<Record<string, readonly string[]>> = {
  etcd_server_has_leader: [],
  etcd_server_leader_changes_seen_total: [],
  etcd_server_proposals_failed_total: [],
  etcd_server_proposals_pending: [],
  etcd_server_proposals_committed_total: [],
  etcd_server_proposals_applied_total: [],
  etcd_server_quota_backend_bytes: [],
  etcd_mvcc_db_total_size_in_bytes: [],
  etcd_mvcc_db_total_size_in_use_in_bytes: [],
  etcd_disk_wal_fsync_duration_seconds: ['le'],
  etcd_disk_backend_commit_duration_seconds: ['le'],
  etcd_network_client_grpc_received_bytes_total: [],
  etcd_network_client_grpc_sent_bytes_total: [],
  grpc_server_started_total: ['grpc_type', 'grpc_service', 'grpc_method'],
  grpc_server_handled_total: ['grpc_type', 'grpc_service', 'grpc_method', 'grpc_code'],
  grpc_server_handling_seconds: ['grpc_type', 'grpc_service', 'grpc_method', 'le'],
  process_resident_memory_bytes: [],
};

/** The same, of metrics that only a member with peers has. */
const MIXIN_PEERS: Readonly<Record<string, readonly string[]>> = {
  etcd_network_peer_received_bytes_total: ['From'],
  etcd_network_peer_sent_bytes_total: ['To'],
  etcd_network_peer_sent_failures_total: ['To'],
  etcd_network_peer_round_trip_time_seconds: ['To', 'le'],
};

/** What etcd has and Concord has not, and why. */
const WITHOUT_COUNTERPART: readonly (readonly [RegExp, string])[] = [
  [/^go_|^etcd_server_go_version$/, 'this is no Go program'],
  [/^promhttp_/, "of Go's library"],
  [/_watch_send_loop_/, 'of etcd 3.7, and there is no such loop'],
  [/^etcd_debugging_store_(reads|writes)_/, "of etcd's v2 store, where its members are noted too"],
];

const flags = ['--metrics=extensive'];

onEachBackend(
  'metrics',
  (target) => {
    const scraped = () => scrape(target.server.endpoint);

    test('the official dashboard and alert rules find their metrics and labels', async () => {
      await target.client.must('Put', { key: bytes('m/a'), value: bytes('v') });
      const families = await scraped();
      for (const [name, labels] of Object.entries(MIXIN)) {
        const family = families.get(name);
        assert.ok(family !== undefined, name);
        for (const { labels: own } of family.series) {
          assert.deepEqual(Object.keys(own).sort(), [...labels].sort(), name);
        }
      }
    });

    test('a line has its labels by their names, so that it is found as a whole', async () => {
      const text = await (await fetch(`http://${target.server.endpoint}/metrics`)).text();
      for (const [line, name = '', labels = ''] of text.matchAll(
        /^((?:etcd|grpc)_\w+)\{(.*)\} /gm,
      )) {
        const names = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
        const last = name.endsWith('_bucket') ? 'le' : undefined;
        const sorted = names.filter((label) => label !== last).sort();
        assert.deepEqual(names, [...sorted, ...(last === undefined ? [] : [last])], line);
      }
      const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
      assert.deepEqual(families, [...families].sort());
    });

    test('writes and reads are counted by what they are', async () => {
      const names = ['put', 'range', 'delete', 'txn'] as const;
      const counts = async () => {
        const families = await scraped();
        return names.map((name) =>
          Number(families.get(`etcd_mvcc_${name}_total`)?.series[0]?.value),
        );
      };
      const before = await counts();
      const key = bytes('m/b');
      await target.client.must('Put', { key, value: bytes('v') });
      await target.client.must('Put', { key, value: bytes('w') });
      await target.client.must('Range', { key });
      await target.client.must('DeleteRange', { key });
      const put = { request_put: { key, value: bytes('x') } };
      const range = { request_range: { key } };
      await target.client.must('Txn', { success: [put, range] });
      const after = await counts();
      assert.deepEqual(
        after.map((count, i) => count - (before[i] ?? 0)),
        [3, 2, 1, 1],
      );
    });

    test('under --metrics=extensive calls are timed by method', async () => {
      const counted = async () => {
        const family = (await scraped()).get('grpc_server_handling_seconds');
        const put = family?.series.find(
          ({ labels }) => labels['grpc_method'] === 'Put' && labels['le'] === '+Inf',
        );
        return put?.value ?? 0;
      };
      const before = await counted();
      await target.client.must('Put', { key: bytes('m/c') });
      await target.client.call('Put', {});
      assert.equal(await counted(), before + 2);
    });

    test('entries are timed by operation', async (t) => {
      if (!target.server.version.atLeast('3.5.0')) return t.skip('before 3.5');
      await target.client.must('Put', { key: bytes('m/d') });
      const family = (await scraped()).get('etcd_server_apply_duration_seconds');
      const put = family?.series.find(({ labels }) => labels['op'] === 'Put');
      assert.deepEqual(put?.labels, { version: 'v3', op: 'Put', success: 'true', le: '0.0001' });
    });

    test('requests are timed by what they ask, and by how they ended', async (t) => {
      if (target.backend.name === 'etcd' && !target.server.version.atLeast('3.7.0'))
        return t.skip('from 3.7 on');
      const name = 'etcd_server_request_duration_seconds';
      const counts = async () => {
        const series = (await scraped()).get(name)?.series ?? [];
        return new Map(
          series
            .filter(({ labels }) => labels['le'] === '+Inf')
            .map(({ labels, value }) => [`${labels['type']} ${labels['success']}`, value]),
        );
      };
      const before = await counts();
      await target.client.must('Put', { key: bytes('m/e') });
      await target.client.must('Range', { key: bytes('m/e') });
      await target.client.call('Range', { key: bytes('m/e'), revision: 1_000_000 });
      const after = await counts();
      const types = ['Put true', 'Range true', 'Range false'];
      assert.deepEqual(
        types.map((type) => (after.get(type) ?? 0) - (before.get(type) ?? 0)),
        [1, 1, 1],
      );
      const [bucket] = (await scraped()).get(name)?.series ?? [];
      assert.deepEqual(Object.keys(bucket?.labels ?? {}).sort(), ['le', 'success', 'type']);
    });

    test('writes of the log are timed without their sync', async (t) => {
      if (target.backend.name === 'etcd' && !target.server.version.atLeast('3.6.0'))
        return t.skip('from 3.6 on');
      const observed = async (part: string) => {
        const text = await (await fetch(`http://${target.server.endpoint}/metrics`)).text();
        const of = (what: string): number =>
          Number(
            new RegExp(`^etcd_disk_wal_${what}_duration_seconds_${part} (\\S+)$`, 'm').exec(
              text,
            )?.[1],
          );
        return { write: of('write'), fsync: of('fsync') };
      };
      const before = await observed('count');
      await target.client.must('Put', { key: bytes('m/f') });
      const after = await observed('count');
      assert.ok(after.write > before.write);
      const sums = await observed('sum');
      assert.ok(sums.write > 0 && sums.write < sums.fsync);
    });

    test('the revision of users and roles goes up with each change', async () => {
      const revision = async () =>
        Number((await scraped()).get('etcd_debugging_auth_revision')?.series[0]?.value);
      const before = await revision();
      await target.client.must('RoleAdd', { name: 'metrics' });
      assert.equal(await revision(), before + 1);
    });

    test('an alarm is told by member and type', async (t) => {
      if (!target.server.version.atLeast('3.6.0')) return t.skip('before 3.6');
      const { header } = await target.client.must('Status', {});
      const alarm = { memberID: header?.member_id ?? '', alarm: 'NOSPACE' } as const;
      await target.client.must('Alarm', { action: 'ACTIVATE', ...alarm });
      const [series] = (await scraped()).get('etcd_debugging_server_alarms')?.series ?? [];
      await target.client.must('Alarm', { action: 'DEACTIVATE', ...alarm });
      const server_id = BigInt(alarm.memberID).toString(16);
      assert.deepEqual(series, { labels: { server_id, alarm_type: 'NOSPACE' }, value: 1 });
    });

    test('a promotion that is refused is counted by its reason', async () => {
      await target.client.call('MemberPromote', { ID: '1234' });
      const family = (await scraped()).get('etcd_server_learner_promote_failures');
      assert.deepEqual(Object.keys(family?.series[0]?.labels ?? {}), ['Reason']);
    });

    test('a health check is counted', async () => {
      const counted = async () =>
        Number((await scraped()).get('etcd_server_health_success')?.series[0]?.value);
      const before = await counted();
      await fetch(`http://${target.server.endpoint}/health`);
      assert.equal(await counted(), before + 1);
    });
  },
  { flags },
);

describe('metrics of both', () => {
  const [own, other] = availableBackends();

  test('what etcd has is here, of the same type and help, with the same labels and buckets', async (t) => {
    if (own?.name !== 'concord' || other?.name !== 'etcd') return t.skip('needs both servers');
    await using concord = await Server.start(own, { flags });
    await using etcd = await Server.start(other, { flags });
    for (const { endpoint } of [concord, etcd]) {
      const client = new WireClient(endpoint);
      await client.must('Put', { key: bytes('a'), value: bytes('b') });
      await client.must('Range', { key: bytes('a') });
      client.close();
    }
    const here = await scrape(concord.endpoint);
    for (const [name, there] of await scrape(etcd.endpoint)) {
      if (WITHOUT_COUNTERPART.some(([pattern]) => pattern.test(name))) continue;
      const family = here.get(name);
      assert.ok(family !== undefined, `${name} is missing`);
      assert.equal(family.type, there.type, name);
      if (name.startsWith('etcd_') && etcd.version.atLeast('3.6.0')) {
        assert.equal(family.help, there.help, name);
      }
      assert.deepEqual(shapeOf(family), shapeOf(there), name);
    }
  });
});

/** Names of labels, and upper bounds of buckets: what queries are written with. */
function shapeOf({ series }: Family): unknown {
  const buckets = new Set(series.map(({ labels }) => labels['le']));
  return { labels: Object.keys(series[0]?.labels ?? {}).sort(), buckets: [...buckets] };
}

const kind = concordKind();

test(
  'a member with peers has what the dashboard shows of them',
  { skip: kind === undefined && 'the server is not built: npm run build' },
  async () => {
    if (kind === undefined) return;
    await using cluster = await Cluster.start({ kind, size: 3, network: new LoopbackNetwork() });
    const families = await scrape(cluster.member(1).endpoint);
    for (const [name, labels] of Object.entries(MIXIN_PEERS)) {
      const series = families.get(name)?.series ?? [];
      assert.equal(new Set(series.map(({ labels: { To, From } }) => To ?? From)).size, 2, name);
      for (const { labels: own } of series) {
        assert.deepEqual(Object.keys(own).sort(), [...labels].sort(), name);
      }
    }
  },
);
