/**
 * Goal: each path of the JSON gateway is the RPC that it is in etcd. Method: an empty message goes to the RPC, by gRPC,
 * and to the path; both must end alike. A call that would last is sent what is no JSON instead, which a path that
 * is none answers in another way. Streams of requests are left to `gateway.test.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GATEWAY_PATHS } from '../compatibility/surface/gateway-paths.ts';
import { onEachBackend } from './harness/each-backend.ts';
import { exchange } from './harness/http-exchange.ts';

const OF_MANY_REQUESTS = ['watch', 'lease/keepalive'];

/** With an empty message they take what is not given back, wait for a leader, or answer without an end. */
const LASTING = new Set([
  'maintenance/snapshot',
  'lock/lock',
  'election/campaign',
  'election/observe',
]);

/** Paths that came after etcd 3.4. */
const NEWER = new Set(['maintenance/hashkv', 'maintenance/downgrade', 'auth/status']);

const INVALID_ARGUMENT = 3;

onEachBackend('gateway paths', (target) => {
  const post = async (path: string, body: string) => {
    const answer = await exchange(target.server.clientPort, { path: `/v3/${path}`, body });
    return { status: answer.status, body: answer.body };
  };

  for (const [path, rpc] of Object.entries(GATEWAY_PATHS)) {
    if (OF_MANY_REQUESTS.includes(path)) continue;
    test(`${path} is ${rpc}`, async (t) => {
      const isOld = !target.server.version.atLeast('3.5.0');
      if (isOld && NEWER.has(path)) return t.skip('not in 3.4');
      if (LASTING.has(path)) {
        const { status, body } = await post(path, 'x');
        assert.equal(status, 400, body);
        assert.equal(codeOf(body), INVALID_ARGUMENT, body);
        return;
      }
      // The first compaction of an empty store succeeds, and no other.
      await target.client.rawCall(`/${rpc}`, Buffer.alloc(0));
      const outcome = await target.client.rawCall(`/${rpc}`, Buffer.alloc(0));
      const { status, body } = await post(path, '{}');
      if (!('code' in outcome)) return assert.equal(status, 200, body);
      const { code, message } = JSON.parse(body) as { code: number; message: string };
      assert.deepEqual({ code, message }, { code: outcome.code, message: outcome.message });
    });
  }

  test('another path is none', async () => {
    assert.equal((await post('kv/nothing', '{}')).status, 404);
  });
});

/** A stream that fails before its first message says so in another envelope. */
function codeOf(body: string): unknown {
  const answer = JSON.parse(body) as {
    code?: number;
    error?: { code?: number; grpc_code?: number };
  };
  return answer.code ?? answer.error?.code ?? answer.error?.grpc_code;
}
