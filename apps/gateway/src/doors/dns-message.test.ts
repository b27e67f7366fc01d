import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decode, encode } from 'dns-packet';
import { readQuery, writeAnswer } from './dns-message.ts';
import { DnsZone } from './dns-zone.ts';

const zone = new DnsZone(
  { find: () => undefined, instances: () => [] },
  { domain: 'concord', zone: undefined, random: Math.random },
);

const question = encode({
  id: 7,
  type: 'query',
  flags: 0,
  questions: [{ name: 'orders.service.concord', type: 'A', class: 'IN' }],
  answers: [],
  authorities: [],
  additionals: [],
});

test('no bytes, and no spoiled question, are more than a refusal or noise', () => {
  const spoiled = fc
    .tuple(fc.nat(question.length - 1), fc.nat(255), fc.nat(question.length))
    .map(([at, value, length]) => {
      const bytes = Buffer.from(question);
      bytes[at] = value;
      return bytes.subarray(0, length);
    });
  const noise = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(spoiled, noise), (bytes) => {
      const read = readQuery(bytes);
      if (read.kind === 'noise') return;
      const answer =
        read.kind === 'refusal'
          ? read.bytes
          : writeAnswer(read.query, zone.answer(read.query.question, 1), 512);
      assert.equal(answer.readUInt16BE(0), bytes.readUInt16BE(0), 'the id of the question');
      assert.ok((answer.readUInt16BE(2) & 0x8000) !== 0, 'an answer');
      assert.ok(answer.length <= 512);
    }),
    { numRuns: 5000 },
  );
});

test('an answer is never answered: two servers would talk for ever', () => {
  const answer = Buffer.from(question);
  answer.writeUInt16BE(0x8000, 2);
  assert.deepEqual(readQuery(answer), { kind: 'noise' });
});

test('what is said of a name that is not there names the authority', () => {
  const read = readQuery(question);
  assert.ok(read.kind === 'query');
  const bytes = writeAnswer(read.query, zone.answer(read.query.question, 2 ** 40 + 5), 512);
  const { authorities } = decode(bytes);
  assert.equal(authorities[0]?.type, 'SOA');
  assert.equal((authorities[0].data as { serial: number }).serial, 5);
});
