/**
 * Writes the answers of the KV service around records that are encoded already: a stored `mvccpb.KeyValue` goes
 * from the store into the response by one copy. Field numbers are those of `etcdserverpb`'s messages; a test
 * decodes every answer with the generated code.
 */
import {
  writeNestedHeader,
  type DeleteRangeResult,
  type OpResult,
  type PutResult,
  type RangePiece,
  type RangeResult,
  type ResponseHeaderWriter,
  type TxnResult,
} from '@concord/kv';
import type { Writer } from '@concord/protocol';

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const tag = (field: number, wireType: number): number => (field << 3) | wireType;

const STREAM_RANGE = tag(1, LENGTH_DELIMITED);
const RANGE_KVS = tag(2, LENGTH_DELIMITED);
const RANGE_MORE = tag(3, VARINT);
const RANGE_COUNT = tag(4, VARINT);
const PUT_PREV_KV = tag(2, LENGTH_DELIMITED);
const DELETE_DELETED = tag(2, VARINT);
const DELETE_PREV_KVS = tag(3, LENGTH_DELIMITED);
const TXN_SUCCEEDED = tag(2, VARINT);
const TXN_RESPONSES = tag(3, LENGTH_DELIMITED);

/** The field of `ResponseOp` that holds the answer to each kind of operation. */
const responseOp = {
  range: tag(1, LENGTH_DELIMITED),
  put: tag(2, LENGTH_DELIMITED),
  'delete-range': tag(3, LENGTH_DELIMITED),
  txn: tag(4, LENGTH_DELIMITED),
} as const;

/** The answer of one operation, with its header. */
export function writeOpResponse(
  writer: Writer,
  header: ResponseHeaderWriter,
  result: OpResult,
): void {
  header.write(writer, result.revision);
  writeBody(writer, result);
}

/** One message of a range that is streamed: what the range comes to is told with its last piece. */
export function writeRangePiece(
  writer: Writer,
  header: ResponseHeaderWriter,
  { records, end }: RangePiece,
): void {
  const start = writer.open(STREAM_RANGE);
  if (end !== undefined) header.write(writer, end.revision);
  writeRange(writer, { records, more: end?.more ?? false, count: end?.count ?? 0 });
  writer.close(start);
}

function writeBody(writer: Writer, result: OpResult): void {
  switch (result.kind) {
    case 'range':
      return writeRange(writer, result);
    case 'put':
      return writePut(writer, result);
    case 'delete-range':
      return writeDeleteRange(writer, result);
    case 'txn':
      return writeTxn(writer, result);
  }
}

function writeRange(
  writer: Writer,
  { records, more, count }: Pick<RangeResult, 'records' | 'more' | 'count'>,
): void {
  for (const record of records) writer.bytes(RANGE_KVS, record);
  if (more) writer.bool(RANGE_MORE, true);
  if (count !== 0) writer.int64Number(RANGE_COUNT, count);
}

function writePut(writer: Writer, { previous }: PutResult): void {
  if (previous !== undefined) writer.bytes(PUT_PREV_KV, previous);
}

function writeDeleteRange(writer: Writer, { deleted, previous }: DeleteRangeResult): void {
  if (deleted !== 0) writer.int64Number(DELETE_DELETED, deleted);
  for (const record of previous) writer.bytes(DELETE_PREV_KVS, record);
}

function writeTxn(writer: Writer, { succeeded, responses }: TxnResult): void {
  if (succeeded) writer.bool(TXN_SUCCEEDED, true);
  for (const response of responses) {
    const outer = writer.open(TXN_RESPONSES);
    const inner = writer.open(responseOp[response.kind]);
    // etcd leaves the header of a nested transaction empty.
    writeNestedHeader(writer, response.kind === 'txn' ? 0 : response.revision);
    writeBody(writer, response);
    writer.close(inner);
    writer.close(outer);
  }
}
