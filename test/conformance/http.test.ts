/**
 * The plain HTTP endpoints on the client port: /health, /version, /metrics, and what is not there.
 */
import assert from 'node:assert/strict';
import { request, type IncomingHttpHeaders } from 'node:http';
import { describe, test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { availableBackends } from './harness/backend.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import { freePorts } from './harness/free-ports.ts';
import { isTlsWanted } from './harness/tls-tunnel.ts';

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

  for (const path of ['/health', '/version', '/metrics', '/nothing']) {
    test(`OPTIONS ${path} is answered with nothing`, async () => {
      const response = await get(path, 'OPTIONS');
      assert.equal(response.status, 200);
      assert.equal(await response.text(), '');
    });
  }

  describe('probes', () => {
    /** They came with 3.5.11. */
    const has = (): boolean => target.server.version.atLeast('3.6.0');

    for (const path of [
      '/livez',
      '/readyz',
      '/livez/serializable_read',
      '/readyz/data_corruption',
      '/readyz/serializable_read',
      '/readyz/linearizable_read',
      '/readyz/non_learner',
      '/readyz?exclude=nothing-of-the-kind',
    ]) {
      test(`${path} says ok`, async (t) => {
        if (!has()) return t.skip('before 3.6');
        const response = await get(path);
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
        assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
        assert.equal(await response.text(), 'ok\n');
      });
    }

    const verbose: Readonly<Record<string, readonly string[]>> = {
      '/livez?verbose': ['serializable_read'],
      '/readyz?verbose': [
        'data_corruption',
        'linearizable_read',
        'non_learner',
        'serializable_read',
      ],
      '/readyz?verbose&exclude=non_learner&exclude=data_corruption': [
        'linearizable_read',
        'serializable_read',
      ],
      '/readyz/non_learner?verbose': ['non_learner'],
    };
    for (const [path, checks] of Object.entries(verbose)) {
      test(`${path} tells each check`, async (t) => {
        if (!has()) return t.skip('before 3.6');
        const lines = (await (await get(path)).text()).split('\n');
        assert.deepEqual(lines.slice(-2), ['ok', '']);
        // Their order is left open by etcd.
        const told = lines.slice(0, -2).sort();
        assert.deepEqual(
          told,
          checks.map((check) => `[+]${check} ok`),
        );
      });
    }

    for (const path of ['/livez/', '/livez/nothing', '/readyz/', '/livez/non_learner']) {
      test(`${path} is not found`, async () => {
        assert.equal((await get(path)).status, 404);
      });
    }

    test('an alarm CORRUPT fails readiness and health, and not liveness', async (t) => {
      if (!has()) return t.skip('before 3.6');
      const header = (await target.client.must('Put', { key: bytes('a') }))['header'];
      // Of a member that there is not: Concord's own would stop serving.
      const alarm = { alarm: 'CORRUPT', memberID: '1' };
      assert.ok(header);
      await target.client.must('Alarm', { action: 'ACTIVATE', ...alarm });
      try {
        const answers = await Promise.all(
          [
            '/readyz',
            '/readyz/data_corruption',
            '/livez',
            '/health',
            '/health?exclude=CORRUPT',
          ].map(async (path) => {
            const response = await get(path);
            return [response.status, (await response.text()).split('\n').sort().join('|')];
          }),
        );
        assert.deepEqual(answers, [
          [
            503,
            '||[+]linearizable_read ok|[+]non_learner ok|[+]serializable_read ok|' +
              '[-]data_corruption failed: alarm activated: CORRUPT',
          ],
          [503, '||[-]data_corruption failed: alarm activated: CORRUPT'],
          [200, '|ok'],
          [503, '|{"health":"false","reason":"ALARM CORRUPT"}'],
          [200, '{"health":"true","reason":""}'],
        ]);
      } finally {
        await target.client.must('Alarm', { action: 'DEACTIVATE', ...alarm });
      }
    });
  });

  test('/debug/vars tells how the process was started and what Raft knows', async (t) => {
    if (!target.server.version.atLeast('3.6.0')) return t.skip('before 3.6');
    const response = await get('/debug/vars');
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
    const vars = (await response.json()) as Record<string, Record<string, unknown>>;
    const { cmdline, file_descriptor_limit: limit, memstats, 'raft.status': status } = vars;
    assert.ok(Array.isArray(cmdline));
    assert.ok(Number(limit) > 0);
    assert.ok(Number(memstats?.['HeapAlloc']) > 0);
    assert.equal(status?.['raftState'], 'StateLeader');
    assert.equal(status['lead'], status['id']);
  });

  for (const path of ['/debug/pprof/', '/debug/pprof/heap', '/config/local/log']) {
    test(`${path} is not found without a flag`, async (t) => {
      if (!target.server.version.atLeast('3.6.0')) return t.skip('before 3.6');
      assert.equal((await get(path)).status, 404);
    });
  }
});

const ORIGIN = 'http://console.example:8080';

onEachBackend(
  'HTTP for browsers',
  (target) => {
    const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
      httpRequest(target.server.endpoint, path, headers, method);

    for (const method of ['GET', 'OPTIONS']) {
      test(`${method} of an origin that --cors names may be read`, async () => {
        const { status, headers } = await ask(
          '/version',
          { Host: 'kv.example', Origin: ORIGIN },
          method,
        );
        assert.equal(status, 200);
        assert.equal(headers['access-control-allow-origin'], ORIGIN);
        assert.equal(headers['access-control-allow-methods'], 'POST, GET, OPTIONS, PUT, DELETE');
        assert.equal(
          headers['access-control-allow-headers'],
          'accept, content-type, authorization',
        );
      });

      test(`${method} of any other origin may not`, async () => {
        const { status, headers } = await ask(
          '/version',
          { Host: 'kv.example', Origin: 'http://evil.example:80' },
          method,
        );
        assert.equal(status, 200);
        assert.equal(headers['access-control-allow-origin'], undefined);
      });
    }

    // Behind TLS the certificate says who it is: any name may be asked for.
    const foreign = isTlsWanted() ? 200 : 421;
    for (const [host, status] of [
      ['kv.example', 200],
      ['kv.example:2379', 200],
      ['evil.example', foreign],
      ['localhost', foreign],
    ] as const) {
      test(`asked as ${host}: ${status}`, async () => {
        const reply = await ask('/version', { Host: host });
        assert.equal(reply.status, status);
        if (status === 421) assert.match(reply.body, /--host-whitelist/);
      });
    }
  },
  { flags: [`--cors=${ORIGIN}`, '--host-whitelist=kv.example,127.0.0.1'] },
);

onEachBackend(
  'HTTP for any browser',
  (target) => {
    test('--cors=* lets any origin read', async () => {
      const response = await fetch(`http://${target.server.endpoint}/health`);
      const allowed = ['access-control-allow-methods', 'access-control-allow-origin'].map((name) =>
        response.headers.get(name),
      );
      assert.deepEqual(allowed, ['POST, GET, OPTIONS, PUT, DELETE', '*']);
    });

    test('under --enable-pprof there is /debug/pprof/', async () => {
      const response = await fetch(`http://${target.server.endpoint}/debug/pprof/`);
      assert.equal(response.status, 200);
      const profile = await fetch(`http://${target.server.endpoint}/debug/pprof/heap?seconds=1`);
      assert.equal(profile.status, 200);
    });
  },
  { flags: ['--cors=*', '--enable-pprof'] },
);

/** `fetch` sets the host itself. */
function httpRequest(
  endpoint: string,
  path: string,
  headers: Record<string, string>,
  method: string,
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${endpoint}${path}`, { headers, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    sent.on('error', reject).end();
  });
}

for (const backend of availableBackends()) {
  test(`--listen-metrics-urls of ${backend.name} serves what a monitor asks, and nothing else`, async () => {
    const [port] = await freePorts(1);
    const flags = [`--listen-metrics-urls=http://127.0.0.1:${port}`];
    await withFreshServer(backend, { flags }, async (_client, server) => {
      const statusOf = async (path: string) =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).status;
      assert.equal(await statusOf('/metrics'), 200);
      assert.equal(await statusOf('/health'), 200);
      assert.equal(await statusOf('/version'), 404);
      assert.equal(await statusOf('/v3/kv/range'), 404);
      if (!server.version.atLeast('3.6.0')) return;
      assert.equal(await statusOf('/livez'), 200);
      assert.equal(await statusOf('/readyz'), 200);
      assert.equal(await statusOf('/debug/vars'), 404);
    });
  });
}
