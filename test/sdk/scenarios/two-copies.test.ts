/**
 * Scenario 10: two copies of the SDK and two of grpc-js in one process. Services are found by the clients of both copies
 * of grpc-js, whichever copy of the SDK serves the scheme; what one copy throws the other recognizes; and where both want
 * to serve it, the error says which copy is in the way.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, ConcordError } from '@concord/sdk';
import { installGrpc } from '@concord/sdk/grpc';
import {
  EchoClient,
  EchoServer,
} from '../../../packages/registry/src/integrations/grpc/echo.fixture.ts';
import { onEachBackend } from '../harness/each-backend.ts';
import { secondCopy, type SecondCopy } from './second-copy.ts';

let other: SecondCopy;
before(async () => (other = await secondCopy()));
after(() => other[Symbol.dispose]());

onEachBackend('two copies of the SDK and of grpc-js', (target) => {
  test('find the same services, and recognize the failures of each other', async () => {
    const namespace = target.corner();
    const options = { endpoints: target.endpoints, namespace };
    assert.notEqual(other.sdk.connect, connect);
    await using mine = await connect(options);
    await using theirs = await other.sdk.connect(options);
    await using server = await EchoServer.start(() => 'here');
    await using registered = await mine.registry.register({
      name: 'payments',
      port: server.port,
      address: '127.0.0.1',
    });

    using installed = other.sdkGrpc.installGrpc(theirs.registry);
    assert.equal(installed.copies.length, 2);
    for (const grpc of [undefined, other.grpc]) {
      using client = new EchoClient('concord:///payments', {}, grpc);
      assert.equal(await client.echo(), 'here');
    }
    assert.equal(server.calls, 2);

    assert.throws(
      () => installGrpc(mine.registry),
      (error) => ConcordError.is(error, 'CONFLICT') && error.message.includes(other.directory),
    );
    const failure: unknown = await other.sdk
      .connect({ endpoints: ['nowhere at all'] })
      .catch((error: unknown) => error);
    assert.ok(ConcordError.is(failure, 'INVALID_ARGUMENT'), String(failure));
    assert.equal(failure instanceof ConcordError, false);
    await registered.close();
  });
});
