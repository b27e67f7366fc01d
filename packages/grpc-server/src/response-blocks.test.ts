/** The precomputed blocks, read back by a decoder that follows the connection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { HpackDecoder } from './hpack/decoder.ts';
import { encodeFields } from './hpack/encoder.ts';
import { ResponseBlocks } from './response-blocks.ts';

const HEADERS = [':status', '200', 'content-type', 'application/grpc'];
const TRAILERS = ['grpc-status', '0'];

function reader(): (block: Uint8Array) => readonly string[] {
  const decoder = new HpackDecoder({ headerListBytesMax: 1000, headerPairsMax: 10 });
  return (block) =>
    decoder
      .decode(Buffer.from(block), 0, block.length)
      .fields.flatMap(({ name, value }) => [name, value]);
}

test('blocks mean the same in every stage, in any legal order', () => {
  const blocks = new ResponseBlocks();
  const read = reader();
  assert.deepEqual(read(blocks.headers()), HEADERS);
  assert.deepEqual(read(blocks.headers()), HEADERS);
  assert.deepEqual(read(blocks.trailers()), TRAILERS);
  for (let round = 0; round < 3; round++) {
    assert.ok(blocks.settled);
    assert.deepEqual(read(blocks.headers()), HEADERS);
    assert.deepEqual(read(blocks.trailers()), TRAILERS);
    assert.deepEqual(read(blocks.other(encodeFields(['x-a', 'b']))), ['x-a', 'b']);
  }
});

test('a client with a small table gets one size update and literals from then on', () => {
  const blocks = new ResponseBlocks();
  const read = reader();
  read(blocks.headers());
  read(blocks.trailers());
  blocks.onPeerTableBytes(0);
  assert.equal(blocks.settled, false);
  const first = blocks.headers();
  assert.equal(first[0], 0x20);
  assert.deepEqual(read(first), HEADERS);
  assert.deepEqual(read(blocks.trailers()), TRAILERS);
  assert.equal(blocks.headers()[0], 0x88);
});

test('a larger table changes nothing', () => {
  const blocks = new ResponseBlocks();
  blocks.onPeerTableBytes(65_536);
  assert.deepEqual(reader()(blocks.headers()), HEADERS);
});
