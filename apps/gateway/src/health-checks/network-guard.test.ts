import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuardError, NetworkGuard } from './network-guard.ts';

const guardOf = (networks: readonly string[] = [], resolve = () => Promise.resolve(['8.8.8.8'])) =>
  new NetworkGuard({ networks, ports: [], resolve });

const inner = [
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
  ...['100.64.0.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00:ec2::254'],
  // The same hosts in other clothes.
  ...['::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '::127.0.0.1'],
];

test('an address that is not public is refused, however it is written', () => {
  for (const address of inner) {
    assert.throws(() => guardOf().assertAddress(address), GuardError, address);
  }
  for (const address of ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8']) {
    guardOf().assertAddress(address);
  }
});

test('what is allowed is allowed, and the metadata of clouds only by its very address', () => {
  const guard = guardOf(['10.1.0.0/16', '169.254.0.0/16', 'fd00::/8']);
  guard.assertAddress('10.1.2.3');
  guard.assertAddress('::ffff:10.1.2.3');
  guard.assertAddress('169.254.1.1');
  assert.throws(() => guard.assertAddress('10.2.0.1'), GuardError);
  assert.throws(() => guard.assertAddress('169.254.169.254'), GuardError);
  assert.throws(() => guard.assertAddress('fd00:ec2::254'), GuardError);
  guardOf(['169.254.169.254']).assertAddress('169.254.169.254');
});

test('a name is resolved once, and what it resolved to is judged and handed on', async () => {
  let asked = 0;
  // A name that says something else the second time.
  const answers = [['8.8.8.8'], ['127.0.0.1']];
  const guard = guardOf([], () => Promise.resolve(answers[asked++]!));
  assert.equal(await guard.addressOf('rebinding.example', 80), '8.8.8.8');
  assert.equal(asked, 1);
  await assert.rejects(guard.addressOf('rebinding.example', 80), GuardError);
});

test('ports that are not listed are refused', async () => {
  const guard = new NetworkGuard({ networks: [], ports: [{ from: 8000, to: 8999 }] });
  assert.equal(await guard.addressOf('8.8.8.8', 8080), '8.8.8.8');
  await assert.rejects(guard.addressOf('8.8.8.8', 22), /port 22/);
});

test('what is no network is named', () => {
  assert.throws(() => guardOf(['10.0.0.0/33']), /"10.0.0.0\/33"/);
  assert.throws(() => guardOf(['localhost']), /"localhost"/);
});
