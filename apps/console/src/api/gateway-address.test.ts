import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayAddress } from './gateway-address.ts';

test('the gateway of a page is beside it, also under a path of a proxy', () => {
  assert.equal(gatewayAddress('http://localhost:7379/'), 'http://localhost:7379/');
  assert.equal(
    gatewayAddress('https://example.org/tools/concord/?a=1#x'),
    'https://example.org/tools/concord/',
  );
});
