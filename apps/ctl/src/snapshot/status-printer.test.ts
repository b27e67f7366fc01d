/** The formats of a snapshot's status, as etcdutl 3.6 prints them. */
import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { humanBytes } from '../human-bytes.ts';
import { statusPrinter } from './status-printer.ts';

const status = { hash: 0xc6197af4, revision: 5, totalKey: 1, totalSize: 57344, version: '3.6.0' };

const expected = {
  simple: 'c6197af4, 5, 1, 57 kB, 3.6.0\n',
  json: '{"hash":3323558644,"revision":5,"totalKey":1,"totalSize":57344,"version":"3.6.0"}\n',
  fields: '"Hash" : 3323558644\n"Revision" : 5\n"Keys" : 1\n"Size" : 57344\n"Version" : 3.6.0\n',
  table: `
+----------+----------+------------+------------+---------+
|   HASH   | REVISION | TOTAL KEYS | TOTAL SIZE | VERSION |
+----------+----------+------------+------------+---------+
| c6197af4 |        5 |          1 |      57 kB |   3.6.0 |
+----------+----------+------------+------------+---------+
`.slice(1),
};

for (const [format, text] of Object.entries(expected)) {
  test(`${format} is what etcdutl prints`, () => equal(statusPrinter(format)(status), text));
}

test('protobuf is a format that a status has not', () => {
  throws(() => statusPrinter('protobuf')(status), { exitCode: 4 });
});

test('bytes are shown in two digits and an SI unit', () => {
  const shown = [0, 9, 10, 999, 1000, 20_480, 24_576, 999_950, 2_147_483_648].map(humanBytes);
  equal(shown.join(), '0 B,9 B,10 B,999 B,1.0 kB,20 kB,25 kB,1000 kB,2.1 GB');
});
