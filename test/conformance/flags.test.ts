/** What flags change that no other test is about: ports, limits of connections, members and leases. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, constants, type ClientHttp2Session, type Settings } from 'node:http2';
import { test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import { freePorts } from './harness/free-ports.ts';
import { assertFails } from './harness/outcome.ts';
import { methodDefinition } from './harness/service-definitions.ts';

const FAILED_PRECONDITION = 9;

const rangeOverHttp = async (endpoint: string): Promise<number> => {
  const { status } = await fetch(`http://${endpoint}/v3/kv/range`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"key":"YQ=="}',
  });
  return status;
};

/** A connection without any call, by a client that is not made for gRPC. */
async function onConnection(
  endpoint: string,
  body: (session: ClientHttp2Session) => Promise<void>,
): Promise<void> {
  const session = connect(`http://${endpoint}`);
  session.on('error', () => undefined);
  try {
    await body(session);
  } finally {
    session.destroy();
  }
}

onEachBackend(
  'one flag each',
  (target) => {
    test('--enable-grpc-gateway=false takes /v3/ away', async () => {
      assert.equal(await rangeOverHttp(target.server.endpoint), 404);
      assert.equal((await fetch(`http://${target.server.endpoint}/health`)).status, 200);
    });

    test('--max-concurrent-streams is told to clients', async () => {
      await onConnection(target.server.endpoint, async (session) => {
        const [settings] = (await once(session, 'remoteSettings')) as [Settings];
        assert.equal(settings.maxConcurrentStreams, 7);
      });
    });

    test('--grpc-keepalive-interval pings a silent client', async () => {
      await onConnection(target.server.endpoint, async (session) => {
        await once(session, 'ping');
      });
    });

    test('--grpc-keepalive-min-time sends away who pings more often', async () => {
      await onConnection(target.server.endpoint, async (session) => {
        await once(session, 'remoteSettings');
        const gone = once(session, 'goaway');
        const again = (): void => {
          if (!session.destroyed) session.ping(again);
        };
        again();
        const [code] = (await gone) as [number];
        assert.equal(code, constants.NGHTTP2_ENHANCE_YOUR_CALM);
      });
    });

    test('--election-timeout raises the shortest TTL', async () => {
      const { TTL } = await target.client.must('LeaseGrant', { TTL: 1 });
      assert.equal(TTL, '3');
    });

    test('--max-learners says how many may be added', async (t) => {
      if (!target.server.version.atLeast('3.6.0')) return t.skip('it came with 3.6');
      await withFreshServer(target.backend, { flags: ['--max-learners=2'] }, async (client) => {
        const { path, requestSerialize } = methodDefinition('MemberAdd');
        const add = (port: number) =>
          client.rawCall(
            path,
            requestSerialize({ peerURLs: [`http://127.0.0.1:${port}`], isLearner: true }),
          );
        assert.ok('response' in (await add(1)));
        assert.ok('response' in (await add(2)));
        assertFails(await add(3), {
          code: FAILED_PRECONDITION,
          message: 'etcdserver: too many learner members in cluster',
        });
      });
    });

    test('--listen-client-http-urls moves HTTP there, and leaves gRPC', async (t) => {
      if (!target.server.version.atLeast('3.6.0')) return t.skip('it came with 3.5');
      const [port = 0] = await freePorts(1);
      const flags = [`--listen-client-http-urls=http://127.0.0.1:${port}`];
      await withFreshServer(target.backend, { flags, httpPort: port }, async (client, server) => {
        await client.must('Put', { key: bytes('a') });
        assert.equal(await rangeOverHttp(`127.0.0.1:${port}`), 200);
        await assert.rejects(rangeOverHttp(server.endpoint));
      });
    });
  },
  {
    flags: [
      '--enable-grpc-gateway=false',
      '--max-concurrent-streams=7',
      '--grpc-keepalive-interval=1s',
      '--election-timeout=2000',
    ],
  },
);
