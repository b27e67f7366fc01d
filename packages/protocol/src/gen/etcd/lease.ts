/**
 * A lease as etcd keeps it in its database: what a snapshot holds of one. It crosses no API.
 *
 * Generated from proto/etcd/lease.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

/** A lease that was granted. */
export interface LeaseRecord {
  /** The lease's id. */
  ID: bigint;
  /** What it was granted, in seconds. */
  TTL: number;
  /** What was left at the last checkpoint, in seconds; 0 where there was none. */
  RemainingTTL: number;
}

const LeaseRecordFields: FieldNames = { 1: 'ID', 2: 'TTL', 3: 'RemainingTTL' };

export const LeaseRecord: MessageType<LeaseRecord> = {
  name: 'leasepb.LeaseRecord',

  create(fields?: Partial<LeaseRecord>): LeaseRecord {
    return {
      ID: fields?.ID ?? 0n,
      TTL: fields?.TTL ?? 0,
      RemainingTTL: fields?.RemainingTTL ?? 0,
    };
  },

  encode(message: LeaseRecord, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    if (message.TTL !== 0) writer.int64Number(16, message.TTL);
    if (message.RemainingTTL !== 0) writer.int64Number(24, message.RemainingTTL);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseRecord {
    return LeaseRecord.merge(LeaseRecord.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseRecord, reader: Reader): LeaseRecord {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        case 16:
          message.TTL = reader.int64Number();
          break;
        case 24:
          message.RemainingTTL = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseRecord', LeaseRecordFields);
      }
    }
    return message;
  },
};
