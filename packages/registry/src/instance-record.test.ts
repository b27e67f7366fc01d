/** What is written can be read, what others write by hand too, and what can't be meant is said to be so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInstance, decodeOverride, encodeRecord } from './instance-record.ts';

const at = { createRevision: 7, modRevision: 9 };

test('a record is read as it was written', () => {
  const record = {
    id: 'o-1',
    service: 'orders',
    address: '10.0.0.1',
    port: 3000,
    ports: { http: 3000, grpc: 3001 },
    weight: 200,
    zone: 'a',
    labels: { version: '2' },
    metadata: { shard: 3 },
    state: 'serving',
    incarnation: 'i-1',
    warmupMs: 5000,
    ttlMs: 10_000,
    registeredAt: 1000,
    servingSince: 2000,
  } as const;
  const decoded = decodeInstance('orders', 'o-1', { text: encodeRecord(record), ...at });
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value, {
    ...record,
    ...at,
    endpoint: '10.0.0.1:3000',
    override: undefined,
    declared: { weight: 200, state: 'serving' },
    held: false,
  });
});

test('an address and a port are enough, and unknown fields are ignored', () => {
  const text = '{"address":"::1","port":80,"colour":"red"}';
  const decoded = decodeInstance('orders', 'by-hand', { text, ...at });
  assert.ok(decoded.ok);
  const { endpoint, weight, state, incarnation, labels, ports } = decoded.value;
  assert.deepEqual(
    { endpoint, weight, state, incarnation, labels, ports },
    {
      endpoint: '[::1]:80',
      weight: 100,
      state: 'serving',
      incarnation: '7',
      labels: {},
      ports: { default: 80 },
    },
  );
});

for (const [what, text, problem] of [
  ['no JSON', '{', /no JSON/],
  ['a list', '[]', /no JSON object/],
  ['no address', '{"port":80}', /"address"/],
  ['no port', '{"address":"a"}', /"port"/],
  ['a port out of range', '{"address":"a","port":65536}', /"port" is 65536/],
  ['a port of ports out of range', '{"address":"a","ports":{"x":0}}', /"ports"/],
  ['a negative weight', '{"address":"a","port":1,"weight":-1}', /"weight" is -1/],
  ['a weight in words', '{"address":"a","port":1,"weight":"much"}', /"weight"/],
  ['labels that are no texts', '{"address":"a","port":1,"labels":{"a":1}}', /"labels"/],
  ['an unknown state', '{"address":"a","port":1,"state":"up"}', /"state"/],
  ['the id of another', '{"address":"a","port":1,"id":"x"}', /"id"/],
  ['the name of another service', '{"address":"a","port":1,"service":"x"}', /"service"/],
  ['a time in words', '{"address":"a","port":1,"registeredAt":"now"}', /"registeredAt"/],
  ['a megabyte', `{"address":"${'a'.repeat(1 << 20)}","port":1}`, /longer than/],
] as const) {
  test(`a value with ${what} is refused, and the reason said`, () => {
    const decoded = decodeInstance('orders', 'o-1', { text, ...at });
    assert.ok(!decoded.ok);
    assert.match(decoded.problem, problem);
  });
}

test('a key whose last part is no id is refused', () => {
  const text = '{"address":"a","port":1}';
  assert.equal(decodeInstance('orders', 'a/b', { text, ...at }).ok, false);
});

test('an override says what it changes, and only that', () => {
  assert.deepEqual(decodeOverride('{"weight":5,"reason":"hot","by":"ann","colour":1}'), {
    ok: true,
    value: { weight: 5, reason: 'hot', by: 'ann' },
  });
  assert.equal(decodeOverride('{"weight":-5}').ok, false);
  assert.equal(decodeOverride('{"state":"gone"}').ok, false);
  assert.equal(decodeOverride('{"until":"tomorrow"}').ok, false);
});
