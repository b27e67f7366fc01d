/** Generated from proto/concord/command.proto: edit that, not this. */
import type { MessageType } from '../../message-type.ts';
import { Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

/**
 * The leader saw a lease end. A leader that was deposed meanwhile may still have this in its queue,
 * so the command counts only in the term in which it was proposed.
 */
export interface LeaseExpiry {
  ID: bigint;
  term: number;
}

const LeaseExpiryFields: FieldNames = { 1: 'ID', 2: 'Term' };

export const LeaseExpiry: MessageType<LeaseExpiry> = {
  name: 'concord.command.v1.LeaseExpiry',

  create(fields?: Partial<LeaseExpiry>): LeaseExpiry {
    return {
      ID: fields?.ID ?? 0n,
      term: fields?.term ?? 0,
    };
  },

  encode(message: LeaseExpiry, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    if (message.term !== 0) writer.int64Number(16, message.term);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseExpiry {
    return LeaseExpiry.merge(LeaseExpiry.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseExpiry, reader: Reader): LeaseExpiry {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        case 16:
          message.term = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseExpiry', LeaseExpiryFields);
      }
    }
    return message;
  },
};
