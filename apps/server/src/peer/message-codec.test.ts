/** Encoder and decoder against each other: every kind of message, at the edges of what its fields hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberMessage } from '@concord/kv';
import { PeerBatch, Writer } from '@concord/protocol';
import { createConfiguration } from '@concord/raft';
import fc from 'fast-check';
import { MalformedBatchError, decodeBatch } from './message-decoder.ts';
import { encodeBatch } from './message-encoder.ts';

const FROM = 2n ** 64n - 1n;
const TO = 2n ** 63n;

/** As object literals are, with the usual prototype. */
function record<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record<T>(model, { noNullPrototype: true });
}

/** Terms, indexes, counters: small ones, and those up to the last that is taken. */
const number = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.maxSafeNat().map((n) => Math.min(n, Number.MAX_SAFE_INTEGER - 1)),
  fc.constant(Number.MAX_SAFE_INTEGER - 1),
);
const bytes = fc.uint8Array({ maxLength: 40 });
const id = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });
const position = record({ term: number, index: number });
const envelope = { from: fc.constant(FROM), to: fc.constant(TO) };
const raft = { ...envelope, term: number };

const append = record({
  ...raft,
  kind: fc.constant('append' as const),
  previous: record({ term: number, index: fc.integer({ min: 0, max: 2 ** 52 }) }),
  commit: number,
  payloads: fc.array(
    record({
      // Few terms, so that runs of one term are made.
      term: fc.oneof(fc.integer({ min: 1, max: 3 }), number),
      kind: fc.constantFrom('normal' as const, 'membership' as const),
      data: bytes,
    }),
    { maxLength: 12 },
  ),
}).map(({ payloads, ...message }) => ({
  ...message,
  entries: payloads.map((entry, i) => ({ ...entry, index: message.previous.index + 1 + i })),
}));

const configuration = fc
  .tuple(fc.uniqueArray(id, { minLength: 1, maxLength: 7 }), fc.boolean(), fc.boolean())
  .map(([ids, isJoint, autoLeave]) => {
    const [first = 1n, ...rest] = ids;
    if (!isJoint || rest.length < 2) return createConfiguration([first], rest);
    const [leaving = 1n, ...learners] = rest;
    const plain = createConfiguration([first], learners);
    return { ...plain, votersOutgoing: [leaving], learnersNext: [leaving], autoLeave };
  });

const ballot = { ...raft, commit: position };
const kind = <K extends MemberMessage['kind']>(name: K) => fc.constant(name);

const messages: Readonly<Record<MemberMessage['kind'], fc.Arbitrary<MemberMessage>>> = {
  append,
  commit: record({ ...ballot, kind: kind('commit') }),
  'append-reply': fc.oneof(
    record({
      ...raft,
      kind: kind('append-reply'),
      accepted: fc.constant(true as const),
      index: number,
    }),
    record({
      ...raft,
      kind: kind('append-reply'),
      accepted: fc.constant(false as const),
      index: number,
      hint: position,
    }),
  ),
  heartbeat: record({ ...raft, kind: kind('heartbeat'), commit: number, round: number }),
  'heartbeat-reply': record({ ...raft, kind: kind('heartbeat-reply'), round: number }),
  'pre-vote': record({ ...ballot, kind: kind('pre-vote'), last: position }),
  'pre-vote-reply': record({ ...ballot, kind: kind('pre-vote-reply'), granted: fc.boolean() }),
  vote: record({ ...ballot, kind: kind('vote'), last: position, transfer: fc.boolean() }),
  'vote-reply': record({ ...ballot, kind: kind('vote-reply'), granted: fc.boolean() }),
  snapshot: record({
    ...raft,
    kind: kind('snapshot'),
    snapshot: record({ term: number, index: number, configuration, data: bytes }),
  }),
  'read-index': record({ ...raft, kind: kind('read-index'), request: number }),
  'read-index-reply': record({
    ...raft,
    kind: kind('read-index-reply'),
    request: number,
    index: number,
  }),
  'timeout-now': record({ ...raft, kind: kind('timeout-now') }),
  propose: record({
    ...raft,
    kind: kind('propose'),
    entryKind: fc.constantFrom('normal' as const, 'membership' as const),
    payloads: fc.array(bytes, { maxLength: 5 }),
  }),
  call: record({ ...envelope, kind: kind('call'), number, body: bytes }),
  answer: record({ ...envelope, kind: kind('answer'), number, body: bytes }),
  'state-hash': record({
    ...envelope,
    kind: kind('state-hash'),
    index: number,
    hash: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  }),
};

const writer = new Writer();

function encoded(batch: readonly MemberMessage[]): Uint8Array {
  encodeBatch(batch, writer.reset());
  return writer.finish();
}

test('every kind of message comes back as it was', () => {
  for (const [name, message] of Object.entries(messages)) {
    fc.assert(
      fc.property(message, (given) => {
        assert.deepEqual(decodeBatch(encoded([given]), FROM, TO), [given], name);
      }),
      { numRuns: 60 },
    );
  }
});

test('a batch keeps its order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(...Object.values(messages)), { maxLength: 20 }), (batch) => {
      assert.deepEqual(decodeBatch(encoded(batch), FROM, TO), batch);
    }),
    { numRuns: 60 },
  );
});

test('bytes that are no batch are refused, or are another batch, and nothing else happens', () => {
  const batch = fc.array(fc.oneof(...Object.values(messages)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(batch, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, place, flip) => {
      const bytes = encoded(given);
      const at = place % bytes.length;
      bytes[at] = bytes[at]! ^ flip;
      try {
        decodeBatch(bytes, FROM, TO);
      } catch (error) {
        const { name } = error as Error;
        assert.ok(['MalformedBatchError', 'ProtocolDecodeError'].includes(name), String(error));
      }
    }),
    { numRuns: 500 },
  );
});

test('payloads of entries are views of the frame that brought them', () => {
  const given = fc.sample(append, { numRuns: 50, seed: 1 });
  const bytes = encoded(given);
  for (const message of decodeBatch(bytes, FROM, TO)) {
    assert(message.kind === 'append');
    for (const { data } of message.entries) {
      if (data.length > 0) assert.equal(data.buffer, bytes.buffer);
    }
  }
});

test('a number that a double cannot hold is refused', () => {
  const message = {
    kind: 'timeout-now',
    from: FROM,
    to: TO,
    term: Number.MAX_SAFE_INTEGER,
  } as const;
  assert.throws(() => decodeBatch(encoded([message]), FROM, TO), MalformedBatchError);
});

test('a configuration that breaks its invariants is refused', () => {
  const position = { term: 1, index: 1 };
  const configuration = {
    voters: [2n, 1n],
    votersOutgoing: [],
    learners: [],
    learnersNext: [],
    autoLeave: false,
  };
  PeerBatch.encode(
    {
      messages: [
        {
          term: 1,
          body: { case: 'snapshot', value: { position, configuration, name: new Uint8Array() } },
        },
      ],
    },
    writer.reset(),
  );
  assert.throws(() => decodeBatch(writer.finish(), FROM, TO), MalformedBatchError);
});

test('a kind of message that this version does not know counts as lost', () => {
  // Field 99, length-delimited, empty: some later version's body.
  const unknown = Uint8Array.of(0x9a, 0x06, 0x00);
  const batch = Uint8Array.of(0x0a, unknown.length, ...unknown);
  assert.deepEqual(decodeBatch(batch, FROM, TO), []);
});
