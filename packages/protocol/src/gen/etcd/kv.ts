/**
 * What the store holds and what watchers are told: a key with its history, and a change of it.
 *
 * Generated from proto/etcd/kv.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

/** What happened to a key. */
export const Event_EventType = {
  /** The key was written. */
  PUT: 0,
  /** The key was deleted, or its lease ended. */
  DELETE: 1,
} as const;

/** A key, its value, and where the pair stands in the store's history. */
export interface KeyValue {
  /** The key; never empty. */
  key: Uint8Array;
  /** Store revision at which this life of the key began. */
  createRevision: number;
  /** Store revision of the latest write to the key. */
  modRevision: number;
  /** Writes since the key was created, the creating one included. A deletion resets it to zero. */
  version: number;
  /** The value; may be empty. */
  value: Uint8Array;
  /** Lease that the key is attached to, or 0 for none. */
  lease: bigint;
}

const KeyValueFields: FieldNames = {
  1: 'Key',
  2: 'CreateRevision',
  3: 'ModRevision',
  4: 'Version',
  5: 'Value',
  6: 'Lease',
};

export const KeyValue: MessageType<KeyValue> = {
  name: 'mvccpb.KeyValue',

  create(fields?: Partial<KeyValue>): KeyValue {
    return {
      key: fields?.key ?? EMPTY_BYTES,
      createRevision: fields?.createRevision ?? 0,
      modRevision: fields?.modRevision ?? 0,
      version: fields?.version ?? 0,
      value: fields?.value ?? EMPTY_BYTES,
      lease: fields?.lease ?? 0n,
    };
  },

  encode(message: KeyValue, writer: Writer): void {
    if (message.key.length !== 0) writer.bytes(10, message.key);
    if (message.createRevision !== 0) writer.int64Number(16, message.createRevision);
    if (message.modRevision !== 0) writer.int64Number(24, message.modRevision);
    if (message.version !== 0) writer.int64Number(32, message.version);
    if (message.value.length !== 0) writer.bytes(42, message.value);
    if (message.lease !== 0n) writer.int64(48, message.lease);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): KeyValue {
    return KeyValue.merge(KeyValue.create(), new Reader(bytes, start, end));
  },

  merge(message: KeyValue, reader: Reader): KeyValue {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.view();
          break;
        case 16:
          message.createRevision = reader.int64Number();
          break;
        case 24:
          message.modRevision = reader.int64Number();
          break;
        case 32:
          message.version = reader.int64Number();
          break;
        case 42:
          message.value = reader.view();
          break;
        case 48:
          message.lease = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'KeyValue', KeyValueFields);
      }
    }
    return message;
  },
};

/** One change of one key. */
export interface Event {
  /** What happened. One of `Event_EventType`, or a value unknown to it. */
  type: number;
  /**
   * The pair after a put. After a deletion only `key` and `mod_revision` (the deletion's) are set.
   */
  kv: KeyValue | undefined;
  /** The pair before the change, where the watcher asked for it and history still has it. */
  prevKv: KeyValue | undefined;
}

const EventFields: FieldNames = { 1: 'Type', 2: 'Kv', 3: 'PrevKv' };

export const Event: MessageType<Event> = {
  name: 'mvccpb.Event',

  create(fields?: Partial<Event>): Event {
    return {
      type: fields?.type ?? 0,
      kv: fields?.kv,
      prevKv: fields?.prevKv,
    };
  },

  encode(message: Event, writer: Writer): void {
    if (message.type !== 0) writer.int32(8, message.type);
    if (message.kv !== undefined) {
      const start = writer.open(18);
      KeyValue.encode(message.kv, writer);
      writer.close(start);
    }
    if (message.prevKv !== undefined) {
      const start = writer.open(26);
      KeyValue.encode(message.prevKv, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Event {
    return Event.merge(Event.create(), new Reader(bytes, start, end));
  },

  merge(message: Event, reader: Reader): Event {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.type = reader.int32();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.kv = KeyValue.merge(message.kv ?? KeyValue.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.prevKv = KeyValue.merge(message.prevKv ?? KeyValue.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'Event', EventFields);
      }
    }
    return message;
  },
};
