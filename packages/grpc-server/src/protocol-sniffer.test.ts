import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sniff } from './protocol-sniffer.ts';
import type { Sniffed } from './protocol-sniffer.ts';

const CASES: readonly (readonly [bytes: string, expected: Sniffed])[] = [
  ['P', 'undecided'],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r', 'undecided'],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'http2'],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nmore', 'http2'],
  ['GET', 'undecided'],
  ['GET /health HTTP/1.1\r\n', 'http1'],
  ['PUT /v2/keys/a HTTP/1.0\n', 'http1'],
  ['INVALID CONNECTION PREFACE\r\n\r\n', 'unknown'],
  ['GET /health HTTP/2.0\r\n', 'unknown'],
  ['\x16', 'undecided'],
  ['\x16\x03\x01\x02\x00', 'tls'],
  ['\x16\x01', 'unknown'],
  ['{"json": true}', 'unknown'],
  [`GET /${'a'.repeat(9_000)}`, 'http1'],
];

for (const [bytes, expected] of CASES) {
  test(`${JSON.stringify(bytes.slice(0, 30))} is ${expected}`, () => {
    assert.equal(sniff(Buffer.from(bytes, 'latin1')), expected);
  });
}
