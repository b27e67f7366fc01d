/** Every answer that is written by hand is read back with the generated code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseHeaderWriter, type OpResult } from '@concord/kv';
import {
  DeleteRangeResponse,
  KeyValue,
  PutResponse,
  RangeResponse,
  TxnResponse,
  Writer,
  encode,
} from '@concord/protocol';
import { writeOpResponse } from './kv-response.ts';

const header = new ResponseHeaderWriter(2n ** 64n - 1n, 2n ** 63n, () => 7);
const expectedHeader = { clusterId: 2n ** 64n - 1n, memberId: 2n ** 63n, raftTerm: 7 };
const kv = KeyValue.create({
  key: Uint8Array.of(97),
  createRevision: 2,
  modRevision: 300,
  version: 2,
});
const record = encode(KeyValue, kv);

function written(result: OpResult): Uint8Array {
  const writer = new Writer();
  writeOpResponse(writer, header, result);
  return writer.finish();
}

test('a range answers its records, whether there are more, and how many', () => {
  const result = {
    kind: 'range',
    revision: 300,
    records: [record, record],
    more: true,
    count: 9,
  } as const;
  assert.deepEqual(RangeResponse.decode(written(result)), {
    header: { ...expectedHeader, revision: 300 },
    kvs: [kv, kv],
    more: true,
    count: 9,
  });
});

test('a put answers the former pair only where there is one', () => {
  const [without, withOne] = [undefined, record].map((previous) =>
    PutResponse.decode(written({ kind: 'put', revision: 301, previous })),
  );
  assert.equal(without?.prevKv, undefined);
  assert.deepEqual(withOne?.prevKv, kv);
});

test('a deletion answers how many and what', () => {
  const result = { kind: 'delete-range', revision: 5, deleted: 1, previous: [record] } as const;
  const { deleted, prevKvs } = DeleteRangeResponse.decode(written(result));
  assert.deepEqual([deleted, prevKvs], [1, [kv]]);
});

test('inside a transaction headers hold the revision alone, and that of a nested one nothing', () => {
  const put = { kind: 'put', revision: 8, previous: undefined } as const;
  const nested = { kind: 'txn', revision: 8, succeeded: false, responses: [put] } as const;
  const result = { kind: 'txn', revision: 8, succeeded: true, responses: [put, nested] } as const;
  const { header: outer, succeeded, responses } = TxnResponse.decode(written(result));
  assert.deepEqual(outer, { ...expectedHeader, revision: 8 });
  assert.equal(succeeded, true);
  const [first, second] = responses.map(({ response }) => response);
  assert.equal(first?.case, 'responsePut');
  assert.deepEqual(first.value.header, { clusterId: 0n, memberId: 0n, revision: 8, raftTerm: 0 });
  assert.equal(second?.case, 'responseTxn');
  assert.deepEqual(second.value.header, { clusterId: 0n, memberId: 0n, revision: 0, raftTerm: 0 });
  assert.equal(second.value.responses[0]?.response?.case, 'responsePut');
});
