/**
 * The writer as its users outside of generated code know it: reuse, copies and views, room for a prefix.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encode, HealthListResponse, PutRequest, RangeRequest, Writer } from './index.ts';

const request = PutRequest.create({ key: Uint8Array.of(0x61), value: new Uint8Array(100) });

describe('a writer', () => {
  test('finishes with bytes that later writes leave alone', () => {
    const writer = new Writer();
    PutRequest.encode(request, writer);
    const bytes = writer.finish();
    writer.reset();
    RangeRequest.encode(RangeRequest.create({ key: Uint8Array.of(1, 2, 3) }), writer);
    assert.deepEqual(PutRequest.decode(bytes), request);
  });

  test('shows its bytes without a copy', () => {
    const writer = new Writer();
    PutRequest.encode(request, writer);
    const view = writer.view();
    assert.deepEqual(view, writer.finish());
    PutRequest.encode(PutRequest.create({ key: Uint8Array.of(0x62) }), writer.reset());
    assert.equal(view[2], 0x62);
  });

  test('holds several messages and raw bytes one after another, behind room for a prefix', () => {
    const writer = new Writer(1);
    const at = writer.skip(5);
    PutRequest.encode(request, writer);
    const end = writer.length;
    writer.raw(Uint8Array.of(1, 2, 3));
    writer.view().set([9, 9, 9, 9, 9], at);
    const bytes = writer.finish();
    assert.deepEqual([...bytes.subarray(0, 5)], [9, 9, 9, 9, 9]);
    assert.deepEqual(PutRequest.decode(bytes, 5, end), request);
    assert.deepEqual([...bytes.subarray(end)], [1, 2, 3]);
  });

  test('keeps its memory over a reset', () => {
    const writer = new Writer(16);
    PutRequest.encode(request, writer);
    const { capacity } = writer;
    assert.ok(capacity > 100);
    assert.equal(writer.reset().length, 0);
    assert.equal(writer.capacity, capacity);
  });
});

describe('encode', () => {
  test('gives each message bytes of its own', () => {
    const first = encode(PutRequest, request);
    encode(PutRequest, PutRequest.create({ key: Uint8Array.of(0x7a) }));
    assert.deepEqual(PutRequest.decode(first), request);
  });

  test('works after an attempt that failed', () => {
    assert.throws(() => encode(RangeRequest, RangeRequest.create({ limit: 0.5 })), RangeError);
    assert.deepEqual(PutRequest.decode(encode(PutRequest, request)), request);
  });

  test('leaves out what has its default value, but not in the entries of a map', () => {
    assert.equal(encode(PutRequest, PutRequest.create()).length, 0);
    const statuses = new Map([['', { status: 1 }]]);
    assert.deepEqual(
      [...encode(HealthListResponse, { statuses })],
      [0x0a, 6, 0x0a, 0, 0x12, 2, 0x08, 1],
    );
  });
});
