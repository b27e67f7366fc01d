/**
 * The messages of the request path survive being written and read, at the lengths where the width of a length
 * changes and with a writer that has to grow on the way.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  Compare,
  encode,
  KeyValue,
  PutRequest,
  RangeRequest,
  RangeResponse,
  TxnRequest,
  WatchResponse,
  Writer,
  type Event,
  type MessageType,
  type RequestOp,
  type ResponseHeader,
} from './index.ts';

/** Plain objects, as the decoder makes them. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(fields, { noNullPrototype: true });

/** Around the widths of a length, and around where the writer changes how it copies. */
const LENGTHS = [
  0, 1, 2, 23, 24, 25, 110, 119, 120, 125, 126, 127, 128, 250, 16_370, 16_383, 16_384,
];

const bytes = record({
  length: fc.constantFrom(...LENGTHS),
  byte: fc.integer({ min: 0, max: 255 }),
}).map(({ length, byte }) => new Uint8Array(length).fill(byte));
const counter = fc.oneof(fc.maxSafeInteger(), fc.nat(), fc.constantFrom(0, 1, 127, 128, -1));
const int64 = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.constantFrom(0n, 1n, -1n));
const uint64 = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.constantFrom(0n, 2n ** 63n));
const int32 = fc.oneof(fc.integer(), fc.constantFrom(0, 1, 2));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const header: fc.Arbitrary<ResponseHeader> = record({
  clusterId: uint64,
  memberId: uint64,
  revision: counter,
  raftTerm: fc.maxSafeNat(),
});

const keyValue: fc.Arbitrary<KeyValue> = record({
  key: bytes,
  createRevision: counter,
  modRevision: counter,
  version: counter,
  value: bytes,
  lease: int64,
});

const put: fc.Arbitrary<PutRequest> = record({
  key: bytes,
  value: bytes,
  lease: int64,
  prevKv: fc.boolean(),
  ignoreValue: fc.boolean(),
  ignoreLease: fc.boolean(),
});

const range: fc.Arbitrary<RangeRequest> = record({
  key: bytes,
  rangeEnd: bytes,
  limit: counter,
  revision: counter,
  sortOrder: int32,
  sortTarget: int32,
  serializable: fc.boolean(),
  keysOnly: fc.boolean(),
  countOnly: fc.boolean(),
  minModRevision: counter,
  maxModRevision: counter,
  minCreateRevision: counter,
  maxCreateRevision: counter,
});

const rangeResponse: fc.Arbitrary<RangeResponse> = record({
  header: maybe(header),
  kvs: fc.array(keyValue, { maxLength: 4 }),
  more: fc.boolean(),
  count: counter,
});

const event: fc.Arbitrary<Event> = record({
  type: int32,
  kv: maybe(keyValue),
  prevKv: maybe(keyValue),
});

const watchResponse: fc.Arbitrary<WatchResponse> = record({
  header: maybe(header),
  watchId: int64,
  created: fc.boolean(),
  canceled: fc.boolean(),
  compactRevision: counter,
  cancelReason: fc.string({ unit: 'grapheme' }),
  fragment: fc.boolean(),
  events: fc.array(event, { maxLength: 4 }),
});

const compare: fc.Arbitrary<Compare> = record({
  result: int32,
  target: int32,
  key: bytes,
  targetUnion: maybe(
    fc.oneof(
      record({ case: fc.constant('version' as const), value: counter }),
      record({ case: fc.constant('modRevision' as const), value: counter }),
      record({ case: fc.constant('value' as const), value: bytes }),
      record({ case: fc.constant('lease' as const), value: int64 }),
    ),
  ),
  rangeEnd: bytes,
});

const txn: fc.Arbitrary<TxnRequest> = fc.letrec<{ txn: TxnRequest; operation: RequestOp }>(
  (tie) => ({
    operation: record({
      request: maybe(
        fc.oneof(
          { maxDepth: 3 },
          record({ case: fc.constant('requestPut' as const), value: put }),
          record({ case: fc.constant('requestRange' as const), value: range }),
          record({ case: fc.constant('requestTxn' as const), value: tie('txn') }),
        ),
      ),
    }),
    txn: record({
      compare: fc.array(compare, { maxLength: 2 }),
      success: fc.array(tie('operation'), { maxLength: 3 }),
      failure: fc.array(tie('operation'), { maxLength: 2 }),
    }),
  }),
).txn;

describe('a round trip', () => {
  const writer = new Writer();

  function survives<M>(type: MessageType<M>, messages: fc.Arbitrary<M>): void {
    test(`gives back the same ${type.name}`, () => {
      fc.assert(
        fc.property(messages, (message) => {
          const own = encode(type, message);
          assert.deepEqual(type.decode(own), message);
          // A writer that begins small and one that has been used write the same.
          const small = new Writer(1);
          type.encode(message, small);
          type.encode(message, writer.reset());
          assert.deepEqual(small.finish(), own);
          assert.deepEqual(writer.view(), own);
        }),
        { numRuns: 200 },
      );
    });
  }

  survives(PutRequest, put);
  survives(RangeRequest, range);
  survives(RangeResponse, rangeResponse);
  survives(KeyValue, keyValue);
  survives(Compare, compare);
  survives(TxnRequest, txn);
  survives(WatchResponse, watchResponse);
});
