/**
 * The plain HTTP endpoints on the client port: /health, /version, /metrics, and what is not there.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';

/** The metrics of the official dashboard and alerts that a single member has from the start. */
const METRICS = [
  'etcd_server_has_leader 1',
  'etcd_server_is_leader 1',
  'etcd_server_leader_changes_seen_total',
  'etcd_server_proposals_failed_total',
  'etcd_server_proposals_pending',
  'etcd_server_proposals_committed_total',
  'etcd_server_proposals_applied_total',
  'etcd_server_quota_backend_bytes',
  'etcd_mvcc_db_total_size_in_bytes',
  'etcd_mvcc_db_total_size_in_use_in_bytes',
  'etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"}',
  'etcd_disk_wal_fsync_duration_seconds_bucket{le="8.192"}',
  'etcd_disk_backend_commit_duration_seconds_bucket{le="0.001"}',
  'etcd_network_client_grpc_received_bytes_total',
  'etcd_network_client_grpc_sent_bytes_total',
  'process_resident_memory_bytes',
];

onEachBackend('HTTP', (target) => {
  const get = (path: string, method = 'GET'): Promise<Response> =>
    fetch(`http://${target.server.endpoint}${path}`, { method });

  for (const query of [
    '',
    '?serializable=true',
    '?exclude=NOSPACE',
    '?exclude=NOSPACE&exclude=x',
  ]) {
    test(`/health${query} says that it is well`, async () => {
      const response = await get(`/health${query}`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
      const expected = target.changed({
        since: '3.5.0',
        now: '{"health":"true","reason":""}',
        then: '{"health":"true"}',
        because: 'the reason came later',
      });
      assert.equal(await response.text(), expected);
    });
  }

  test('/version tells server, cluster and storage', async () => {
    const response = await get('/version');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    const version = (await response.json()) as Record<string, string>;
    assert.match(version['etcdserver'] ?? '', /^3\.\d+\.\d+$/);
    assert.match(version['etcdcluster'] ?? '', /^3\.\d+\.0$/);
    if (target.server.version.atLeast('3.6.0')) {
      assert.match(version['storage'] ?? '', /^3\.\d+\.0$/);
    }
  });

  test('/metrics has what the official dashboard and alerts read', async () => {
    await target.client.must('Put', { key: bytes('a') });
    const response = await get('/metrics');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    const lines = text.split('\n');
    for (const metric of METRICS) {
      assert.ok(
        lines.some((line) => line === metric || line.startsWith(`${metric} `)),
        metric,
      );
    }
  });

  test('/metrics counts calls by method and code', async () => {
    const counted = async (): Promise<number> => {
      const text = await (await get('/metrics')).text();
      const line = text
        .split('\n')
        .find((each) =>
          ['grpc_server_handled_total{', 'grpc_code="InvalidArgument"', 'grpc_method="Put"'].every(
            (part) => each.includes(part),
          ),
        );
      return Number(line?.split(' ').at(-1));
    };
    const before = await counted();
    await target.client.call('Put', {});
    assert.equal(await counted(), before + 1);
  });

  for (const path of ['/', '/nothing', '/healthz']) {
    test(`${path} is not found`, async () => {
      const response = await get(path);
      assert.equal(response.status, 404);
      assert.equal(await response.text(), '404 page not found\n');
    });
  }

  for (const path of ['/health', '/version']) {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      test(`${method} ${path} is not allowed`, async () => {
        const response = await get(path, method);
        assert.equal(response.status, 405);
        assert.equal(response.headers.get('allow'), 'GET');
        assert.equal(await response.text(), 'Method Not Allowed\n');
      });
    }

    test(`HEAD ${path} is not allowed`, async () => {
      const response = await get(path, 'HEAD');
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'GET');
    });
  }

  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE']) {
    test(`${method} /metrics answers as GET does`, async () => {
      const response = await get('/metrics', method);
      assert.equal(response.status, 200);
      assert.equal((await response.text()).length > 0, method !== 'HEAD');
    });
  }

  for (const path of ['/health', '/version', '/metrics']) {
    test(`OPTIONS ${path} allows other origins`, async () => {
      const response = await get(path, 'OPTIONS');
      assert.equal(response.status, 200);
      assert.equal(await response.text(), '');
      const allowed = ['access-control-allow-methods', 'access-control-allow-origin'].map((name) =>
        response.headers.get(name),
      );
      assert.deepEqual(allowed, ['POST, GET, OPTIONS, PUT, DELETE', '*']);
    });
  }
});
