/** `--auth-token jwt`: tokens that any holder of the key can read, and that every change of the users makes old. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';

const directory = mkdtempSync(join(tmpdir(), 'conformance-jwt-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const files = { pub: join(directory, 'key.pub'), priv: join(directory, 'key') };
writeFileSync(files.pub, publicKey.export({ type: 'spki', format: 'pem' }));
writeFileSync(files.priv, privateKey.export({ type: 'pkcs1', format: 'pem' }));
const flag = `--auth-token=jwt,pub-key=${files.pub},priv-key=${files.priv},sign-method=RS256,ttl=5m`;

const oldRevision = { code: 3, message: 'etcdserver: revision of auth store is old' };
const key = bytes('a');

onEachBackend(
  'Auth by JWT',
  (target) => {
    const logIn = async (name: string): Promise<{ metadata: { token: string } }> => {
      const { token } = await target.client.must('Authenticate', { name, password: name });
      return { metadata: { token } };
    };

    test('a token says who, in which revision, until when, and is signed by the key', async () => {
      await target.client.must('UserAdd', { name: 'root', password: 'root' });
      await target.client.must('RoleAdd', { name: 'root' });
      await target.client.must('UserGrantRole', { user: 'root', role: 'root' });
      await target.client.must('AuthEnable', {});
      const { metadata } = await logIn('root');
      const [header = '', payload = '', signature = ''] = metadata.token.split('.');
      const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
      assert.equal(alg, 'RS256');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
        string,
        number
      >;
      assert.deepEqual(Object.keys(claims).sort(), ['exp', 'revision', 'username']);
      assert.equal(claims['username'], 'root');
      assert.equal(claims['revision'], 4);
      const leftSeconds = (claims['exp'] ?? 0) - Date.now() / 1000;
      assert.ok(leftSeconds > 200 && leftSeconds <= 300, `${leftSeconds} s`);
      const content = Buffer.from(`${header}.${payload}`);
      assert.ok(verify('sha256', content, publicKey, Buffer.from(signature, 'base64url')));
      await target.client.must('Put', { key }, { metadata });
    });

    test('a change of the users makes it old for keys, and not for what root alone may', async () => {
      const before = await logIn('root');
      await target.client.must('UserAdd', { name: 'alice', password: 'alice' }, before);
      assertFails(await target.client.call('Put', { key }, before), oldRevision);
      assertFails(await target.client.call('Range', { key }, before), oldRevision);
      await target.client.must('UserList', {}, before);
      await target.client.must('Put', { key }, await logIn('root'));
    });

    test('a token that is not signed by the key is none', async () => {
      const { metadata } = await logIn('root');
      const [header = '', , signature = ''] = metadata.token.split('.');
      const forged = Buffer.from(
        JSON.stringify({ username: 'root', revision: 99, exp: 9_999_999_999 }),
      ).toString('base64url');
      for (const token of [
        `${header}.${forged}.${signature}`,
        `${header}.${forged}.`,
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged}.`,
        'junk',
      ]) {
        const outcome = await target.client.call('UserList', {}, { metadata: { token } });
        assertFails(outcome, errors.invalidToken);
      }
    });
  },
  { flags: [flag] },
);
