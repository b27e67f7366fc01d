/** Bad input is refused at the call, before anything is sent, with what was given and what is allowed. */
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { Client, ConcordError } from '@concord/client';

const refused = async (call: () => unknown, pattern: RegExp): Promise<void> => {
  await assert.rejects(
    () => Promise.resolve().then(call),
    (error: unknown) => {
      assert.ok(ConcordError.is(error, 'INVALID_ARGUMENT'), String(error));
      assert.match(error.message, pattern);
      assert.equal(error.outcome, 'not-applied');
      return true;
    },
  );
};
const connectWith = (options: object) => () => Client.connect(options as never);

describe('Client.connect', () => {
  const endpoints = ['127.0.0.1:1'];
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ endpoint: 'a:1' }, /no option "endpoint"; did you mean "endpoints"\?/],
    [{ endpoints: [] }, /option "endpoints" is \[\]/],
    [{ endpoints: 'a:1' }, /option "endpoints" is "a:1"; give a list/],
    [{ endpoints: ['localhost'] }, /"localhost" is no endpoint; write host:port/],
    [{ endpoints: ['ftp://a:1'] }, /"ftp:\/\/a:1" is no endpoint/],
    [{ endpoints: ['a:99999'] }, /"a:99999" is no endpoint/],
    [{ endpoints: [7] }, /7 is no endpoint/],
    [{ endpoints: ['unix://'] }, /"unix:\/\/" is no endpoint; write .* or unix:\/\/path/],
    [{ endpoints: ['unix:///a', 'unix:/a'] }, /unix:\/a twice/],
    [{ endpoints: ['a:1', 'http://a:1'] }, /http:\/\/a:1 twice/],
    [{ endpoints, timeout: '5 seconds' }, /option "timeout": "5 seconds"/],
    [{ endpoints, timeout: 0 }, /option "timeout": 0/],
    [{ endpoints, credentials: { username: 'a' } }, /credentials".*username; give/],
    [{ endpoints, credentials: { user: 'a', password: 'b' } }, /did you mean "username"/],
    [{ endpoints, tls: { cert: 'x' } }, /it has "cert" without "key"; give both/],
    [{ endpoints, tls: { ca: 'x', cert: 'x', key: 'x' } }, /give certificates and keys in PEM/],
    [
      { endpoints, tls: { insecureSkipVerify: 'yes' } },
      /"insecureSkipVerify" is "yes"; give true or/,
    ],
    [{ endpoints, tls: { insecureskipverify: true } }, /did you mean "insecureSkipVerify"/],
    [{ endpoints, namespace: 7 }, /option "namespace" is 7/],
    [{ endpoints, logger: {} }, /no method "debug"/],
    [{ endpoints, app: { version: '1' } }, /"name" is undefined/],
    [null as never, /options are null/],
  ];
  for (const [options, pattern] of cases) {
    test(`refuses ${JSON.stringify(options)}`, () => refused(connectWith(options), pattern));
  }

  test('lists each endpoint that can not be reached, and why', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const failing = Client.connect(
      { endpoints: ['127.0.0.1:1', `127.0.0.1:${port}`, 'no-such-host.invalid:2379'] },
      { timeout: 700 },
    );
    await assert.rejects(failing, (error: unknown) => {
      assert.ok(ConcordError.is(error, 'UNAVAILABLE'), String(error));
      assert.match(error.message, /127\.0\.0\.1:1 \(.*ECONNREFUSED/);
      assert.match(error.message, new RegExp(`127.0.0.1:${port} \\(it does not answer\\)`));
      assert.match(error.message, /no-such-host\.invalid:2379 \(.*[Nn]ame resolution/);
      return true;
    });
    const signal = AbortSignal.timeout(50);
    await assert.rejects(Client.connect({ endpoints: [`127.0.0.1:${port}`] }, { signal }), {
      code: 'ABORTED',
    });
    silent.close();
  });
});
