import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMemberUrl, likelyClientUrl, startCommand } from './member-command.ts';

test('the command names everybody, the new one under its new name', () => {
  const command = startCommand(
    'concord',
    { name: 'four', peerUrl: 'http://four.example:2380', clientUrl: 'http://10.0.0.4:2379' },
    'one=http://10.0.0.1:2380,=http://four.example:2380',
  );
  assert.match(command, /^concord \\\n/);
  assert.match(
    command,
    /--initial-cluster one=http:\/\/10\.0\.0\.1:2380,four=http:\/\/four\.example:2380 \\\n/,
  );
  assert.match(command, /--listen-peer-urls http:\/\/0\.0\.0\.0:2380/);
  assert.match(command, /--listen-client-urls http:\/\/10\.0\.0\.4:2379/);
  assert.match(command, /--initial-cluster-state existing$/);
});

test('a client URL is guessed beside the peer URL', () => {
  assert.equal(likelyClientUrl('https://four.example:2380'), 'https://four.example:2379');
});

test('a URL of a member has a scheme and a port, and nothing behind', () => {
  assert.ok(isMemberUrl('https://host:2380'));
  for (const text of [
    'host:2380',
    'http://host',
    'http://host:2380/',
    'ftp://host:21',
    'http://host:2380/a',
    '',
  ]) {
    assert.ok(!isMemberUrl(text), text);
  }
});
