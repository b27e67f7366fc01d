/**
 * The lock service: mutual exclusion by keys under a name, ordered by creation, owned by leases.
 *
 * Generated from proto/etcd/v3lock.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { ServiceDescriptor } from '../../service.ts';
import type { Writer } from '../../writer.ts';
import { ResponseHeader } from './rpc.ts';

/** Asks for a lock. */
export interface LockRequest {
  /** Name of the lock. */
  name: Uint8Array;
  /** Lease whose end frees the lock; 0 lets the server make one. */
  lease: bigint;
}

const LockRequestFields: FieldNames = { 1: 'Name', 2: 'Lease' };

export const LockRequest: MessageType<LockRequest> = {
  name: 'v3lockpb.LockRequest',

  create(fields?: Partial<LockRequest>): LockRequest {
    return {
      name: fields?.name ?? EMPTY_BYTES,
      lease: fields?.lease ?? 0n,
    };
  },

  encode(message: LockRequest, writer: Writer): void {
    if (message.name.length !== 0) writer.bytes(10, message.name);
    if (message.lease !== 0n) writer.int64(16, message.lease);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LockRequest {
    return LockRequest.merge(LockRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LockRequest, reader: Reader): LockRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.view();
          break;
        case 16:
          message.lease = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'LockRequest', LockRequestFields);
      }
    }
    return message;
  },
};

/** The caller owns the lock. */
export interface LockResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /**
   * The key that exists as long as the caller owns the lock: compare it in transactions as a fence.
   */
  key: Uint8Array;
}

const LockResponseFields: FieldNames = { 1: 'Header', 2: 'Key' };

export const LockResponse: MessageType<LockResponse> = {
  name: 'v3lockpb.LockResponse',

  create(fields?: Partial<LockResponse>): LockResponse {
    return {
      header: fields?.header,
      key: fields?.key ?? EMPTY_BYTES,
    };
  },

  encode(message: LockResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.key.length !== 0) writer.bytes(18, message.key);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LockResponse {
    return LockResponse.merge(LockResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LockResponse, reader: Reader): LockResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.header = ResponseHeader.merge(message.header ?? ResponseHeader.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 18:
          message.key = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'LockResponse', LockResponseFields);
      }
    }
    return message;
  },
};

/** Gives a lock back. */
export interface UnlockRequest {
  /** The key from `LockResponse`. */
  key: Uint8Array;
}

const UnlockRequestFields: FieldNames = { 1: 'Key' };

export const UnlockRequest: MessageType<UnlockRequest> = {
  name: 'v3lockpb.UnlockRequest',

  create(fields?: Partial<UnlockRequest>): UnlockRequest {
    return {
      key: fields?.key ?? EMPTY_BYTES,
    };
  },

  encode(message: UnlockRequest, writer: Writer): void {
    if (message.key.length !== 0) writer.bytes(10, message.key);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): UnlockRequest {
    return UnlockRequest.merge(UnlockRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: UnlockRequest, reader: Reader): UnlockRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'UnlockRequest', UnlockRequestFields);
      }
    }
    return message;
  },
};

/** The lock is free. */
export interface UnlockResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const UnlockResponseFields: FieldNames = { 1: 'Header' };

export const UnlockResponse: MessageType<UnlockResponse> = {
  name: 'v3lockpb.UnlockResponse',

  create(fields?: Partial<UnlockResponse>): UnlockResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: UnlockResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): UnlockResponse {
    return UnlockResponse.merge(UnlockResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: UnlockResponse, reader: Reader): UnlockResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.header = ResponseHeader.merge(message.header ?? ResponseHeader.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'UnlockResponse', UnlockResponseFields);
      }
    }
    return message;
  },
};

/** Locks that live as long as the holder's lease. */
export const Lock = {
  name: 'v3lockpb.Lock',
  methods: {
    /** Waits until the caller owns the lock, and answers the key that proves it. */
    lock: {
      name: 'Lock',
      path: '/v3lockpb.Lock/Lock',
      kind: 'unary',
      request: LockRequest,
      response: LockResponse,
    },
    /** Gives a lock back. */
    unlock: {
      name: 'Unlock',
      path: '/v3lockpb.Lock/Unlock',
      kind: 'unary',
      request: UnlockRequest,
      response: UnlockResponse,
    },
  },
} as const satisfies ServiceDescriptor;
