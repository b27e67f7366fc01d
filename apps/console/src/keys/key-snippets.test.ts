import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { keyAddress, shellQuote, snippetOf } from './key-snippets.ts';

const where = { gateway: 'http://localhost:7379/', endpoints: ['http://127.0.0.1:2379'] };

test('a key is pasted as etcdctl, curl and SDK, with its slashes encoded in the address', () => {
  const key = { text: '/db/url' };
  assert.equal(snippetOf('etcdctl', key, where), 'etcdctl --endpoints=127.0.0.1:2379 get /db/url');
  assert.equal(
    snippetOf('curl', key, { ...where, revision: 7 }),
    `curl 'http://localhost:7379/v1/keys/%2Fdb%2Furl?revision=7'`,
  );
  assert.match(
    snippetOf('sdk', key, { ...where, revision: 7 }),
    /kv\.get\("\/db\/url", \{ revision: 7 \}\)/,
  );
});

test('any name is one word of the shell', () => {
  for (const name of [`it's`, 'two words', '$HOME', '`id`', '\\', '"', '*', 'a;b', '新']) {
    assert.equal(
      execFileSync('sh', ['-c', `printf %s ${shellQuote(name)}`], { encoding: 'utf8' }),
      name,
    );
  }
});

test('a key of bytes keeps every byte, in the address and in the shell', () => {
  const key = { base64: '/wBh' };
  assert.deepEqual(keyAddress(key), { path: 'v1/keys/_wBh', query: { encoding: 'base64url' } });
  assert.match(snippetOf('etcdctl', key, where), /get \$'\\xff\\x00\\x61'$/);
});
