/**
 * The store as its callers see it, one claim of etcd's semantics at a time; the random walk against a dumb model is
 * in `mvcc-model.test.ts`.
 */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import {
  DeleteRangeRequest,
  fromByteString,
  KeyValue,
  PutRequest,
  RangeRequest,
} from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from './mvcc-store.ts';

const bytes = fromByteString;
const put = (key: string, value = '', more: Partial<PutRequest> = {}): PutRequest =>
  PutRequest.create({ key: bytes(key), value: bytes(value), ...more });
const range = (key: string, rangeEnd = '', more: Partial<RangeRequest> = {}): RangeRequest =>
  RangeRequest.create({ key: bytes(key), rangeEnd: bytes(rangeEnd), ...more });
const del = (key: string, rangeEnd = ''): DeleteRangeRequest =>
  DeleteRangeRequest.create({ key: bytes(key), rangeEnd: bytes(rangeEnd), prevKv: true });
const keysOf = (records: readonly Uint8Array[]): string[] =>
  records.map((record) => String.fromCharCode(...KeyValue.decode(record).key));
const open = (): MvccStore => MvccStore.open(new MemoryStore({ reusesBuffer: true }));

test('an empty store is at revision 1, and the first put makes 2', () => {
  const store = open();
  equal(store.revision, 1);
  equal(store.put(put('a', '1')).revision, 2);
  equal(store.revision, 2);
});

test('a put counts versions and keeps the create revision', () => {
  const store = open();
  store.put(put('a', '1'));
  store.put(put('b', '1'));
  store.put(put('a', '2'));
  const kv = KeyValue.decode(store.range(range('a')).records[0] as Uint8Array);
  deepEqual([kv.createRevision, kv.modRevision, kv.version], [2, 4, 2]);
});

test('a range reads every revision since compaction, flushed or not', () => {
  const store = open();
  store.put(put('a', '1'));
  store.put(put('b', '1'));
  store.flush();
  store.deleteRange(del('a'));
  store.put(put('c', '1'));
  deepEqual(keysOf(store.range(range('a', 'z')).records), ['b', 'c']);
  deepEqual(keysOf(store.range(range('a', 'z', { revision: 3 })).records), ['a', 'b']);
  deepEqual(keysOf(store.range(range('a', 'z', { revision: 2 })).records), ['a']);
  store.compact(4);
  throws(() => store.range(range('a', 'z', { revision: 3 })), { name: 'ErrCompacted' });
});
