/** Goal: options reach the piece that they are for, and a name that none has is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { pieceOptions } from './connect-options.ts';

const endpoints = ['127.0.0.1:2379'];

test('the client gets its own options, without those of the pieces', () => {
  const { client, startsWithout } = pieceOptions(
    { endpoints, namespace: '/shop', config: { historyMax: 5 } },
    'connect',
  );
  assert.deepEqual(client, { endpoints, namespace: '/shop' });
  assert.equal(startsWithout, false);
});

test('one cache serves services and configuration, unless one has its own', () => {
  const { registry, config, startsWithout } = pieceOptions(
    {
      endpoints,
      cache: { directory: '/var/lib/shop', maxAge: '1h' },
      config: { cache: { directory: '/etc/shop' } },
    },
    'connect',
  );
  assert.deepEqual(registry, { cache: { directory: '/var/lib/shop', maxAge: '1h' } });
  assert.deepEqual(config, { cache: { directory: '/etc/shop' } });
  assert.equal(startsWithout, true);
});

test('an option that there is not is refused, with the one that was meant', () => {
  const refused = (options: object, text: RegExp): void =>
    assert.throws(
      () => pieceOptions(options as never, 'connect'),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && text.test(error.message),
    );
  refused({ endpoints, registri: {} }, /there is no option "registri"; did you mean "registry"\?/);
  refused({ endpoints, cache: { dir: '/x' } }, /connect: option "cache": there is no option "dir"/);
  refused({ endpoints, cache: 'x' }, /connect: option "cache"/);
});
