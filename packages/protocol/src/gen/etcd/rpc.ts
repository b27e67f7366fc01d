/**
 * etcd's v3 API: KV, Watch, Lease, Cluster, Maintenance and Auth.
 *
 * `jstype = JS_NUMBER` marks counters (revisions, versions, terms, sizes, seconds), which fit a
 * JavaScript number; the 64-bit integers without it are ids, which don't.
 *
 * Generated from proto/etcd/rpc.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { ServiceDescriptor } from '../../service.ts';
import type { Writer } from '../../writer.ts';
import { Permission, UserAddOptions } from './auth.ts';
import { Event, KeyValue } from './kv.ts';

/** Direction of a sorted answer. */
export const RangeRequest_SortOrder = {
  /** As stored: ascending by key, unless a target other than the key is named. */
  NONE: 0,
  /** Lowest first. */
  ASCEND: 1,
  /** Highest first. */
  DESCEND: 2,
} as const;

/** What an answer is sorted by. */
export const RangeRequest_SortTarget = {
  /** By key, bytewise. */
  KEY: 0,
  /** By version. */
  VERSION: 1,
  /** By creation revision. */
  CREATE: 2,
  /** By modification revision. */
  MOD: 3,
  /** By value, bytewise. */
  VALUE: 4,
} as const;

/** How the stored value has to relate to the operand. */
export const Compare_CompareResult = {
  /** The stored value equals the operand. */
  EQUAL: 0,
  /** The stored value is above the operand. */
  GREATER: 1,
  /** The stored value is below the operand. */
  LESS: 2,
  /** The stored value differs from the operand. */
  NOT_EQUAL: 3,
} as const;

/** What a condition is about. */
export const Compare_CompareTarget = {
  /** The version, with `version`. */
  VERSION: 0,
  /** The creation revision, with `create_revision`. */
  CREATE: 1,
  /** The modification revision, with `mod_revision`. */
  MOD: 2,
  /** The value, with `value`. */
  VALUE: 3,
  /** The lease, with `lease`. */
  LEASE: 4,
} as const;

/** Events that a watch leaves out. */
export const WatchCreateRequest_FilterType = {
  /** Leave out puts. */
  NOPUT: 0,
  /** Leave out deletions. */
  NODELETE: 1,
} as const;

/** What is wrong with a member. */
export const AlarmType = {
  /** Nothing; in a request, any alarm. */
  NONE: 0,
  /** Its database has reached the quota. */
  NOSPACE: 1,
  /** Its data differs from the others'. */
  CORRUPT: 2,
} as const;

/** What is done about alarms. */
export const AlarmRequest_AlarmAction = {
  /** List alarms. */
  GET: 0,
  /** Raise an alarm. */
  ACTIVATE: 1,
  /** Clear an alarm. */
  DEACTIVATE: 2,
} as const;

/** What is done about a downgrade. */
export const DowngradeRequest_DowngradeAction = {
  /** Tell whether it would be possible. */
  VALIDATE: 0,
  /** Begin. */
  ENABLE: 1,
  /** Cancel. */
  CANCEL: 2,
} as const;

/** Opens every response: who answered, and how far it was. */
export interface ResponseHeader {
  /** Cluster that answered. */
  clusterId: bigint;
  /** Member that answered. */
  memberId: bigint;
  /** Store revision when the request was carried out. */
  revision: number;
  /** Raft term when the request was carried out. */
  raftTerm: number;
}

const ResponseHeaderFields: FieldNames = {
  1: 'ClusterId',
  2: 'MemberId',
  3: 'Revision',
  4: 'RaftTerm',
};

export const ResponseHeader: MessageType<ResponseHeader> = {
  name: 'etcdserverpb.ResponseHeader',

  create(fields?: Partial<ResponseHeader>): ResponseHeader {
    return {
      clusterId: fields?.clusterId ?? 0n,
      memberId: fields?.memberId ?? 0n,
      revision: fields?.revision ?? 0,
      raftTerm: fields?.raftTerm ?? 0,
    };
  },

  encode(message: ResponseHeader, writer: Writer): void {
    if (message.clusterId !== 0n) writer.int64(8, message.clusterId);
    if (message.memberId !== 0n) writer.int64(16, message.memberId);
    if (message.revision !== 0) writer.int64Number(24, message.revision);
    if (message.raftTerm !== 0) writer.int64Number(32, message.raftTerm);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ResponseHeader {
    return ResponseHeader.merge(ResponseHeader.create(), new Reader(bytes, start, end));
  },

  merge(message: ResponseHeader, reader: Reader): ResponseHeader {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.clusterId = reader.uint64();
          break;
        case 16:
          message.memberId = reader.uint64();
          break;
        case 24:
          message.revision = reader.int64Number();
          break;
        case 32:
          message.raftTerm = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'ResponseHeader', ResponseHeaderFields);
      }
    }
    return message;
  },
};

/** Asks for a key or a range of keys. */
export interface RangeRequest {
  /** The key, or the first key of the range. */
  key: Uint8Array;
  /**
   * End of the range, exclusive; empty for the key alone, one zero byte for all keys from `key` on.
   */
  rangeEnd: Uint8Array;
  /** Most pairs to answer; 0 for all. */
  limit: number;
  /** Revision to read at; 0 or less for the present. */
  revision: number;
  /** Direction of the answer. One of `RangeRequest_SortOrder`, or a value unknown to it. */
  sortOrder: number;
  /** What the answer is sorted by. One of `RangeRequest_SortTarget`, or a value unknown to it. */
  sortTarget: number;
  /** Answer from the member's own state, which may be behind, without asking the leader. */
  serializable: boolean;
  /** Leave values out. */
  keysOnly: boolean;
  /** Answer only how many keys there are. */
  countOnly: boolean;
  /** Leave out pairs last written before this revision; 0 for no bound. */
  minModRevision: number;
  /** Leave out pairs last written after this revision; 0 for no bound. */
  maxModRevision: number;
  /** Leave out pairs created before this revision; 0 for no bound. */
  minCreateRevision: number;
  /** Leave out pairs created after this revision; 0 for no bound. */
  maxCreateRevision: number;
}

const RangeRequestFields: FieldNames = {
  1: 'Key',
  2: 'RangeEnd',
  3: 'Limit',
  4: 'Revision',
  5: 'SortOrder',
  6: 'SortTarget',
  7: 'Serializable',
  8: 'KeysOnly',
  9: 'CountOnly',
  10: 'MinModRevision',
  11: 'MaxModRevision',
  12: 'MinCreateRevision',
  13: 'MaxCreateRevision',
};

export const RangeRequest: MessageType<RangeRequest> = {
  name: 'etcdserverpb.RangeRequest',

  create(fields?: Partial<RangeRequest>): RangeRequest {
    return {
      key: fields?.key ?? EMPTY_BYTES,
      rangeEnd: fields?.rangeEnd ?? EMPTY_BYTES,
      limit: fields?.limit ?? 0,
      revision: fields?.revision ?? 0,
      sortOrder: fields?.sortOrder ?? 0,
      sortTarget: fields?.sortTarget ?? 0,
      serializable: fields?.serializable ?? false,
      keysOnly: fields?.keysOnly ?? false,
      countOnly: fields?.countOnly ?? false,
      minModRevision: fields?.minModRevision ?? 0,
      maxModRevision: fields?.maxModRevision ?? 0,
      minCreateRevision: fields?.minCreateRevision ?? 0,
      maxCreateRevision: fields?.maxCreateRevision ?? 0,
    };
  },

  encode(message: RangeRequest, writer: Writer): void {
    if (message.key.length !== 0) writer.bytes(10, message.key);
    if (message.rangeEnd.length !== 0) writer.bytes(18, message.rangeEnd);
    if (message.limit !== 0) writer.int64Number(24, message.limit);
    if (message.revision !== 0) writer.int64Number(32, message.revision);
    if (message.sortOrder !== 0) writer.int32(40, message.sortOrder);
    if (message.sortTarget !== 0) writer.int32(48, message.sortTarget);
    if (message.serializable) writer.bool(56, message.serializable);
    if (message.keysOnly) writer.bool(64, message.keysOnly);
    if (message.countOnly) writer.bool(72, message.countOnly);
    if (message.minModRevision !== 0) writer.int64Number(80, message.minModRevision);
    if (message.maxModRevision !== 0) writer.int64Number(88, message.maxModRevision);
    if (message.minCreateRevision !== 0) writer.int64Number(96, message.minCreateRevision);
    if (message.maxCreateRevision !== 0) writer.int64Number(104, message.maxCreateRevision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): RangeRequest {
    return RangeRequest.merge(RangeRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: RangeRequest, reader: Reader): RangeRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.view();
          break;
        case 18:
          message.rangeEnd = reader.view();
          break;
        case 24:
          message.limit = reader.int64Number();
          break;
        case 32:
          message.revision = reader.int64Number();
          break;
        case 40:
          message.sortOrder = reader.int32();
          break;
        case 48:
          message.sortTarget = reader.int32();
          break;
        case 56:
          message.serializable = reader.bool();
          break;
        case 64:
          message.keysOnly = reader.bool();
          break;
        case 72:
          message.countOnly = reader.bool();
          break;
        case 80:
          message.minModRevision = reader.int64Number();
          break;
        case 88:
          message.maxModRevision = reader.int64Number();
          break;
        case 96:
          message.minCreateRevision = reader.int64Number();
          break;
        case 104:
          message.maxCreateRevision = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'RangeRequest', RangeRequestFields);
      }
    }
    return message;
  },
};

/** The pairs found. */
export interface RangeResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The pairs, in the order asked for. */
  kvs: KeyValue[];
  /** `limit` cut the answer short. */
  more: boolean;
  /** Keys in the range, whatever `limit` and the revision bounds say. */
  count: number;
}

const RangeResponseFields: FieldNames = { 1: 'Header', 2: 'Kvs', 3: 'More', 4: 'Count' };

export const RangeResponse: MessageType<RangeResponse> = {
  name: 'etcdserverpb.RangeResponse',

  create(fields?: Partial<RangeResponse>): RangeResponse {
    return {
      header: fields?.header,
      kvs: fields?.kvs ?? [],
      more: fields?.more ?? false,
      count: fields?.count ?? 0,
    };
  },

  encode(message: RangeResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.kvs) {
      const start = writer.open(18);
      KeyValue.encode(value, writer);
      writer.close(start);
    }
    if (message.more) writer.bool(24, message.more);
    if (message.count !== 0) writer.int64Number(32, message.count);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): RangeResponse {
    return RangeResponse.merge(RangeResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: RangeResponse, reader: Reader): RangeResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.kvs.push(KeyValue.merge(KeyValue.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        case 24:
          message.more = reader.bool();
          break;
        case 32:
          message.count = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'RangeResponse', RangeResponseFields);
      }
    }
    return message;
  },
};

/** A piece of the answer to a range; merged, all of them are what `Range` answers. */
export interface RangeStreamResponse {
  /** The next pairs; header, `more` and `count` come with the last piece. */
  rangeResponse: RangeResponse | undefined;
}

const RangeStreamResponseFields: FieldNames = { 1: 'RangeResponse' };

export const RangeStreamResponse: MessageType<RangeStreamResponse> = {
  name: 'etcdserverpb.RangeStreamResponse',

  create(fields?: Partial<RangeStreamResponse>): RangeStreamResponse {
    return {
      rangeResponse: fields?.rangeResponse,
    };
  },

  encode(message: RangeStreamResponse, writer: Writer): void {
    if (message.rangeResponse !== undefined) {
      const start = writer.open(10);
      RangeResponse.encode(message.rangeResponse, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): RangeStreamResponse {
    return RangeStreamResponse.merge(RangeStreamResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: RangeStreamResponse, reader: Reader): RangeStreamResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.rangeResponse = RangeResponse.merge(message.rangeResponse ?? RangeResponse.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'RangeStreamResponse', RangeStreamResponseFields);
      }
    }
    return message;
  },
};

/** Writes one key. */
export interface PutRequest {
  /** The key. */
  key: Uint8Array;
  /** The value. */
  value: Uint8Array;
  /** Lease to attach the key to; 0 detaches it. */
  lease: bigint;
  /** Answer the pair that was there before. */
  prevKv: boolean;
  /** Keep the present value; fails on a missing key. */
  ignoreValue: boolean;
  /** Keep the present lease; fails on a missing key. */
  ignoreLease: boolean;
}

const PutRequestFields: FieldNames = {
  1: 'Key',
  2: 'Value',
  3: 'Lease',
  4: 'PrevKv',
  5: 'IgnoreValue',
  6: 'IgnoreLease',
};

export const PutRequest: MessageType<PutRequest> = {
  name: 'etcdserverpb.PutRequest',

  create(fields?: Partial<PutRequest>): PutRequest {
    return {
      key: fields?.key ?? EMPTY_BYTES,
      value: fields?.value ?? EMPTY_BYTES,
      lease: fields?.lease ?? 0n,
      prevKv: fields?.prevKv ?? false,
      ignoreValue: fields?.ignoreValue ?? false,
      ignoreLease: fields?.ignoreLease ?? false,
    };
  },

  encode(message: PutRequest, writer: Writer): void {
    if (message.key.length !== 0) writer.bytes(10, message.key);
    if (message.value.length !== 0) writer.bytes(18, message.value);
    if (message.lease !== 0n) writer.int64(24, message.lease);
    if (message.prevKv) writer.bool(32, message.prevKv);
    if (message.ignoreValue) writer.bool(40, message.ignoreValue);
    if (message.ignoreLease) writer.bool(48, message.ignoreLease);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PutRequest {
    return PutRequest.merge(PutRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: PutRequest, reader: Reader): PutRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.view();
          break;
        case 18:
          message.value = reader.view();
          break;
        case 24:
          message.lease = reader.int64();
          break;
        case 32:
          message.prevKv = reader.bool();
          break;
        case 40:
          message.ignoreValue = reader.bool();
          break;
        case 48:
          message.ignoreLease = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'PutRequest', PutRequestFields);
      }
    }
    return message;
  },
};

/** The key is written. */
export interface PutResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The pair before, where it was asked for and existed. */
  prevKv: KeyValue | undefined;
}

const PutResponseFields: FieldNames = { 1: 'Header', 2: 'PrevKv' };

export const PutResponse: MessageType<PutResponse> = {
  name: 'etcdserverpb.PutResponse',

  create(fields?: Partial<PutResponse>): PutResponse {
    return {
      header: fields?.header,
      prevKv: fields?.prevKv,
    };
  },

  encode(message: PutResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.prevKv !== undefined) {
      const start = writer.open(18);
      KeyValue.encode(message.prevKv, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PutResponse {
    return PutResponse.merge(PutResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: PutResponse, reader: Reader): PutResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.prevKv = KeyValue.merge(message.prevKv ?? KeyValue.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'PutResponse', PutResponseFields);
      }
    }
    return message;
  },
};

/** Deletes a key or a range of keys. */
export interface DeleteRangeRequest {
  /** The key, or the first key of the range. */
  key: Uint8Array;
  /**
   * End of the range, exclusive; empty for the key alone, one zero byte for all keys from `key` on.
   */
  rangeEnd: Uint8Array;
  /** Answer the deleted pairs. */
  prevKv: boolean;
}

const DeleteRangeRequestFields: FieldNames = { 1: 'Key', 2: 'RangeEnd', 3: 'PrevKv' };

export const DeleteRangeRequest: MessageType<DeleteRangeRequest> = {
  name: 'etcdserverpb.DeleteRangeRequest',

  create(fields?: Partial<DeleteRangeRequest>): DeleteRangeRequest {
    return {
      key: fields?.key ?? EMPTY_BYTES,
      rangeEnd: fields?.rangeEnd ?? EMPTY_BYTES,
      prevKv: fields?.prevKv ?? false,
    };
  },

  encode(message: DeleteRangeRequest, writer: Writer): void {
    if (message.key.length !== 0) writer.bytes(10, message.key);
    if (message.rangeEnd.length !== 0) writer.bytes(18, message.rangeEnd);
    if (message.prevKv) writer.bool(24, message.prevKv);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DeleteRangeRequest {
    return DeleteRangeRequest.merge(DeleteRangeRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: DeleteRangeRequest, reader: Reader): DeleteRangeRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.view();
          break;
        case 18:
          message.rangeEnd = reader.view();
          break;
        case 24:
          message.prevKv = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'DeleteRangeRequest', DeleteRangeRequestFields);
      }
    }
    return message;
  },
};

/** The keys are deleted. */
export interface DeleteRangeResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** How many keys there were. */
  deleted: number;
  /** The deleted pairs, where they were asked for. */
  prevKvs: KeyValue[];
}

const DeleteRangeResponseFields: FieldNames = { 1: 'Header', 2: 'Deleted', 3: 'PrevKvs' };

export const DeleteRangeResponse: MessageType<DeleteRangeResponse> = {
  name: 'etcdserverpb.DeleteRangeResponse',

  create(fields?: Partial<DeleteRangeResponse>): DeleteRangeResponse {
    return {
      header: fields?.header,
      deleted: fields?.deleted ?? 0,
      prevKvs: fields?.prevKvs ?? [],
    };
  },

  encode(message: DeleteRangeResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.deleted !== 0) writer.int64Number(16, message.deleted);
    for (const value of message.prevKvs) {
      const start = writer.open(26);
      KeyValue.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DeleteRangeResponse {
    return DeleteRangeResponse.merge(DeleteRangeResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: DeleteRangeResponse, reader: Reader): DeleteRangeResponse {
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
        case 16:
          message.deleted = reader.int64Number();
          break;
        case 26: {
          const outerEnd = reader.enter();
          message.prevKvs.push(KeyValue.merge(KeyValue.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'DeleteRangeResponse', DeleteRangeResponseFields);
      }
    }
    return message;
  },
};

/** One operation of a transaction. */
export interface RequestOp {
  /** The operation. Without one, the transaction is refused. */
  request:
    /** Reads. */
    | { case: 'requestRange'; value: RangeRequest }
    /** Writes a key. */
    | { case: 'requestPut'; value: PutRequest }
    /** Deletes. */
    | { case: 'requestDeleteRange'; value: DeleteRangeRequest }
    /** A transaction inside a transaction. */
    | { case: 'requestTxn'; value: TxnRequest }
    | undefined;
}

const RequestOpFields: FieldNames = {
  1: 'RequestRange',
  2: 'RequestPut',
  3: 'RequestDeleteRange',
  4: 'RequestTxn',
};

export const RequestOp: MessageType<RequestOp> = {
  name: 'etcdserverpb.RequestOp',

  create(fields?: Partial<RequestOp>): RequestOp {
    return {
      request: fields?.request,
    };
  },

  encode(message: RequestOp, writer: Writer): void {
    switch (message.request?.case) {
      case 'requestRange': {
        const start = writer.open(10);
        RangeRequest.encode(message.request.value, writer);
        writer.close(start);
        break;
      }
      case 'requestPut': {
        const start = writer.open(18);
        PutRequest.encode(message.request.value, writer);
        writer.close(start);
        break;
      }
      case 'requestDeleteRange': {
        const start = writer.open(26);
        DeleteRangeRequest.encode(message.request.value, writer);
        writer.close(start);
        break;
      }
      case 'requestTxn': {
        const start = writer.open(34);
        TxnRequest.encode(message.request.value, writer);
        writer.close(start);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): RequestOp {
    return RequestOp.merge(RequestOp.create(), new Reader(bytes, start, end));
  },

  merge(message: RequestOp, reader: Reader): RequestOp {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.request = { case: 'requestRange', value: RangeRequest.merge(RangeRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.request = { case: 'requestPut', value: PutRequest.merge(PutRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.request = { case: 'requestDeleteRange', value: DeleteRangeRequest.merge(DeleteRangeRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 34: {
          const outerEnd = reader.enter();
          message.request = { case: 'requestTxn', value: TxnRequest.merge(TxnRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'RequestOp', RequestOpFields);
      }
    }
    return message;
  },
};

/** The answer to one operation of a transaction. */
export interface ResponseOp {
  /** The answer, of the operation's kind. */
  response:
    /** Answer to a read. */
    | { case: 'responseRange'; value: RangeResponse }
    /** Answer to a write. */
    | { case: 'responsePut'; value: PutResponse }
    /** Answer to a deletion. */
    | { case: 'responseDeleteRange'; value: DeleteRangeResponse }
    /** Answer to a transaction inside the transaction. */
    | { case: 'responseTxn'; value: TxnResponse }
    | undefined;
}

const ResponseOpFields: FieldNames = {
  1: 'ResponseRange',
  2: 'ResponsePut',
  3: 'ResponseDeleteRange',
  4: 'ResponseTxn',
};

export const ResponseOp: MessageType<ResponseOp> = {
  name: 'etcdserverpb.ResponseOp',

  create(fields?: Partial<ResponseOp>): ResponseOp {
    return {
      response: fields?.response,
    };
  },

  encode(message: ResponseOp, writer: Writer): void {
    switch (message.response?.case) {
      case 'responseRange': {
        const start = writer.open(10);
        RangeResponse.encode(message.response.value, writer);
        writer.close(start);
        break;
      }
      case 'responsePut': {
        const start = writer.open(18);
        PutResponse.encode(message.response.value, writer);
        writer.close(start);
        break;
      }
      case 'responseDeleteRange': {
        const start = writer.open(26);
        DeleteRangeResponse.encode(message.response.value, writer);
        writer.close(start);
        break;
      }
      case 'responseTxn': {
        const start = writer.open(34);
        TxnResponse.encode(message.response.value, writer);
        writer.close(start);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ResponseOp {
    return ResponseOp.merge(ResponseOp.create(), new Reader(bytes, start, end));
  },

  merge(message: ResponseOp, reader: Reader): ResponseOp {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.response = { case: 'responseRange', value: RangeResponse.merge(RangeResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.response = { case: 'responsePut', value: PutResponse.merge(PutResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.response = { case: 'responseDeleteRange', value: DeleteRangeResponse.merge(DeleteRangeResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 34: {
          const outerEnd = reader.enter();
          message.response = { case: 'responseTxn', value: TxnResponse.merge(TxnResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'ResponseOp', ResponseOpFields);
      }
    }
    return message;
  },
};

/** One condition of a transaction. With a range, the condition has to hold for every key in it. */
export interface Compare {
  /**
   * How the stored value has to relate to the operand. One of `Compare_CompareResult`, or a value
   * unknown to it.
   */
  result: number;
  /** What is compared. One of `Compare_CompareTarget`, or a value unknown to it. */
  target: number;
  /** The key, or the first key of the range. */
  key: Uint8Array;
  /** The operand; counts as zero or empty where it doesn't match `target`. */
  targetUnion:
    /** With the target VERSION. */
    | { case: 'version'; value: number }
    /** With the target CREATE. */
    | { case: 'createRevision'; value: number }
    /** With the target MOD. */
    | { case: 'modRevision'; value: number }
    /** With the target VALUE. */
    | { case: 'value'; value: Uint8Array }
    /** With the target LEASE. */
    | { case: 'lease'; value: bigint }
    | undefined;
  /**
   * End of the range, exclusive; empty for the key alone, one zero byte for all keys from `key` on.
   */
  rangeEnd: Uint8Array;
}

const CompareFields: FieldNames = {
  1: 'Result',
  2: 'Target',
  3: 'Key',
  4: 'Version',
  5: 'CreateRevision',
  6: 'ModRevision',
  7: 'Value',
  8: 'Lease',
  64: 'RangeEnd',
};

export const Compare: MessageType<Compare> = {
  name: 'etcdserverpb.Compare',

  create(fields?: Partial<Compare>): Compare {
    return {
      result: fields?.result ?? 0,
      target: fields?.target ?? 0,
      key: fields?.key ?? EMPTY_BYTES,
      targetUnion: fields?.targetUnion,
      rangeEnd: fields?.rangeEnd ?? EMPTY_BYTES,
    };
  },

  encode(message: Compare, writer: Writer): void {
    if (message.result !== 0) writer.int32(8, message.result);
    if (message.target !== 0) writer.int32(16, message.target);
    if (message.key.length !== 0) writer.bytes(26, message.key);
    switch (message.targetUnion?.case) {
      case 'version': {
        writer.int64Number(32, message.targetUnion.value);
        break;
      }
      case 'createRevision': {
        writer.int64Number(40, message.targetUnion.value);
        break;
      }
      case 'modRevision': {
        writer.int64Number(48, message.targetUnion.value);
        break;
      }
      case 'value': {
        writer.bytes(58, message.targetUnion.value);
        break;
      }
      case 'lease': {
        writer.int64(64, message.targetUnion.value);
        break;
      }
      case undefined:
        break;
    }
    if (message.rangeEnd.length !== 0) writer.bytes(514, message.rangeEnd);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Compare {
    return Compare.merge(Compare.create(), new Reader(bytes, start, end));
  },

  merge(message: Compare, reader: Reader): Compare {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.result = reader.int32();
          break;
        case 16:
          message.target = reader.int32();
          break;
        case 26:
          message.key = reader.view();
          break;
        case 32:
          message.targetUnion = { case: 'version', value: reader.int64Number() };
          break;
        case 40:
          message.targetUnion = { case: 'createRevision', value: reader.int64Number() };
          break;
        case 48:
          message.targetUnion = { case: 'modRevision', value: reader.int64Number() };
          break;
        case 58:
          message.targetUnion = { case: 'value', value: reader.view() };
          break;
        case 64:
          message.targetUnion = { case: 'lease', value: reader.int64() };
          break;
        case 514:
          message.rangeEnd = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'Compare', CompareFields);
      }
    }
    return message;
  },
};

/** If every condition holds, do `success`, otherwise do `failure`: all of it or nothing. */
export interface TxnRequest {
  /** Conditions, all of which have to hold. */
  compare: Compare[];
  /** What is done if they do. */
  success: RequestOp[];
  /** What is done if they don't. */
  failure: RequestOp[];
}

const TxnRequestFields: FieldNames = { 1: 'Compare', 2: 'Success', 3: 'Failure' };

export const TxnRequest: MessageType<TxnRequest> = {
  name: 'etcdserverpb.TxnRequest',

  create(fields?: Partial<TxnRequest>): TxnRequest {
    return {
      compare: fields?.compare ?? [],
      success: fields?.success ?? [],
      failure: fields?.failure ?? [],
    };
  },

  encode(message: TxnRequest, writer: Writer): void {
    for (const value of message.compare) {
      const start = writer.open(10);
      Compare.encode(value, writer);
      writer.close(start);
    }
    for (const value of message.success) {
      const start = writer.open(18);
      RequestOp.encode(value, writer);
      writer.close(start);
    }
    for (const value of message.failure) {
      const start = writer.open(26);
      RequestOp.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): TxnRequest {
    return TxnRequest.merge(TxnRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: TxnRequest, reader: Reader): TxnRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.compare.push(Compare.merge(Compare.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.success.push(RequestOp.merge(RequestOp.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.failure.push(RequestOp.merge(RequestOp.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'TxnRequest', TxnRequestFields);
      }
    }
    return message;
  },
};

/** The transaction is done. */
export interface TxnResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The conditions held. */
  succeeded: boolean;
  /** The answers to the list carried out, in its order. */
  responses: ResponseOp[];
}

const TxnResponseFields: FieldNames = { 1: 'Header', 2: 'Succeeded', 3: 'Responses' };

export const TxnResponse: MessageType<TxnResponse> = {
  name: 'etcdserverpb.TxnResponse',

  create(fields?: Partial<TxnResponse>): TxnResponse {
    return {
      header: fields?.header,
      succeeded: fields?.succeeded ?? false,
      responses: fields?.responses ?? [],
    };
  },

  encode(message: TxnResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.succeeded) writer.bool(16, message.succeeded);
    for (const value of message.responses) {
      const start = writer.open(26);
      ResponseOp.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): TxnResponse {
    return TxnResponse.merge(TxnResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: TxnResponse, reader: Reader): TxnResponse {
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
        case 16:
          message.succeeded = reader.bool();
          break;
        case 26: {
          const outerEnd = reader.enter();
          message.responses.push(ResponseOp.merge(ResponseOp.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'TxnResponse', TxnResponseFields);
      }
    }
    return message;
  },
};

/** Forgets what was overwritten or deleted before a revision. */
export interface CompactionRequest {
  /** The oldest revision that stays readable. */
  revision: number;
  /** Answer only when the space is free for reuse. */
  physical: boolean;
}

const CompactionRequestFields: FieldNames = { 1: 'Revision', 2: 'Physical' };

export const CompactionRequest: MessageType<CompactionRequest> = {
  name: 'etcdserverpb.CompactionRequest',

  create(fields?: Partial<CompactionRequest>): CompactionRequest {
    return {
      revision: fields?.revision ?? 0,
      physical: fields?.physical ?? false,
    };
  },

  encode(message: CompactionRequest, writer: Writer): void {
    if (message.revision !== 0) writer.int64Number(8, message.revision);
    if (message.physical) writer.bool(16, message.physical);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): CompactionRequest {
    return CompactionRequest.merge(CompactionRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: CompactionRequest, reader: Reader): CompactionRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.revision = reader.int64Number();
          break;
        case 16:
          message.physical = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'CompactionRequest', CompactionRequestFields);
      }
    }
    return message;
  },
};

/** History is cut. */
export interface CompactionResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const CompactionResponseFields: FieldNames = { 1: 'Header' };

export const CompactionResponse: MessageType<CompactionResponse> = {
  name: 'etcdserverpb.CompactionResponse',

  create(fields?: Partial<CompactionResponse>): CompactionResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: CompactionResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): CompactionResponse {
    return CompactionResponse.merge(CompactionResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: CompactionResponse, reader: Reader): CompactionResponse {
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
          reader.unexpected(at, tag, 'CompactionResponse', CompactionResponseFields);
      }
    }
    return message;
  },
};

/** Asks for the database's hash. */
export interface HashRequest {
}

const HashRequestFields: FieldNames = {};

export const HashRequest: MessageType<HashRequest> = {
  name: 'etcdserverpb.HashRequest',

  create(): HashRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HashRequest {
    return HashRequest.merge(HashRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: HashRequest, reader: Reader): HashRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'HashRequest', HashRequestFields);
    }
    return message;
  },
};

/** The database's hash. */
export interface HashResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** CRC-32C of the whole database. */
  hash: number;
}

const HashResponseFields: FieldNames = { 1: 'Header', 2: 'Hash' };

export const HashResponse: MessageType<HashResponse> = {
  name: 'etcdserverpb.HashResponse',

  create(fields?: Partial<HashResponse>): HashResponse {
    return {
      header: fields?.header,
      hash: fields?.hash ?? 0,
    };
  },

  encode(message: HashResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.hash !== 0) writer.uint32(16, message.hash);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HashResponse {
    return HashResponse.merge(HashResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: HashResponse, reader: Reader): HashResponse {
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
        case 16:
          message.hash = reader.uint32();
          break;
        default:
          reader.unexpected(at, tag, 'HashResponse', HashResponseFields);
      }
    }
    return message;
  },
};

/** Asks for the hash of the keys' history. */
export interface HashKVRequest {
  /** Revision up to which to hash; 0 for the present. */
  revision: number;
}

const HashKVRequestFields: FieldNames = { 1: 'Revision' };

export const HashKVRequest: MessageType<HashKVRequest> = {
  name: 'etcdserverpb.HashKVRequest',

  create(fields?: Partial<HashKVRequest>): HashKVRequest {
    return {
      revision: fields?.revision ?? 0,
    };
  },

  encode(message: HashKVRequest, writer: Writer): void {
    if (message.revision !== 0) writer.int64Number(8, message.revision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HashKVRequest {
    return HashKVRequest.merge(HashKVRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: HashKVRequest, reader: Reader): HashKVRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.revision = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'HashKVRequest', HashKVRequestFields);
      }
    }
    return message;
  },
};

/** The hash of the keys' history, equal on members that agree. */
export interface HashKVResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** CRC-32C of the pairs between the two revisions. */
  hash: number;
  /** Revision that history was compacted at when hashed. */
  compactRevision: number;
  /** Revision that was hashed up to. */
  hashRevision: number;
}

const HashKVResponseFields: FieldNames = {
  1: 'Header',
  2: 'Hash',
  3: 'CompactRevision',
  4: 'HashRevision',
};

export const HashKVResponse: MessageType<HashKVResponse> = {
  name: 'etcdserverpb.HashKVResponse',

  create(fields?: Partial<HashKVResponse>): HashKVResponse {
    return {
      header: fields?.header,
      hash: fields?.hash ?? 0,
      compactRevision: fields?.compactRevision ?? 0,
      hashRevision: fields?.hashRevision ?? 0,
    };
  },

  encode(message: HashKVResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.hash !== 0) writer.uint32(16, message.hash);
    if (message.compactRevision !== 0) writer.int64Number(24, message.compactRevision);
    if (message.hashRevision !== 0) writer.int64Number(32, message.hashRevision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HashKVResponse {
    return HashKVResponse.merge(HashKVResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: HashKVResponse, reader: Reader): HashKVResponse {
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
        case 16:
          message.hash = reader.uint32();
          break;
        case 24:
          message.compactRevision = reader.int64Number();
          break;
        case 32:
          message.hashRevision = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'HashKVResponse', HashKVResponseFields);
      }
    }
    return message;
  },
};

/** Asks for a copy of the database. */
export interface SnapshotRequest {
}

const SnapshotRequestFields: FieldNames = {};

export const SnapshotRequest: MessageType<SnapshotRequest> = {
  name: 'etcdserverpb.SnapshotRequest',

  create(): SnapshotRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): SnapshotRequest {
    return SnapshotRequest.merge(SnapshotRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: SnapshotRequest, reader: Reader): SnapshotRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'SnapshotRequest', SnapshotRequestFields);
    }
    return message;
  },
};

/** A piece of the database file, followed by a SHA-256 of it. */
export interface SnapshotResponse {
  /** Never set. */
  header: ResponseHeader | undefined;
  /** Bytes still to come after this piece. */
  remainingBytes: number;
  /** The piece. */
  blob: Uint8Array;
  /** Storage version of the database. */
  version: string;
}

const SnapshotResponseFields: FieldNames = {
  1: 'Header',
  2: 'RemainingBytes',
  3: 'Blob',
  4: 'Version',
};

export const SnapshotResponse: MessageType<SnapshotResponse> = {
  name: 'etcdserverpb.SnapshotResponse',

  create(fields?: Partial<SnapshotResponse>): SnapshotResponse {
    return {
      header: fields?.header,
      remainingBytes: fields?.remainingBytes ?? 0,
      blob: fields?.blob ?? EMPTY_BYTES,
      version: fields?.version ?? '',
    };
  },

  encode(message: SnapshotResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.remainingBytes !== 0) writer.int64Number(16, message.remainingBytes);
    if (message.blob.length !== 0) writer.bytes(26, message.blob);
    if (message.version !== '') writer.string(34, message.version);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): SnapshotResponse {
    return SnapshotResponse.merge(SnapshotResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: SnapshotResponse, reader: Reader): SnapshotResponse {
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
        case 16:
          message.remainingBytes = reader.uint64Number();
          break;
        case 26:
          message.blob = reader.view();
          break;
        case 34:
          message.version = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'SnapshotResponse', SnapshotResponseFields);
      }
    }
    return message;
  },
};

/** A request on a watch stream. One without a member set is ignored. */
export interface WatchRequest {
  /** What is asked. */
  requestUnion:
    /** Begins a watch. */
    | { case: 'createRequest'; value: WatchCreateRequest }
    /** Ends a watch. */
    | { case: 'cancelRequest'; value: WatchCancelRequest }
    /** Asks how far the watches are. */
    | { case: 'progressRequest'; value: WatchProgressRequest }
    | undefined;
}

const WatchRequestFields: FieldNames = {
  1: 'CreateRequest',
  2: 'CancelRequest',
  3: 'ProgressRequest',
};

export const WatchRequest: MessageType<WatchRequest> = {
  name: 'etcdserverpb.WatchRequest',

  create(fields?: Partial<WatchRequest>): WatchRequest {
    return {
      requestUnion: fields?.requestUnion,
    };
  },

  encode(message: WatchRequest, writer: Writer): void {
    switch (message.requestUnion?.case) {
      case 'createRequest': {
        const start = writer.open(10);
        WatchCreateRequest.encode(message.requestUnion.value, writer);
        writer.close(start);
        break;
      }
      case 'cancelRequest': {
        const start = writer.open(18);
        WatchCancelRequest.encode(message.requestUnion.value, writer);
        writer.close(start);
        break;
      }
      case 'progressRequest': {
        const start = writer.open(26);
        WatchProgressRequest.encode(message.requestUnion.value, writer);
        writer.close(start);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): WatchRequest {
    return WatchRequest.merge(WatchRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: WatchRequest, reader: Reader): WatchRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.requestUnion = { case: 'createRequest', value: WatchCreateRequest.merge(WatchCreateRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.requestUnion = { case: 'cancelRequest', value: WatchCancelRequest.merge(WatchCancelRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.requestUnion = { case: 'progressRequest', value: WatchProgressRequest.merge(WatchProgressRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'WatchRequest', WatchRequestFields);
      }
    }
    return message;
  },
};

/** Begins a watch. */
export interface WatchCreateRequest {
  /** The key, or the first key of the range; empty counts as one zero byte. */
  key: Uint8Array;
  /**
   * End of the range, exclusive; empty for the key alone, one zero byte for all keys from `key` on.
   */
  rangeEnd: Uint8Array;
  /** First revision to tell of; 0 for the next one. */
  startRevision: number;
  /**
   * Send an empty response now and then while nothing happens, so that the client knows how far it
   * is.
   */
  progressNotify: boolean;
  /** Events to leave out. One of `WatchCreateRequest_FilterType`, or a value unknown to it. */
  filters: number[];
  /** Send the pair before each change too. */
  prevKv: boolean;
  /** Id that the client chooses, unique on the stream; 0 lets the server choose. */
  watchId: bigint;
  /** Allow the events of a revision to be spread over several responses. */
  fragment: boolean;
}

const WatchCreateRequestFields: FieldNames = {
  1: 'Key',
  2: 'RangeEnd',
  3: 'StartRevision',
  4: 'ProgressNotify',
  5: 'Filters',
  6: 'PrevKv',
  7: 'WatchId',
  8: 'Fragment',
};

export const WatchCreateRequest: MessageType<WatchCreateRequest> = {
  name: 'etcdserverpb.WatchCreateRequest',

  create(fields?: Partial<WatchCreateRequest>): WatchCreateRequest {
    return {
      key: fields?.key ?? EMPTY_BYTES,
      rangeEnd: fields?.rangeEnd ?? EMPTY_BYTES,
      startRevision: fields?.startRevision ?? 0,
      progressNotify: fields?.progressNotify ?? false,
      filters: fields?.filters ?? [],
      prevKv: fields?.prevKv ?? false,
      watchId: fields?.watchId ?? 0n,
      fragment: fields?.fragment ?? false,
    };
  },

  encode(message: WatchCreateRequest, writer: Writer): void {
    if (message.key.length !== 0) writer.bytes(10, message.key);
    if (message.rangeEnd.length !== 0) writer.bytes(18, message.rangeEnd);
    if (message.startRevision !== 0) writer.int64Number(24, message.startRevision);
    if (message.progressNotify) writer.bool(32, message.progressNotify);
    if (message.filters.length !== 0) {
      const start = writer.open(42, message.filters.length * 10);
      for (const value of message.filters) writer.int32Value(value);
      writer.close(start);
    }
    if (message.prevKv) writer.bool(48, message.prevKv);
    if (message.watchId !== 0n) writer.int64(56, message.watchId);
    if (message.fragment) writer.bool(64, message.fragment);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): WatchCreateRequest {
    return WatchCreateRequest.merge(WatchCreateRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: WatchCreateRequest, reader: Reader): WatchCreateRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.view();
          break;
        case 18:
          message.rangeEnd = reader.view();
          break;
        case 24:
          message.startRevision = reader.int64Number();
          break;
        case 32:
          message.progressNotify = reader.bool();
          break;
        case 40:
          message.filters.push(reader.int32());
          break;
        case 42: {
          const stop = reader.length();
          while (reader.pos < stop) message.filters.push(reader.int32());
          break;
        }
        case 48:
          message.prevKv = reader.bool();
          break;
        case 56:
          message.watchId = reader.int64();
          break;
        case 64:
          message.fragment = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'WatchCreateRequest', WatchCreateRequestFields);
      }
    }
    return message;
  },
};

/** Ends a watch. */
export interface WatchCancelRequest {
  /** The watch. */
  watchId: bigint;
}

const WatchCancelRequestFields: FieldNames = { 1: 'WatchId' };

export const WatchCancelRequest: MessageType<WatchCancelRequest> = {
  name: 'etcdserverpb.WatchCancelRequest',

  create(fields?: Partial<WatchCancelRequest>): WatchCancelRequest {
    return {
      watchId: fields?.watchId ?? 0n,
    };
  },

  encode(message: WatchCancelRequest, writer: Writer): void {
    if (message.watchId !== 0n) writer.int64(8, message.watchId);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): WatchCancelRequest {
    return WatchCancelRequest.merge(WatchCancelRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: WatchCancelRequest, reader: Reader): WatchCancelRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.watchId = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'WatchCancelRequest', WatchCancelRequestFields);
      }
    }
    return message;
  },
};

/** Asks how far all watches of the stream are. */
export interface WatchProgressRequest {
}

const WatchProgressRequestFields: FieldNames = {};

export const WatchProgressRequest: MessageType<WatchProgressRequest> = {
  name: 'etcdserverpb.WatchProgressRequest',

  create(): WatchProgressRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): WatchProgressRequest {
    return WatchProgressRequest.merge(WatchProgressRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: WatchProgressRequest, reader: Reader): WatchProgressRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'WatchProgressRequest', WatchProgressRequestFields);
    }
    return message;
  },
};

/** Events of a watch, or news about the watch itself. */
export interface WatchResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The watch, or -1 for the stream as a whole. */
  watchId: bigint;
  /** The watch has begun. */
  created: boolean;
  /** The watch has ended; nothing follows. */
  canceled: boolean;
  /**
   * Set when the watch ended because its history is gone: the oldest revision that can be watched.
   */
  compactRevision: number;
  /** Why the watch ended. */
  cancelReason: string;
  /** More events of the same revision follow in the next response. */
  fragment: boolean;
  /** The events, by revision and within it by the order of writing. */
  events: Event[];
}

const WatchResponseFields: FieldNames = {
  1: 'Header',
  2: 'WatchId',
  3: 'Created',
  4: 'Canceled',
  5: 'CompactRevision',
  6: 'CancelReason',
  7: 'Fragment',
  11: 'Events',
};

export const WatchResponse: MessageType<WatchResponse> = {
  name: 'etcdserverpb.WatchResponse',

  create(fields?: Partial<WatchResponse>): WatchResponse {
    return {
      header: fields?.header,
      watchId: fields?.watchId ?? 0n,
      created: fields?.created ?? false,
      canceled: fields?.canceled ?? false,
      compactRevision: fields?.compactRevision ?? 0,
      cancelReason: fields?.cancelReason ?? '',
      fragment: fields?.fragment ?? false,
      events: fields?.events ?? [],
    };
  },

  encode(message: WatchResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.watchId !== 0n) writer.int64(16, message.watchId);
    if (message.created) writer.bool(24, message.created);
    if (message.canceled) writer.bool(32, message.canceled);
    if (message.compactRevision !== 0) writer.int64Number(40, message.compactRevision);
    if (message.cancelReason !== '') writer.string(50, message.cancelReason);
    if (message.fragment) writer.bool(56, message.fragment);
    for (const value of message.events) {
      const start = writer.open(90);
      Event.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): WatchResponse {
    return WatchResponse.merge(WatchResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: WatchResponse, reader: Reader): WatchResponse {
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
        case 16:
          message.watchId = reader.int64();
          break;
        case 24:
          message.created = reader.bool();
          break;
        case 32:
          message.canceled = reader.bool();
          break;
        case 40:
          message.compactRevision = reader.int64Number();
          break;
        case 50:
          message.cancelReason = reader.string();
          break;
        case 56:
          message.fragment = reader.bool();
          break;
        case 90: {
          const outerEnd = reader.enter();
          message.events.push(Event.merge(Event.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'WatchResponse', WatchResponseFields);
      }
    }
    return message;
  },
};

/** Makes a lease. */
export interface LeaseGrantRequest {
  /** How long the lease lives without renewal, in seconds. */
  TTL: number;
  /** Id to use; 0 lets the server choose. */
  ID: bigint;
}

const LeaseGrantRequestFields: FieldNames = { 1: 'TTL', 2: 'ID' };

export const LeaseGrantRequest: MessageType<LeaseGrantRequest> = {
  name: 'etcdserverpb.LeaseGrantRequest',

  create(fields?: Partial<LeaseGrantRequest>): LeaseGrantRequest {
    return {
      TTL: fields?.TTL ?? 0,
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: LeaseGrantRequest, writer: Writer): void {
    if (message.TTL !== 0) writer.int64Number(8, message.TTL);
    if (message.ID !== 0n) writer.int64(16, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseGrantRequest {
    return LeaseGrantRequest.merge(LeaseGrantRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseGrantRequest, reader: Reader): LeaseGrantRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.TTL = reader.int64Number();
          break;
        case 16:
          message.ID = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseGrantRequest', LeaseGrantRequestFields);
      }
    }
    return message;
  },
};

/** The lease lives. */
export interface LeaseGrantResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Its id. */
  ID: bigint;
  /** The time granted in seconds, at least the cluster's minimum. */
  TTL: number;
  /** Never set: errors travel as gRPC statuses. */
  error: string;
}

const LeaseGrantResponseFields: FieldNames = { 1: 'Header', 2: 'ID', 3: 'TTL', 4: 'Error' };

export const LeaseGrantResponse: MessageType<LeaseGrantResponse> = {
  name: 'etcdserverpb.LeaseGrantResponse',

  create(fields?: Partial<LeaseGrantResponse>): LeaseGrantResponse {
    return {
      header: fields?.header,
      ID: fields?.ID ?? 0n,
      TTL: fields?.TTL ?? 0,
      error: fields?.error ?? '',
    };
  },

  encode(message: LeaseGrantResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.ID !== 0n) writer.int64(16, message.ID);
    if (message.TTL !== 0) writer.int64Number(24, message.TTL);
    if (message.error !== '') writer.string(34, message.error);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseGrantResponse {
    return LeaseGrantResponse.merge(LeaseGrantResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseGrantResponse, reader: Reader): LeaseGrantResponse {
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
        case 16:
          message.ID = reader.int64();
          break;
        case 24:
          message.TTL = reader.int64Number();
          break;
        case 34:
          message.error = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseGrantResponse', LeaseGrantResponseFields);
      }
    }
    return message;
  },
};

/** Ends a lease. */
export interface LeaseRevokeRequest {
  /** The lease. */
  ID: bigint;
}

const LeaseRevokeRequestFields: FieldNames = { 1: 'ID' };

export const LeaseRevokeRequest: MessageType<LeaseRevokeRequest> = {
  name: 'etcdserverpb.LeaseRevokeRequest',

  create(fields?: Partial<LeaseRevokeRequest>): LeaseRevokeRequest {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: LeaseRevokeRequest, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseRevokeRequest {
    return LeaseRevokeRequest.merge(LeaseRevokeRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseRevokeRequest, reader: Reader): LeaseRevokeRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseRevokeRequest', LeaseRevokeRequestFields);
      }
    }
    return message;
  },
};

/** The lease has ended and its keys are deleted. */
export interface LeaseRevokeResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const LeaseRevokeResponseFields: FieldNames = { 1: 'Header' };

export const LeaseRevokeResponse: MessageType<LeaseRevokeResponse> = {
  name: 'etcdserverpb.LeaseRevokeResponse',

  create(fields?: Partial<LeaseRevokeResponse>): LeaseRevokeResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: LeaseRevokeResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseRevokeResponse {
    return LeaseRevokeResponse.merge(LeaseRevokeResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseRevokeResponse, reader: Reader): LeaseRevokeResponse {
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
          reader.unexpected(at, tag, 'LeaseRevokeResponse', LeaseRevokeResponseFields);
      }
    }
    return message;
  },
};

/** What is left of a lease, for the replicated log. */
export interface LeaseCheckpoint {
  /** The lease. */
  ID: bigint;
  /** What is left of it, in seconds. */
  remainingTTL: number;
}

const LeaseCheckpointFields: FieldNames = { 1: 'ID', 2: 'Remaining_TTL' };

export const LeaseCheckpoint: MessageType<LeaseCheckpoint> = {
  name: 'etcdserverpb.LeaseCheckpoint',

  create(fields?: Partial<LeaseCheckpoint>): LeaseCheckpoint {
    return {
      ID: fields?.ID ?? 0n,
      remainingTTL: fields?.remainingTTL ?? 0,
    };
  },

  encode(message: LeaseCheckpoint, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    if (message.remainingTTL !== 0) writer.int64Number(16, message.remainingTTL);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseCheckpoint {
    return LeaseCheckpoint.merge(LeaseCheckpoint.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseCheckpoint, reader: Reader): LeaseCheckpoint {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        case 16:
          message.remainingTTL = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseCheckpoint', LeaseCheckpointFields);
      }
    }
    return message;
  },
};

/** What is left of several leases, for the replicated log. */
export interface LeaseCheckpointRequest {
  /** The leases. */
  checkpoints: LeaseCheckpoint[];
}

const LeaseCheckpointRequestFields: FieldNames = { 1: 'Checkpoints' };

export const LeaseCheckpointRequest: MessageType<LeaseCheckpointRequest> = {
  name: 'etcdserverpb.LeaseCheckpointRequest',

  create(fields?: Partial<LeaseCheckpointRequest>): LeaseCheckpointRequest {
    return {
      checkpoints: fields?.checkpoints ?? [],
    };
  },

  encode(message: LeaseCheckpointRequest, writer: Writer): void {
    for (const value of message.checkpoints) {
      const start = writer.open(10);
      LeaseCheckpoint.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseCheckpointRequest {
    return LeaseCheckpointRequest.merge(LeaseCheckpointRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseCheckpointRequest, reader: Reader): LeaseCheckpointRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.checkpoints.push(LeaseCheckpoint.merge(LeaseCheckpoint.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'LeaseCheckpointRequest', LeaseCheckpointRequestFields);
      }
    }
    return message;
  },
};

/** The checkpoints are kept. */
export interface LeaseCheckpointResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const LeaseCheckpointResponseFields: FieldNames = { 1: 'Header' };

export const LeaseCheckpointResponse: MessageType<LeaseCheckpointResponse> = {
  name: 'etcdserverpb.LeaseCheckpointResponse',

  create(fields?: Partial<LeaseCheckpointResponse>): LeaseCheckpointResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: LeaseCheckpointResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseCheckpointResponse {
    return LeaseCheckpointResponse.merge(LeaseCheckpointResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseCheckpointResponse, reader: Reader): LeaseCheckpointResponse {
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
          reader.unexpected(at, tag, 'LeaseCheckpointResponse', LeaseCheckpointResponseFields);
      }
    }
    return message;
  },
};

/** Renews a lease. */
export interface LeaseKeepAliveRequest {
  /** The lease. */
  ID: bigint;
}

const LeaseKeepAliveRequestFields: FieldNames = { 1: 'ID' };

export const LeaseKeepAliveRequest: MessageType<LeaseKeepAliveRequest> = {
  name: 'etcdserverpb.LeaseKeepAliveRequest',

  create(fields?: Partial<LeaseKeepAliveRequest>): LeaseKeepAliveRequest {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: LeaseKeepAliveRequest, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseKeepAliveRequest {
    return LeaseKeepAliveRequest.merge(LeaseKeepAliveRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseKeepAliveRequest, reader: Reader): LeaseKeepAliveRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseKeepAliveRequest', LeaseKeepAliveRequestFields);
      }
    }
    return message;
  },
};

/** The lease is renewed. */
export interface LeaseKeepAliveResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The lease. */
  ID: bigint;
  /** Its time to live from now, in seconds; 0 if there is no such lease. */
  TTL: number;
}

const LeaseKeepAliveResponseFields: FieldNames = { 1: 'Header', 2: 'ID', 3: 'TTL' };

export const LeaseKeepAliveResponse: MessageType<LeaseKeepAliveResponse> = {
  name: 'etcdserverpb.LeaseKeepAliveResponse',

  create(fields?: Partial<LeaseKeepAliveResponse>): LeaseKeepAliveResponse {
    return {
      header: fields?.header,
      ID: fields?.ID ?? 0n,
      TTL: fields?.TTL ?? 0,
    };
  },

  encode(message: LeaseKeepAliveResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.ID !== 0n) writer.int64(16, message.ID);
    if (message.TTL !== 0) writer.int64Number(24, message.TTL);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseKeepAliveResponse {
    return LeaseKeepAliveResponse.merge(LeaseKeepAliveResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseKeepAliveResponse, reader: Reader): LeaseKeepAliveResponse {
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
        case 16:
          message.ID = reader.int64();
          break;
        case 24:
          message.TTL = reader.int64Number();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseKeepAliveResponse', LeaseKeepAliveResponseFields);
      }
    }
    return message;
  },
};

/** Asks about a lease. */
export interface LeaseTimeToLiveRequest {
  /** The lease. */
  ID: bigint;
  /** Answer its keys too. */
  keys: boolean;
}

const LeaseTimeToLiveRequestFields: FieldNames = { 1: 'ID', 2: 'Keys' };

export const LeaseTimeToLiveRequest: MessageType<LeaseTimeToLiveRequest> = {
  name: 'etcdserverpb.LeaseTimeToLiveRequest',

  create(fields?: Partial<LeaseTimeToLiveRequest>): LeaseTimeToLiveRequest {
    return {
      ID: fields?.ID ?? 0n,
      keys: fields?.keys ?? false,
    };
  },

  encode(message: LeaseTimeToLiveRequest, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    if (message.keys) writer.bool(16, message.keys);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseTimeToLiveRequest {
    return LeaseTimeToLiveRequest.merge(LeaseTimeToLiveRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseTimeToLiveRequest, reader: Reader): LeaseTimeToLiveRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        case 16:
          message.keys = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseTimeToLiveRequest', LeaseTimeToLiveRequestFields);
      }
    }
    return message;
  },
};

/** What is known of a lease. */
export interface LeaseTimeToLiveResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The lease. */
  ID: bigint;
  /** What is left of it in seconds; -1 if there is no such lease. */
  TTL: number;
  /** The time it was granted and is renewed to, in seconds. */
  grantedTTL: number;
  /** Its keys, where they were asked for. */
  keys: Uint8Array[];
}

const LeaseTimeToLiveResponseFields: FieldNames = {
  1: 'Header',
  2: 'ID',
  3: 'TTL',
  4: 'GrantedTTL',
  5: 'Keys',
};

export const LeaseTimeToLiveResponse: MessageType<LeaseTimeToLiveResponse> = {
  name: 'etcdserverpb.LeaseTimeToLiveResponse',

  create(fields?: Partial<LeaseTimeToLiveResponse>): LeaseTimeToLiveResponse {
    return {
      header: fields?.header,
      ID: fields?.ID ?? 0n,
      TTL: fields?.TTL ?? 0,
      grantedTTL: fields?.grantedTTL ?? 0,
      keys: fields?.keys ?? [],
    };
  },

  encode(message: LeaseTimeToLiveResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.ID !== 0n) writer.int64(16, message.ID);
    if (message.TTL !== 0) writer.int64Number(24, message.TTL);
    if (message.grantedTTL !== 0) writer.int64Number(32, message.grantedTTL);
    for (const value of message.keys) {
      writer.bytes(42, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseTimeToLiveResponse {
    return LeaseTimeToLiveResponse.merge(LeaseTimeToLiveResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseTimeToLiveResponse, reader: Reader): LeaseTimeToLiveResponse {
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
        case 16:
          message.ID = reader.int64();
          break;
        case 24:
          message.TTL = reader.int64Number();
          break;
        case 32:
          message.grantedTTL = reader.int64Number();
          break;
        case 42:
          message.keys.push(reader.view());
          break;
        default:
          reader.unexpected(at, tag, 'LeaseTimeToLiveResponse', LeaseTimeToLiveResponseFields);
      }
    }
    return message;
  },
};

/** Asks for all leases. */
export interface LeaseLeasesRequest {
}

const LeaseLeasesRequestFields: FieldNames = {};

export const LeaseLeasesRequest: MessageType<LeaseLeasesRequest> = {
  name: 'etcdserverpb.LeaseLeasesRequest',

  create(): LeaseLeasesRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseLeasesRequest {
    return LeaseLeasesRequest.merge(LeaseLeasesRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseLeasesRequest, reader: Reader): LeaseLeasesRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'LeaseLeasesRequest', LeaseLeasesRequestFields);
    }
    return message;
  },
};

/** A lease. */
export interface LeaseStatus {
  /** Its id. */
  ID: bigint;
}

const LeaseStatusFields: FieldNames = { 1: 'ID' };

export const LeaseStatus: MessageType<LeaseStatus> = {
  name: 'etcdserverpb.LeaseStatus',

  create(fields?: Partial<LeaseStatus>): LeaseStatus {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: LeaseStatus, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseStatus {
    return LeaseStatus.merge(LeaseStatus.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseStatus, reader: Reader): LeaseStatus {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseStatus', LeaseStatusFields);
      }
    }
    return message;
  },
};

/** All leases. */
export interface LeaseLeasesResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The leases, by what is left of them. */
  leases: LeaseStatus[];
}

const LeaseLeasesResponseFields: FieldNames = { 1: 'Header', 2: 'Leases' };

export const LeaseLeasesResponse: MessageType<LeaseLeasesResponse> = {
  name: 'etcdserverpb.LeaseLeasesResponse',

  create(fields?: Partial<LeaseLeasesResponse>): LeaseLeasesResponse {
    return {
      header: fields?.header,
      leases: fields?.leases ?? [],
    };
  },

  encode(message: LeaseLeasesResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.leases) {
      const start = writer.open(18);
      LeaseStatus.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseLeasesResponse {
    return LeaseLeasesResponse.merge(LeaseLeasesResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseLeasesResponse, reader: Reader): LeaseLeasesResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.leases.push(LeaseStatus.merge(LeaseStatus.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'LeaseLeasesResponse', LeaseLeasesResponseFields);
      }
    }
    return message;
  },
};

/** A member of the cluster. */
export interface Member {
  /** Its id. */
  ID: bigint;
  /** Its name; empty until it has started. */
  name: string;
  /** Where the other members reach it. */
  peerURLs: string[];
  /** Where clients reach it; empty until it has started. */
  clientURLs: string[];
  /** It follows the log without a vote. */
  isLearner: boolean;
}

const MemberFields: FieldNames = {
  1: 'ID',
  2: 'Name',
  3: 'PeerURLs',
  4: 'ClientURLs',
  5: 'IsLearner',
};

export const Member: MessageType<Member> = {
  name: 'etcdserverpb.Member',

  create(fields?: Partial<Member>): Member {
    return {
      ID: fields?.ID ?? 0n,
      name: fields?.name ?? '',
      peerURLs: fields?.peerURLs ?? [],
      clientURLs: fields?.clientURLs ?? [],
      isLearner: fields?.isLearner ?? false,
    };
  },

  encode(message: Member, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    if (message.name !== '') writer.string(18, message.name);
    for (const value of message.peerURLs) {
      writer.string(26, value);
    }
    for (const value of message.clientURLs) {
      writer.string(34, value);
    }
    if (message.isLearner) writer.bool(40, message.isLearner);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Member {
    return Member.merge(Member.create(), new Reader(bytes, start, end));
  },

  merge(message: Member, reader: Reader): Member {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.uint64();
          break;
        case 18:
          message.name = reader.string();
          break;
        case 26:
          message.peerURLs.push(reader.string());
          break;
        case 34:
          message.clientURLs.push(reader.string());
          break;
        case 40:
          message.isLearner = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'Member', MemberFields);
      }
    }
    return message;
  },
};

/** Adds a member. */
export interface MemberAddRequest {
  /** Where the other members will reach it. */
  peerURLs: string[];
  /** Add it without a vote. */
  isLearner: boolean;
}

const MemberAddRequestFields: FieldNames = { 1: 'PeerURLs', 2: 'IsLearner' };

export const MemberAddRequest: MessageType<MemberAddRequest> = {
  name: 'etcdserverpb.MemberAddRequest',

  create(fields?: Partial<MemberAddRequest>): MemberAddRequest {
    return {
      peerURLs: fields?.peerURLs ?? [],
      isLearner: fields?.isLearner ?? false,
    };
  },

  encode(message: MemberAddRequest, writer: Writer): void {
    for (const value of message.peerURLs) {
      writer.string(10, value);
    }
    if (message.isLearner) writer.bool(16, message.isLearner);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberAddRequest {
    return MemberAddRequest.merge(MemberAddRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberAddRequest, reader: Reader): MemberAddRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.peerURLs.push(reader.string());
          break;
        case 16:
          message.isLearner = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'MemberAddRequest', MemberAddRequestFields);
      }
    }
    return message;
  },
};

/** The member is added. */
export interface MemberAddResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The new member. */
  member: Member | undefined;
  /** All members, the new one included. */
  members: Member[];
}

const MemberAddResponseFields: FieldNames = { 1: 'Header', 2: 'Member', 3: 'Members' };

export const MemberAddResponse: MessageType<MemberAddResponse> = {
  name: 'etcdserverpb.MemberAddResponse',

  create(fields?: Partial<MemberAddResponse>): MemberAddResponse {
    return {
      header: fields?.header,
      member: fields?.member,
      members: fields?.members ?? [],
    };
  },

  encode(message: MemberAddResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.member !== undefined) {
      const start = writer.open(18);
      Member.encode(message.member, writer);
      writer.close(start);
    }
    for (const value of message.members) {
      const start = writer.open(26);
      Member.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberAddResponse {
    return MemberAddResponse.merge(MemberAddResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberAddResponse, reader: Reader): MemberAddResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.member = Member.merge(message.member ?? Member.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.members.push(Member.merge(Member.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'MemberAddResponse', MemberAddResponseFields);
      }
    }
    return message;
  },
};

/** Removes a member. */
export interface MemberRemoveRequest {
  /** The member. */
  ID: bigint;
}

const MemberRemoveRequestFields: FieldNames = { 1: 'ID' };

export const MemberRemoveRequest: MessageType<MemberRemoveRequest> = {
  name: 'etcdserverpb.MemberRemoveRequest',

  create(fields?: Partial<MemberRemoveRequest>): MemberRemoveRequest {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: MemberRemoveRequest, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberRemoveRequest {
    return MemberRemoveRequest.merge(MemberRemoveRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberRemoveRequest, reader: Reader): MemberRemoveRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.uint64();
          break;
        default:
          reader.unexpected(at, tag, 'MemberRemoveRequest', MemberRemoveRequestFields);
      }
    }
    return message;
  },
};

/** The member is removed. */
export interface MemberRemoveResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The members left. */
  members: Member[];
}

const MemberRemoveResponseFields: FieldNames = { 1: 'Header', 2: 'Members' };

export const MemberRemoveResponse: MessageType<MemberRemoveResponse> = {
  name: 'etcdserverpb.MemberRemoveResponse',

  create(fields?: Partial<MemberRemoveResponse>): MemberRemoveResponse {
    return {
      header: fields?.header,
      members: fields?.members ?? [],
    };
  },

  encode(message: MemberRemoveResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.members) {
      const start = writer.open(18);
      Member.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberRemoveResponse {
    return MemberRemoveResponse.merge(MemberRemoveResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberRemoveResponse, reader: Reader): MemberRemoveResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.members.push(Member.merge(Member.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'MemberRemoveResponse', MemberRemoveResponseFields);
      }
    }
    return message;
  },
};

/** Changes a member's addresses. */
export interface MemberUpdateRequest {
  /** The member. */
  ID: bigint;
  /** Where the other members will reach it. */
  peerURLs: string[];
}

const MemberUpdateRequestFields: FieldNames = { 1: 'ID', 2: 'PeerURLs' };

export const MemberUpdateRequest: MessageType<MemberUpdateRequest> = {
  name: 'etcdserverpb.MemberUpdateRequest',

  create(fields?: Partial<MemberUpdateRequest>): MemberUpdateRequest {
    return {
      ID: fields?.ID ?? 0n,
      peerURLs: fields?.peerURLs ?? [],
    };
  },

  encode(message: MemberUpdateRequest, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    for (const value of message.peerURLs) {
      writer.string(18, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberUpdateRequest {
    return MemberUpdateRequest.merge(MemberUpdateRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberUpdateRequest, reader: Reader): MemberUpdateRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.uint64();
          break;
        case 18:
          message.peerURLs.push(reader.string());
          break;
        default:
          reader.unexpected(at, tag, 'MemberUpdateRequest', MemberUpdateRequestFields);
      }
    }
    return message;
  },
};

/** The member's addresses are changed. */
export interface MemberUpdateResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** All members. */
  members: Member[];
}

const MemberUpdateResponseFields: FieldNames = { 1: 'Header', 2: 'Members' };

export const MemberUpdateResponse: MessageType<MemberUpdateResponse> = {
  name: 'etcdserverpb.MemberUpdateResponse',

  create(fields?: Partial<MemberUpdateResponse>): MemberUpdateResponse {
    return {
      header: fields?.header,
      members: fields?.members ?? [],
    };
  },

  encode(message: MemberUpdateResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.members) {
      const start = writer.open(18);
      Member.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberUpdateResponse {
    return MemberUpdateResponse.merge(MemberUpdateResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberUpdateResponse, reader: Reader): MemberUpdateResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.members.push(Member.merge(Member.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'MemberUpdateResponse', MemberUpdateResponseFields);
      }
    }
    return message;
  },
};

/** Asks for the members. */
export interface MemberListRequest {
  /** Ask the leader first, so that the answer is not behind. */
  linearizable: boolean;
}

const MemberListRequestFields: FieldNames = { 1: 'Linearizable' };

export const MemberListRequest: MessageType<MemberListRequest> = {
  name: 'etcdserverpb.MemberListRequest',

  create(fields?: Partial<MemberListRequest>): MemberListRequest {
    return {
      linearizable: fields?.linearizable ?? false,
    };
  },

  encode(message: MemberListRequest, writer: Writer): void {
    if (message.linearizable) writer.bool(8, message.linearizable);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberListRequest {
    return MemberListRequest.merge(MemberListRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberListRequest, reader: Reader): MemberListRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.linearizable = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'MemberListRequest', MemberListRequestFields);
      }
    }
    return message;
  },
};

/** The members. */
export interface MemberListResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** All members. */
  members: Member[];
}

const MemberListResponseFields: FieldNames = { 1: 'Header', 2: 'Members' };

export const MemberListResponse: MessageType<MemberListResponse> = {
  name: 'etcdserverpb.MemberListResponse',

  create(fields?: Partial<MemberListResponse>): MemberListResponse {
    return {
      header: fields?.header,
      members: fields?.members ?? [],
    };
  },

  encode(message: MemberListResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.members) {
      const start = writer.open(18);
      Member.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberListResponse {
    return MemberListResponse.merge(MemberListResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberListResponse, reader: Reader): MemberListResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.members.push(Member.merge(Member.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'MemberListResponse', MemberListResponseFields);
      }
    }
    return message;
  },
};

/** Gives a learner a vote. */
export interface MemberPromoteRequest {
  /** The learner. */
  ID: bigint;
}

const MemberPromoteRequestFields: FieldNames = { 1: 'ID' };

export const MemberPromoteRequest: MessageType<MemberPromoteRequest> = {
  name: 'etcdserverpb.MemberPromoteRequest',

  create(fields?: Partial<MemberPromoteRequest>): MemberPromoteRequest {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: MemberPromoteRequest, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberPromoteRequest {
    return MemberPromoteRequest.merge(MemberPromoteRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberPromoteRequest, reader: Reader): MemberPromoteRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.uint64();
          break;
        default:
          reader.unexpected(at, tag, 'MemberPromoteRequest', MemberPromoteRequestFields);
      }
    }
    return message;
  },
};

/** The learner is a voter now. */
export interface MemberPromoteResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** All members. */
  members: Member[];
}

const MemberPromoteResponseFields: FieldNames = { 1: 'Header', 2: 'Members' };

export const MemberPromoteResponse: MessageType<MemberPromoteResponse> = {
  name: 'etcdserverpb.MemberPromoteResponse',

  create(fields?: Partial<MemberPromoteResponse>): MemberPromoteResponse {
    return {
      header: fields?.header,
      members: fields?.members ?? [],
    };
  },

  encode(message: MemberPromoteResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.members) {
      const start = writer.open(18);
      Member.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MemberPromoteResponse {
    return MemberPromoteResponse.merge(MemberPromoteResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: MemberPromoteResponse, reader: Reader): MemberPromoteResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.members.push(Member.merge(Member.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'MemberPromoteResponse', MemberPromoteResponseFields);
      }
    }
    return message;
  },
};

/** Asks for defragmentation. */
export interface DefragmentRequest {
}

const DefragmentRequestFields: FieldNames = {};

export const DefragmentRequest: MessageType<DefragmentRequest> = {
  name: 'etcdserverpb.DefragmentRequest',

  create(): DefragmentRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DefragmentRequest {
    return DefragmentRequest.merge(DefragmentRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: DefragmentRequest, reader: Reader): DefragmentRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'DefragmentRequest', DefragmentRequestFields);
    }
    return message;
  },
};

/** The database file is defragmented. */
export interface DefragmentResponse {
  /** Never set. */
  header: ResponseHeader | undefined;
}

const DefragmentResponseFields: FieldNames = { 1: 'Header' };

export const DefragmentResponse: MessageType<DefragmentResponse> = {
  name: 'etcdserverpb.DefragmentResponse',

  create(fields?: Partial<DefragmentResponse>): DefragmentResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: DefragmentResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DefragmentResponse {
    return DefragmentResponse.merge(DefragmentResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: DefragmentResponse, reader: Reader): DefragmentResponse {
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
          reader.unexpected(at, tag, 'DefragmentResponse', DefragmentResponseFields);
      }
    }
    return message;
  },
};

/** Hands leadership over. */
export interface MoveLeaderRequest {
  /** The member that is to lead. */
  targetID: bigint;
}

const MoveLeaderRequestFields: FieldNames = { 1: 'TargetID' };

export const MoveLeaderRequest: MessageType<MoveLeaderRequest> = {
  name: 'etcdserverpb.MoveLeaderRequest',

  create(fields?: Partial<MoveLeaderRequest>): MoveLeaderRequest {
    return {
      targetID: fields?.targetID ?? 0n,
    };
  },

  encode(message: MoveLeaderRequest, writer: Writer): void {
    if (message.targetID !== 0n) writer.int64(8, message.targetID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MoveLeaderRequest {
    return MoveLeaderRequest.merge(MoveLeaderRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MoveLeaderRequest, reader: Reader): MoveLeaderRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.targetID = reader.uint64();
          break;
        default:
          reader.unexpected(at, tag, 'MoveLeaderRequest', MoveLeaderRequestFields);
      }
    }
    return message;
  },
};

/** The target leads. */
export interface MoveLeaderResponse {
  /** Never set. */
  header: ResponseHeader | undefined;
}

const MoveLeaderResponseFields: FieldNames = { 1: 'Header' };

export const MoveLeaderResponse: MessageType<MoveLeaderResponse> = {
  name: 'etcdserverpb.MoveLeaderResponse',

  create(fields?: Partial<MoveLeaderResponse>): MoveLeaderResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: MoveLeaderResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MoveLeaderResponse {
    return MoveLeaderResponse.merge(MoveLeaderResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: MoveLeaderResponse, reader: Reader): MoveLeaderResponse {
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
          reader.unexpected(at, tag, 'MoveLeaderResponse', MoveLeaderResponseFields);
      }
    }
    return message;
  },
};

/** Lists, raises or clears alarms. */
export interface AlarmRequest {
  /** What to do. One of `AlarmRequest_AlarmAction`, or a value unknown to it. */
  action: number;
  /** The member concerned; 0 for all. */
  memberID: bigint;
  /** The alarm concerned. One of `AlarmType`, or a value unknown to it. */
  alarm: number;
}

const AlarmRequestFields: FieldNames = { 1: 'Action', 2: 'MemberID', 3: 'Alarm' };

export const AlarmRequest: MessageType<AlarmRequest> = {
  name: 'etcdserverpb.AlarmRequest',

  create(fields?: Partial<AlarmRequest>): AlarmRequest {
    return {
      action: fields?.action ?? 0,
      memberID: fields?.memberID ?? 0n,
      alarm: fields?.alarm ?? 0,
    };
  },

  encode(message: AlarmRequest, writer: Writer): void {
    if (message.action !== 0) writer.int32(8, message.action);
    if (message.memberID !== 0n) writer.int64(16, message.memberID);
    if (message.alarm !== 0) writer.int32(24, message.alarm);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AlarmRequest {
    return AlarmRequest.merge(AlarmRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AlarmRequest, reader: Reader): AlarmRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.action = reader.int32();
          break;
        case 16:
          message.memberID = reader.uint64();
          break;
        case 24:
          message.alarm = reader.int32();
          break;
        default:
          reader.unexpected(at, tag, 'AlarmRequest', AlarmRequestFields);
      }
    }
    return message;
  },
};

/** An alarm of a member. */
export interface AlarmMember {
  /** The member. */
  memberID: bigint;
  /** The alarm. One of `AlarmType`, or a value unknown to it. */
  alarm: number;
}

const AlarmMemberFields: FieldNames = { 1: 'MemberID', 2: 'Alarm' };

export const AlarmMember: MessageType<AlarmMember> = {
  name: 'etcdserverpb.AlarmMember',

  create(fields?: Partial<AlarmMember>): AlarmMember {
    return {
      memberID: fields?.memberID ?? 0n,
      alarm: fields?.alarm ?? 0,
    };
  },

  encode(message: AlarmMember, writer: Writer): void {
    if (message.memberID !== 0n) writer.int64(8, message.memberID);
    if (message.alarm !== 0) writer.int32(16, message.alarm);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AlarmMember {
    return AlarmMember.merge(AlarmMember.create(), new Reader(bytes, start, end));
  },

  merge(message: AlarmMember, reader: Reader): AlarmMember {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.memberID = reader.uint64();
          break;
        case 16:
          message.alarm = reader.int32();
          break;
        default:
          reader.unexpected(at, tag, 'AlarmMember', AlarmMemberFields);
      }
    }
    return message;
  },
};

/** The alarms concerned. */
export interface AlarmResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The alarms. */
  alarms: AlarmMember[];
}

const AlarmResponseFields: FieldNames = { 1: 'Header', 2: 'Alarms' };

export const AlarmResponse: MessageType<AlarmResponse> = {
  name: 'etcdserverpb.AlarmResponse',

  create(fields?: Partial<AlarmResponse>): AlarmResponse {
    return {
      header: fields?.header,
      alarms: fields?.alarms ?? [],
    };
  },

  encode(message: AlarmResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.alarms) {
      const start = writer.open(18);
      AlarmMember.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AlarmResponse {
    return AlarmResponse.merge(AlarmResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AlarmResponse, reader: Reader): AlarmResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.alarms.push(AlarmMember.merge(AlarmMember.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'AlarmResponse', AlarmResponseFields);
      }
    }
    return message;
  },
};

/** Checks, begins or cancels a downgrade. */
export interface DowngradeRequest {
  /** What to do. One of `DowngradeRequest_DowngradeAction`, or a value unknown to it. */
  action: number;
  /** The version to go down to. */
  version: string;
}

const DowngradeRequestFields: FieldNames = { 1: 'Action', 2: 'Version' };

export const DowngradeRequest: MessageType<DowngradeRequest> = {
  name: 'etcdserverpb.DowngradeRequest',

  create(fields?: Partial<DowngradeRequest>): DowngradeRequest {
    return {
      action: fields?.action ?? 0,
      version: fields?.version ?? '',
    };
  },

  encode(message: DowngradeRequest, writer: Writer): void {
    if (message.action !== 0) writer.int32(8, message.action);
    if (message.version !== '') writer.string(18, message.version);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DowngradeRequest {
    return DowngradeRequest.merge(DowngradeRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: DowngradeRequest, reader: Reader): DowngradeRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.action = reader.int32();
          break;
        case 18:
          message.version = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'DowngradeRequest', DowngradeRequestFields);
      }
    }
    return message;
  },
};

/** The cluster's version during and after the call. */
export interface DowngradeResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The cluster's version. */
  version: string;
}

const DowngradeResponseFields: FieldNames = { 1: 'Header', 2: 'Version' };

export const DowngradeResponse: MessageType<DowngradeResponse> = {
  name: 'etcdserverpb.DowngradeResponse',

  create(fields?: Partial<DowngradeResponse>): DowngradeResponse {
    return {
      header: fields?.header,
      version: fields?.version ?? '',
    };
  },

  encode(message: DowngradeResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.version !== '') writer.string(18, message.version);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DowngradeResponse {
    return DowngradeResponse.merge(DowngradeResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: DowngradeResponse, reader: Reader): DowngradeResponse {
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
          message.version = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'DowngradeResponse', DowngradeResponseFields);
      }
    }
    return message;
  },
};

/** A payload that etcd's own tests put into the log. */
export interface DowngradeVersionTestRequest {
  /** A version. */
  ver: string;
}

const DowngradeVersionTestRequestFields: FieldNames = { 1: 'Ver' };

export const DowngradeVersionTestRequest: MessageType<DowngradeVersionTestRequest> = {
  name: 'etcdserverpb.DowngradeVersionTestRequest',

  create(fields?: Partial<DowngradeVersionTestRequest>): DowngradeVersionTestRequest {
    return {
      ver: fields?.ver ?? '',
    };
  },

  encode(message: DowngradeVersionTestRequest, writer: Writer): void {
    if (message.ver !== '') writer.string(10, message.ver);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DowngradeVersionTestRequest {
    return DowngradeVersionTestRequest.merge(DowngradeVersionTestRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: DowngradeVersionTestRequest, reader: Reader): DowngradeVersionTestRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.ver = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'DowngradeVersionTestRequest', DowngradeVersionTestRequestFields);
      }
    }
    return message;
  },
};

/** Asks how the member fares. */
export interface StatusRequest {
}

const StatusRequestFields: FieldNames = {};

export const StatusRequest: MessageType<StatusRequest> = {
  name: 'etcdserverpb.StatusRequest',

  create(): StatusRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): StatusRequest {
    return StatusRequest.merge(StatusRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: StatusRequest, reader: Reader): StatusRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'StatusRequest', StatusRequestFields);
    }
    return message;
  },
};

/** How the answering member fares. */
export interface StatusResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Its version. */
  version: string;
  /** Size of its database file, in bytes. */
  dbSize: number;
  /** The member that it takes for the leader; 0 for none. */
  leader: bigint;
  /** The last log index that it knows to be committed. */
  raftIndex: number;
  /** Its Raft term. */
  raftTerm: number;
  /** The last log index that it has applied. */
  raftAppliedIndex: number;
  /** What is wrong with it: alarms, or no leader. */
  errors: string[];
  /** Bytes of the database file that hold data. */
  dbSizeInUse: number;
  /** It is a learner. */
  isLearner: boolean;
  /** Version of the format that it stores. */
  storageVersion: string;
  /** Size that its database may reach, in bytes. */
  dbSizeQuota: number;
  /** A downgrade that is under way. */
  downgradeInfo: DowngradeInfo | undefined;
}

const StatusResponseFields: FieldNames = {
  1: 'Header',
  2: 'Version',
  3: 'DbSize',
  4: 'Leader',
  5: 'RaftIndex',
  6: 'RaftTerm',
  7: 'RaftAppliedIndex',
  8: 'Errors',
  9: 'DbSizeInUse',
  10: 'IsLearner',
  11: 'StorageVersion',
  12: 'DbSizeQuota',
  13: 'DowngradeInfo',
};

export const StatusResponse: MessageType<StatusResponse> = {
  name: 'etcdserverpb.StatusResponse',

  create(fields?: Partial<StatusResponse>): StatusResponse {
    return {
      header: fields?.header,
      version: fields?.version ?? '',
      dbSize: fields?.dbSize ?? 0,
      leader: fields?.leader ?? 0n,
      raftIndex: fields?.raftIndex ?? 0,
      raftTerm: fields?.raftTerm ?? 0,
      raftAppliedIndex: fields?.raftAppliedIndex ?? 0,
      errors: fields?.errors ?? [],
      dbSizeInUse: fields?.dbSizeInUse ?? 0,
      isLearner: fields?.isLearner ?? false,
      storageVersion: fields?.storageVersion ?? '',
      dbSizeQuota: fields?.dbSizeQuota ?? 0,
      downgradeInfo: fields?.downgradeInfo,
    };
  },

  encode(message: StatusResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.version !== '') writer.string(18, message.version);
    if (message.dbSize !== 0) writer.int64Number(24, message.dbSize);
    if (message.leader !== 0n) writer.int64(32, message.leader);
    if (message.raftIndex !== 0) writer.int64Number(40, message.raftIndex);
    if (message.raftTerm !== 0) writer.int64Number(48, message.raftTerm);
    if (message.raftAppliedIndex !== 0) writer.int64Number(56, message.raftAppliedIndex);
    for (const value of message.errors) {
      writer.string(66, value);
    }
    if (message.dbSizeInUse !== 0) writer.int64Number(72, message.dbSizeInUse);
    if (message.isLearner) writer.bool(80, message.isLearner);
    if (message.storageVersion !== '') writer.string(90, message.storageVersion);
    if (message.dbSizeQuota !== 0) writer.int64Number(96, message.dbSizeQuota);
    if (message.downgradeInfo !== undefined) {
      const start = writer.open(106);
      DowngradeInfo.encode(message.downgradeInfo, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): StatusResponse {
    return StatusResponse.merge(StatusResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: StatusResponse, reader: Reader): StatusResponse {
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
          message.version = reader.string();
          break;
        case 24:
          message.dbSize = reader.int64Number();
          break;
        case 32:
          message.leader = reader.uint64();
          break;
        case 40:
          message.raftIndex = reader.uint64Number();
          break;
        case 48:
          message.raftTerm = reader.uint64Number();
          break;
        case 56:
          message.raftAppliedIndex = reader.uint64Number();
          break;
        case 66:
          message.errors.push(reader.string());
          break;
        case 72:
          message.dbSizeInUse = reader.int64Number();
          break;
        case 80:
          message.isLearner = reader.bool();
          break;
        case 90:
          message.storageVersion = reader.string();
          break;
        case 96:
          message.dbSizeQuota = reader.int64Number();
          break;
        case 106: {
          const outerEnd = reader.enter();
          message.downgradeInfo = DowngradeInfo.merge(message.downgradeInfo ?? DowngradeInfo.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'StatusResponse', StatusResponseFields);
      }
    }
    return message;
  },
};

/** A downgrade of the cluster. */
export interface DowngradeInfo {
  /** It is under way. */
  enabled: boolean;
  /** The version to go down to. */
  targetVersion: string;
}

const DowngradeInfoFields: FieldNames = { 1: 'Enabled', 2: 'TargetVersion' };

export const DowngradeInfo: MessageType<DowngradeInfo> = {
  name: 'etcdserverpb.DowngradeInfo',

  create(fields?: Partial<DowngradeInfo>): DowngradeInfo {
    return {
      enabled: fields?.enabled ?? false,
      targetVersion: fields?.targetVersion ?? '',
    };
  },

  encode(message: DowngradeInfo, writer: Writer): void {
    if (message.enabled) writer.bool(8, message.enabled);
    if (message.targetVersion !== '') writer.string(18, message.targetVersion);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): DowngradeInfo {
    return DowngradeInfo.merge(DowngradeInfo.create(), new Reader(bytes, start, end));
  },

  merge(message: DowngradeInfo, reader: Reader): DowngradeInfo {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.enabled = reader.bool();
          break;
        case 18:
          message.targetVersion = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'DowngradeInfo', DowngradeInfoFields);
      }
    }
    return message;
  },
};

/** Turns authentication on. */
export interface AuthEnableRequest {
}

const AuthEnableRequestFields: FieldNames = {};

export const AuthEnableRequest: MessageType<AuthEnableRequest> = {
  name: 'etcdserverpb.AuthEnableRequest',

  create(): AuthEnableRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthEnableRequest {
    return AuthEnableRequest.merge(AuthEnableRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthEnableRequest, reader: Reader): AuthEnableRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'AuthEnableRequest', AuthEnableRequestFields);
    }
    return message;
  },
};

/** Turns authentication off. */
export interface AuthDisableRequest {
}

const AuthDisableRequestFields: FieldNames = {};

export const AuthDisableRequest: MessageType<AuthDisableRequest> = {
  name: 'etcdserverpb.AuthDisableRequest',

  create(): AuthDisableRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthDisableRequest {
    return AuthDisableRequest.merge(AuthDisableRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthDisableRequest, reader: Reader): AuthDisableRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'AuthDisableRequest', AuthDisableRequestFields);
    }
    return message;
  },
};

/** Asks whether authentication is on. */
export interface AuthStatusRequest {
}

const AuthStatusRequestFields: FieldNames = {};

export const AuthStatusRequest: MessageType<AuthStatusRequest> = {
  name: 'etcdserverpb.AuthStatusRequest',

  create(): AuthStatusRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthStatusRequest {
    return AuthStatusRequest.merge(AuthStatusRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthStatusRequest, reader: Reader): AuthStatusRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'AuthStatusRequest', AuthStatusRequestFields);
    }
    return message;
  },
};

/** Asks for a token. */
export interface AuthenticateRequest {
  /** The user. */
  name: string;
  /** The user's password. */
  password: string;
}

const AuthenticateRequestFields: FieldNames = { 1: 'Name', 2: 'Password' };

export const AuthenticateRequest: MessageType<AuthenticateRequest> = {
  name: 'etcdserverpb.AuthenticateRequest',

  create(fields?: Partial<AuthenticateRequest>): AuthenticateRequest {
    return {
      name: fields?.name ?? '',
      password: fields?.password ?? '',
    };
  },

  encode(message: AuthenticateRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.password !== '') writer.string(18, message.password);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthenticateRequest {
    return AuthenticateRequest.merge(AuthenticateRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthenticateRequest, reader: Reader): AuthenticateRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.password = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthenticateRequest', AuthenticateRequestFields);
      }
    }
    return message;
  },
};

/** Adds a user. */
export interface AuthUserAddRequest {
  /** The user's name. */
  name: string;
  /** The user's password; blanked before the request is replicated. */
  password: string;
  /** How the user is created. */
  options: UserAddOptions | undefined;
  /** The password's bcrypt hash in base64, set by the server before the request is replicated. */
  hashedPassword: string;
}

const AuthUserAddRequestFields: FieldNames = {
  1: 'Name',
  2: 'Password',
  3: 'Options',
  4: 'HashedPassword',
};

export const AuthUserAddRequest: MessageType<AuthUserAddRequest> = {
  name: 'etcdserverpb.AuthUserAddRequest',

  create(fields?: Partial<AuthUserAddRequest>): AuthUserAddRequest {
    return {
      name: fields?.name ?? '',
      password: fields?.password ?? '',
      options: fields?.options,
      hashedPassword: fields?.hashedPassword ?? '',
    };
  },

  encode(message: AuthUserAddRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.password !== '') writer.string(18, message.password);
    if (message.options !== undefined) {
      const start = writer.open(26);
      UserAddOptions.encode(message.options, writer);
      writer.close(start);
    }
    if (message.hashedPassword !== '') writer.string(34, message.hashedPassword);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserAddRequest {
    return AuthUserAddRequest.merge(AuthUserAddRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserAddRequest, reader: Reader): AuthUserAddRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.password = reader.string();
          break;
        case 26: {
          const outerEnd = reader.enter();
          message.options = UserAddOptions.merge(message.options ?? UserAddOptions.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 34:
          message.hashedPassword = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserAddRequest', AuthUserAddRequestFields);
      }
    }
    return message;
  },
};

/** Asks for a user's roles. */
export interface AuthUserGetRequest {
  /** The user. */
  name: string;
}

const AuthUserGetRequestFields: FieldNames = { 1: 'Name' };

export const AuthUserGetRequest: MessageType<AuthUserGetRequest> = {
  name: 'etcdserverpb.AuthUserGetRequest',

  create(fields?: Partial<AuthUserGetRequest>): AuthUserGetRequest {
    return {
      name: fields?.name ?? '',
    };
  },

  encode(message: AuthUserGetRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserGetRequest {
    return AuthUserGetRequest.merge(AuthUserGetRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserGetRequest, reader: Reader): AuthUserGetRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserGetRequest', AuthUserGetRequestFields);
      }
    }
    return message;
  },
};

/** Deletes a user. */
export interface AuthUserDeleteRequest {
  /** The user. */
  name: string;
}

const AuthUserDeleteRequestFields: FieldNames = { 1: 'Name' };

export const AuthUserDeleteRequest: MessageType<AuthUserDeleteRequest> = {
  name: 'etcdserverpb.AuthUserDeleteRequest',

  create(fields?: Partial<AuthUserDeleteRequest>): AuthUserDeleteRequest {
    return {
      name: fields?.name ?? '',
    };
  },

  encode(message: AuthUserDeleteRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserDeleteRequest {
    return AuthUserDeleteRequest.merge(AuthUserDeleteRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserDeleteRequest, reader: Reader): AuthUserDeleteRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserDeleteRequest', AuthUserDeleteRequestFields);
      }
    }
    return message;
  },
};

/** Changes a password. */
export interface AuthUserChangePasswordRequest {
  /** The user. */
  name: string;
  /** The new password; blanked before the request is replicated. */
  password: string;
  /** The password's bcrypt hash in base64, set by the server before the request is replicated. */
  hashedPassword: string;
}

const AuthUserChangePasswordRequestFields: FieldNames = {
  1: 'Name',
  2: 'Password',
  3: 'HashedPassword',
};

export const AuthUserChangePasswordRequest: MessageType<AuthUserChangePasswordRequest> = {
  name: 'etcdserverpb.AuthUserChangePasswordRequest',

  create(fields?: Partial<AuthUserChangePasswordRequest>): AuthUserChangePasswordRequest {
    return {
      name: fields?.name ?? '',
      password: fields?.password ?? '',
      hashedPassword: fields?.hashedPassword ?? '',
    };
  },

  encode(message: AuthUserChangePasswordRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.password !== '') writer.string(18, message.password);
    if (message.hashedPassword !== '') writer.string(26, message.hashedPassword);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserChangePasswordRequest {
    return AuthUserChangePasswordRequest.merge(AuthUserChangePasswordRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserChangePasswordRequest, reader: Reader): AuthUserChangePasswordRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.password = reader.string();
          break;
        case 26:
          message.hashedPassword = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserChangePasswordRequest', AuthUserChangePasswordRequestFields);
      }
    }
    return message;
  },
};

/** Grants a role. */
export interface AuthUserGrantRoleRequest {
  /** The user. */
  user: string;
  /** The role. */
  role: string;
}

const AuthUserGrantRoleRequestFields: FieldNames = { 1: 'User', 2: 'Role' };

export const AuthUserGrantRoleRequest: MessageType<AuthUserGrantRoleRequest> = {
  name: 'etcdserverpb.AuthUserGrantRoleRequest',

  create(fields?: Partial<AuthUserGrantRoleRequest>): AuthUserGrantRoleRequest {
    return {
      user: fields?.user ?? '',
      role: fields?.role ?? '',
    };
  },

  encode(message: AuthUserGrantRoleRequest, writer: Writer): void {
    if (message.user !== '') writer.string(10, message.user);
    if (message.role !== '') writer.string(18, message.role);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserGrantRoleRequest {
    return AuthUserGrantRoleRequest.merge(AuthUserGrantRoleRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserGrantRoleRequest, reader: Reader): AuthUserGrantRoleRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.user = reader.string();
          break;
        case 18:
          message.role = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserGrantRoleRequest', AuthUserGrantRoleRequestFields);
      }
    }
    return message;
  },
};

/** Takes a role away. */
export interface AuthUserRevokeRoleRequest {
  /** The user. */
  name: string;
  /** The role. */
  role: string;
}

const AuthUserRevokeRoleRequestFields: FieldNames = { 1: 'Name', 2: 'Role' };

export const AuthUserRevokeRoleRequest: MessageType<AuthUserRevokeRoleRequest> = {
  name: 'etcdserverpb.AuthUserRevokeRoleRequest',

  create(fields?: Partial<AuthUserRevokeRoleRequest>): AuthUserRevokeRoleRequest {
    return {
      name: fields?.name ?? '',
      role: fields?.role ?? '',
    };
  },

  encode(message: AuthUserRevokeRoleRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.role !== '') writer.string(18, message.role);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserRevokeRoleRequest {
    return AuthUserRevokeRoleRequest.merge(AuthUserRevokeRoleRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserRevokeRoleRequest, reader: Reader): AuthUserRevokeRoleRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.role = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserRevokeRoleRequest', AuthUserRevokeRoleRequestFields);
      }
    }
    return message;
  },
};

/** Adds a role. */
export interface AuthRoleAddRequest {
  /** The role's name. */
  name: string;
}

const AuthRoleAddRequestFields: FieldNames = { 1: 'Name' };

export const AuthRoleAddRequest: MessageType<AuthRoleAddRequest> = {
  name: 'etcdserverpb.AuthRoleAddRequest',

  create(fields?: Partial<AuthRoleAddRequest>): AuthRoleAddRequest {
    return {
      name: fields?.name ?? '',
    };
  },

  encode(message: AuthRoleAddRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleAddRequest {
    return AuthRoleAddRequest.merge(AuthRoleAddRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleAddRequest, reader: Reader): AuthRoleAddRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthRoleAddRequest', AuthRoleAddRequestFields);
      }
    }
    return message;
  },
};

/** Asks for a role's permissions. */
export interface AuthRoleGetRequest {
  /** The role. */
  role: string;
}

const AuthRoleGetRequestFields: FieldNames = { 1: 'Role' };

export const AuthRoleGetRequest: MessageType<AuthRoleGetRequest> = {
  name: 'etcdserverpb.AuthRoleGetRequest',

  create(fields?: Partial<AuthRoleGetRequest>): AuthRoleGetRequest {
    return {
      role: fields?.role ?? '',
    };
  },

  encode(message: AuthRoleGetRequest, writer: Writer): void {
    if (message.role !== '') writer.string(10, message.role);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleGetRequest {
    return AuthRoleGetRequest.merge(AuthRoleGetRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleGetRequest, reader: Reader): AuthRoleGetRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.role = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthRoleGetRequest', AuthRoleGetRequestFields);
      }
    }
    return message;
  },
};

/** Asks for all users. */
export interface AuthUserListRequest {
}

const AuthUserListRequestFields: FieldNames = {};

export const AuthUserListRequest: MessageType<AuthUserListRequest> = {
  name: 'etcdserverpb.AuthUserListRequest',

  create(): AuthUserListRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserListRequest {
    return AuthUserListRequest.merge(AuthUserListRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserListRequest, reader: Reader): AuthUserListRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'AuthUserListRequest', AuthUserListRequestFields);
    }
    return message;
  },
};

/** Asks for all roles. */
export interface AuthRoleListRequest {
}

const AuthRoleListRequestFields: FieldNames = {};

export const AuthRoleListRequest: MessageType<AuthRoleListRequest> = {
  name: 'etcdserverpb.AuthRoleListRequest',

  create(): AuthRoleListRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleListRequest {
    return AuthRoleListRequest.merge(AuthRoleListRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleListRequest, reader: Reader): AuthRoleListRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'AuthRoleListRequest', AuthRoleListRequestFields);
    }
    return message;
  },
};

/** Deletes a role. */
export interface AuthRoleDeleteRequest {
  /** The role. */
  role: string;
}

const AuthRoleDeleteRequestFields: FieldNames = { 1: 'Role' };

export const AuthRoleDeleteRequest: MessageType<AuthRoleDeleteRequest> = {
  name: 'etcdserverpb.AuthRoleDeleteRequest',

  create(fields?: Partial<AuthRoleDeleteRequest>): AuthRoleDeleteRequest {
    return {
      role: fields?.role ?? '',
    };
  },

  encode(message: AuthRoleDeleteRequest, writer: Writer): void {
    if (message.role !== '') writer.string(10, message.role);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleDeleteRequest {
    return AuthRoleDeleteRequest.merge(AuthRoleDeleteRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleDeleteRequest, reader: Reader): AuthRoleDeleteRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.role = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthRoleDeleteRequest', AuthRoleDeleteRequestFields);
      }
    }
    return message;
  },
};

/** Grants a permission. */
export interface AuthRoleGrantPermissionRequest {
  /** The role. */
  name: string;
  /** The permission. */
  perm: Permission | undefined;
}

const AuthRoleGrantPermissionRequestFields: FieldNames = { 1: 'Name', 2: 'Perm' };

export const AuthRoleGrantPermissionRequest: MessageType<AuthRoleGrantPermissionRequest> = {
  name: 'etcdserverpb.AuthRoleGrantPermissionRequest',

  create(fields?: Partial<AuthRoleGrantPermissionRequest>): AuthRoleGrantPermissionRequest {
    return {
      name: fields?.name ?? '',
      perm: fields?.perm,
    };
  },

  encode(message: AuthRoleGrantPermissionRequest, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.perm !== undefined) {
      const start = writer.open(18);
      Permission.encode(message.perm, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleGrantPermissionRequest {
    return AuthRoleGrantPermissionRequest.merge(AuthRoleGrantPermissionRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleGrantPermissionRequest, reader: Reader): AuthRoleGrantPermissionRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.perm = Permission.merge(message.perm ?? Permission.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'AuthRoleGrantPermissionRequest', AuthRoleGrantPermissionRequestFields);
      }
    }
    return message;
  },
};

/** Takes a permission away. */
export interface AuthRoleRevokePermissionRequest {
  /** The role. */
  role: string;
  /** The key, or the first key of the range. */
  key: Uint8Array;
  /** End of the range, as it was granted. */
  rangeEnd: Uint8Array;
}

const AuthRoleRevokePermissionRequestFields: FieldNames = { 1: 'Role', 2: 'Key', 3: 'RangeEnd' };

export const AuthRoleRevokePermissionRequest: MessageType<AuthRoleRevokePermissionRequest> = {
  name: 'etcdserverpb.AuthRoleRevokePermissionRequest',

  create(fields?: Partial<AuthRoleRevokePermissionRequest>): AuthRoleRevokePermissionRequest {
    return {
      role: fields?.role ?? '',
      key: fields?.key ?? EMPTY_BYTES,
      rangeEnd: fields?.rangeEnd ?? EMPTY_BYTES,
    };
  },

  encode(message: AuthRoleRevokePermissionRequest, writer: Writer): void {
    if (message.role !== '') writer.string(10, message.role);
    if (message.key.length !== 0) writer.bytes(18, message.key);
    if (message.rangeEnd.length !== 0) writer.bytes(26, message.rangeEnd);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleRevokePermissionRequest {
    return AuthRoleRevokePermissionRequest.merge(AuthRoleRevokePermissionRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleRevokePermissionRequest, reader: Reader): AuthRoleRevokePermissionRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.role = reader.string();
          break;
        case 18:
          message.key = reader.view();
          break;
        case 26:
          message.rangeEnd = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'AuthRoleRevokePermissionRequest', AuthRoleRevokePermissionRequestFields);
      }
    }
    return message;
  },
};

/** Authentication is on. */
export interface AuthEnableResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthEnableResponseFields: FieldNames = { 1: 'Header' };

export const AuthEnableResponse: MessageType<AuthEnableResponse> = {
  name: 'etcdserverpb.AuthEnableResponse',

  create(fields?: Partial<AuthEnableResponse>): AuthEnableResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthEnableResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthEnableResponse {
    return AuthEnableResponse.merge(AuthEnableResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthEnableResponse, reader: Reader): AuthEnableResponse {
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
          reader.unexpected(at, tag, 'AuthEnableResponse', AuthEnableResponseFields);
      }
    }
    return message;
  },
};

/** Authentication is off. */
export interface AuthDisableResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthDisableResponseFields: FieldNames = { 1: 'Header' };

export const AuthDisableResponse: MessageType<AuthDisableResponse> = {
  name: 'etcdserverpb.AuthDisableResponse',

  create(fields?: Partial<AuthDisableResponse>): AuthDisableResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthDisableResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthDisableResponse {
    return AuthDisableResponse.merge(AuthDisableResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthDisableResponse, reader: Reader): AuthDisableResponse {
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
          reader.unexpected(at, tag, 'AuthDisableResponse', AuthDisableResponseFields);
      }
    }
    return message;
  },
};

/** Whether authentication is on. */
export interface AuthStatusResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** It is on. */
  enabled: boolean;
  /** Revision of users, roles and permissions. */
  authRevision: number;
}

const AuthStatusResponseFields: FieldNames = { 1: 'Header', 2: 'Enabled', 3: 'AuthRevision' };

export const AuthStatusResponse: MessageType<AuthStatusResponse> = {
  name: 'etcdserverpb.AuthStatusResponse',

  create(fields?: Partial<AuthStatusResponse>): AuthStatusResponse {
    return {
      header: fields?.header,
      enabled: fields?.enabled ?? false,
      authRevision: fields?.authRevision ?? 0,
    };
  },

  encode(message: AuthStatusResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.enabled) writer.bool(16, message.enabled);
    if (message.authRevision !== 0) writer.int64Number(24, message.authRevision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthStatusResponse {
    return AuthStatusResponse.merge(AuthStatusResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthStatusResponse, reader: Reader): AuthStatusResponse {
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
        case 16:
          message.enabled = reader.bool();
          break;
        case 24:
          message.authRevision = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'AuthStatusResponse', AuthStatusResponseFields);
      }
    }
    return message;
  },
};

/** The user is known. */
export interface AuthenticateResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Token to send as the metadata entry `token`. */
  token: string;
}

const AuthenticateResponseFields: FieldNames = { 1: 'Header', 2: 'Token' };

export const AuthenticateResponse: MessageType<AuthenticateResponse> = {
  name: 'etcdserverpb.AuthenticateResponse',

  create(fields?: Partial<AuthenticateResponse>): AuthenticateResponse {
    return {
      header: fields?.header,
      token: fields?.token ?? '',
    };
  },

  encode(message: AuthenticateResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.token !== '') writer.string(18, message.token);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthenticateResponse {
    return AuthenticateResponse.merge(AuthenticateResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthenticateResponse, reader: Reader): AuthenticateResponse {
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
          message.token = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'AuthenticateResponse', AuthenticateResponseFields);
      }
    }
    return message;
  },
};

/** The user is added. */
export interface AuthUserAddResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthUserAddResponseFields: FieldNames = { 1: 'Header' };

export const AuthUserAddResponse: MessageType<AuthUserAddResponse> = {
  name: 'etcdserverpb.AuthUserAddResponse',

  create(fields?: Partial<AuthUserAddResponse>): AuthUserAddResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthUserAddResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserAddResponse {
    return AuthUserAddResponse.merge(AuthUserAddResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserAddResponse, reader: Reader): AuthUserAddResponse {
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
          reader.unexpected(at, tag, 'AuthUserAddResponse', AuthUserAddResponseFields);
      }
    }
    return message;
  },
};

/** A user's roles. */
export interface AuthUserGetResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Names of the roles. */
  roles: string[];
}

const AuthUserGetResponseFields: FieldNames = { 1: 'Header', 2: 'Roles' };

export const AuthUserGetResponse: MessageType<AuthUserGetResponse> = {
  name: 'etcdserverpb.AuthUserGetResponse',

  create(fields?: Partial<AuthUserGetResponse>): AuthUserGetResponse {
    return {
      header: fields?.header,
      roles: fields?.roles ?? [],
    };
  },

  encode(message: AuthUserGetResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.roles) {
      writer.string(18, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserGetResponse {
    return AuthUserGetResponse.merge(AuthUserGetResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserGetResponse, reader: Reader): AuthUserGetResponse {
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
          message.roles.push(reader.string());
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserGetResponse', AuthUserGetResponseFields);
      }
    }
    return message;
  },
};

/** The user is deleted. */
export interface AuthUserDeleteResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthUserDeleteResponseFields: FieldNames = { 1: 'Header' };

export const AuthUserDeleteResponse: MessageType<AuthUserDeleteResponse> = {
  name: 'etcdserverpb.AuthUserDeleteResponse',

  create(fields?: Partial<AuthUserDeleteResponse>): AuthUserDeleteResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthUserDeleteResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserDeleteResponse {
    return AuthUserDeleteResponse.merge(AuthUserDeleteResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserDeleteResponse, reader: Reader): AuthUserDeleteResponse {
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
          reader.unexpected(at, tag, 'AuthUserDeleteResponse', AuthUserDeleteResponseFields);
      }
    }
    return message;
  },
};

/** The password is changed. */
export interface AuthUserChangePasswordResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthUserChangePasswordResponseFields: FieldNames = { 1: 'Header' };

export const AuthUserChangePasswordResponse: MessageType<AuthUserChangePasswordResponse> = {
  name: 'etcdserverpb.AuthUserChangePasswordResponse',

  create(fields?: Partial<AuthUserChangePasswordResponse>): AuthUserChangePasswordResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthUserChangePasswordResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserChangePasswordResponse {
    return AuthUserChangePasswordResponse.merge(AuthUserChangePasswordResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserChangePasswordResponse, reader: Reader): AuthUserChangePasswordResponse {
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
          reader.unexpected(at, tag, 'AuthUserChangePasswordResponse', AuthUserChangePasswordResponseFields);
      }
    }
    return message;
  },
};

/** The role is granted. */
export interface AuthUserGrantRoleResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthUserGrantRoleResponseFields: FieldNames = { 1: 'Header' };

export const AuthUserGrantRoleResponse: MessageType<AuthUserGrantRoleResponse> = {
  name: 'etcdserverpb.AuthUserGrantRoleResponse',

  create(fields?: Partial<AuthUserGrantRoleResponse>): AuthUserGrantRoleResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthUserGrantRoleResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserGrantRoleResponse {
    return AuthUserGrantRoleResponse.merge(AuthUserGrantRoleResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserGrantRoleResponse, reader: Reader): AuthUserGrantRoleResponse {
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
          reader.unexpected(at, tag, 'AuthUserGrantRoleResponse', AuthUserGrantRoleResponseFields);
      }
    }
    return message;
  },
};

/** The role is taken away. */
export interface AuthUserRevokeRoleResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthUserRevokeRoleResponseFields: FieldNames = { 1: 'Header' };

export const AuthUserRevokeRoleResponse: MessageType<AuthUserRevokeRoleResponse> = {
  name: 'etcdserverpb.AuthUserRevokeRoleResponse',

  create(fields?: Partial<AuthUserRevokeRoleResponse>): AuthUserRevokeRoleResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthUserRevokeRoleResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserRevokeRoleResponse {
    return AuthUserRevokeRoleResponse.merge(AuthUserRevokeRoleResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserRevokeRoleResponse, reader: Reader): AuthUserRevokeRoleResponse {
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
          reader.unexpected(at, tag, 'AuthUserRevokeRoleResponse', AuthUserRevokeRoleResponseFields);
      }
    }
    return message;
  },
};

/** The role is added. */
export interface AuthRoleAddResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthRoleAddResponseFields: FieldNames = { 1: 'Header' };

export const AuthRoleAddResponse: MessageType<AuthRoleAddResponse> = {
  name: 'etcdserverpb.AuthRoleAddResponse',

  create(fields?: Partial<AuthRoleAddResponse>): AuthRoleAddResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthRoleAddResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleAddResponse {
    return AuthRoleAddResponse.merge(AuthRoleAddResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleAddResponse, reader: Reader): AuthRoleAddResponse {
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
          reader.unexpected(at, tag, 'AuthRoleAddResponse', AuthRoleAddResponseFields);
      }
    }
    return message;
  },
};

/** A role's permissions. */
export interface AuthRoleGetResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The permissions. */
  perm: Permission[];
}

const AuthRoleGetResponseFields: FieldNames = { 1: 'Header', 2: 'Perm' };

export const AuthRoleGetResponse: MessageType<AuthRoleGetResponse> = {
  name: 'etcdserverpb.AuthRoleGetResponse',

  create(fields?: Partial<AuthRoleGetResponse>): AuthRoleGetResponse {
    return {
      header: fields?.header,
      perm: fields?.perm ?? [],
    };
  },

  encode(message: AuthRoleGetResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.perm) {
      const start = writer.open(18);
      Permission.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleGetResponse {
    return AuthRoleGetResponse.merge(AuthRoleGetResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleGetResponse, reader: Reader): AuthRoleGetResponse {
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
        case 18: {
          const outerEnd = reader.enter();
          message.perm.push(Permission.merge(Permission.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'AuthRoleGetResponse', AuthRoleGetResponseFields);
      }
    }
    return message;
  },
};

/** All roles. */
export interface AuthRoleListResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Names of the roles. */
  roles: string[];
}

const AuthRoleListResponseFields: FieldNames = { 1: 'Header', 2: 'Roles' };

export const AuthRoleListResponse: MessageType<AuthRoleListResponse> = {
  name: 'etcdserverpb.AuthRoleListResponse',

  create(fields?: Partial<AuthRoleListResponse>): AuthRoleListResponse {
    return {
      header: fields?.header,
      roles: fields?.roles ?? [],
    };
  },

  encode(message: AuthRoleListResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.roles) {
      writer.string(18, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleListResponse {
    return AuthRoleListResponse.merge(AuthRoleListResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleListResponse, reader: Reader): AuthRoleListResponse {
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
          message.roles.push(reader.string());
          break;
        default:
          reader.unexpected(at, tag, 'AuthRoleListResponse', AuthRoleListResponseFields);
      }
    }
    return message;
  },
};

/** All users. */
export interface AuthUserListResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Names of the users. */
  users: string[];
}

const AuthUserListResponseFields: FieldNames = { 1: 'Header', 2: 'Users' };

export const AuthUserListResponse: MessageType<AuthUserListResponse> = {
  name: 'etcdserverpb.AuthUserListResponse',

  create(fields?: Partial<AuthUserListResponse>): AuthUserListResponse {
    return {
      header: fields?.header,
      users: fields?.users ?? [],
    };
  },

  encode(message: AuthUserListResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    for (const value of message.users) {
      writer.string(18, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthUserListResponse {
    return AuthUserListResponse.merge(AuthUserListResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthUserListResponse, reader: Reader): AuthUserListResponse {
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
          message.users.push(reader.string());
          break;
        default:
          reader.unexpected(at, tag, 'AuthUserListResponse', AuthUserListResponseFields);
      }
    }
    return message;
  },
};

/** The role is deleted. */
export interface AuthRoleDeleteResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthRoleDeleteResponseFields: FieldNames = { 1: 'Header' };

export const AuthRoleDeleteResponse: MessageType<AuthRoleDeleteResponse> = {
  name: 'etcdserverpb.AuthRoleDeleteResponse',

  create(fields?: Partial<AuthRoleDeleteResponse>): AuthRoleDeleteResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthRoleDeleteResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleDeleteResponse {
    return AuthRoleDeleteResponse.merge(AuthRoleDeleteResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleDeleteResponse, reader: Reader): AuthRoleDeleteResponse {
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
          reader.unexpected(at, tag, 'AuthRoleDeleteResponse', AuthRoleDeleteResponseFields);
      }
    }
    return message;
  },
};

/** The permission is granted. */
export interface AuthRoleGrantPermissionResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthRoleGrantPermissionResponseFields: FieldNames = { 1: 'Header' };

export const AuthRoleGrantPermissionResponse: MessageType<AuthRoleGrantPermissionResponse> = {
  name: 'etcdserverpb.AuthRoleGrantPermissionResponse',

  create(fields?: Partial<AuthRoleGrantPermissionResponse>): AuthRoleGrantPermissionResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthRoleGrantPermissionResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleGrantPermissionResponse {
    return AuthRoleGrantPermissionResponse.merge(AuthRoleGrantPermissionResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleGrantPermissionResponse, reader: Reader): AuthRoleGrantPermissionResponse {
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
          reader.unexpected(at, tag, 'AuthRoleGrantPermissionResponse', AuthRoleGrantPermissionResponseFields);
      }
    }
    return message;
  },
};

/** The permission is taken away. */
export interface AuthRoleRevokePermissionResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const AuthRoleRevokePermissionResponseFields: FieldNames = { 1: 'Header' };

export const AuthRoleRevokePermissionResponse: MessageType<AuthRoleRevokePermissionResponse> = {
  name: 'etcdserverpb.AuthRoleRevokePermissionResponse',

  create(fields?: Partial<AuthRoleRevokePermissionResponse>): AuthRoleRevokePermissionResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: AuthRoleRevokePermissionResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AuthRoleRevokePermissionResponse {
    return AuthRoleRevokePermissionResponse.merge(AuthRoleRevokePermissionResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: AuthRoleRevokePermissionResponse, reader: Reader): AuthRoleRevokePermissionResponse {
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
          reader.unexpected(at, tag, 'AuthRoleRevokePermissionResponse', AuthRoleRevokePermissionResponseFields);
      }
    }
    return message;
  },
};

/** Reading and writing keys. */
export const KV = {
  name: 'etcdserverpb.KV',
  methods: {
    /** Reads a key or a range of keys, now or at a past revision. */
    range: {
      name: 'Range',
      path: '/etcdserverpb.KV/Range',
      kind: 'unary',
      request: RangeRequest,
      response: RangeResponse,
    },
    /** Reads a range of keys in pieces, all of one revision. */
    rangeStream: {
      name: 'RangeStream',
      path: '/etcdserverpb.KV/RangeStream',
      kind: 'server-stream',
      request: RangeRequest,
      response: RangeStreamResponse,
    },
    /** Writes a key. */
    put: {
      name: 'Put',
      path: '/etcdserverpb.KV/Put',
      kind: 'unary',
      request: PutRequest,
      response: PutResponse,
    },
    /** Deletes a key or a range of keys. */
    deleteRange: {
      name: 'DeleteRange',
      path: '/etcdserverpb.KV/DeleteRange',
      kind: 'unary',
      request: DeleteRangeRequest,
      response: DeleteRangeResponse,
    },
    /** Compares, and carries out one of two lists of operations, as one step. */
    txn: {
      name: 'Txn',
      path: '/etcdserverpb.KV/Txn',
      kind: 'unary',
      request: TxnRequest,
      response: TxnResponse,
    },
    /** Forgets history up to a revision. */
    compact: {
      name: 'Compact',
      path: '/etcdserverpb.KV/Compact',
      kind: 'unary',
      request: CompactionRequest,
      response: CompactionResponse,
    },
  },
} as const satisfies ServiceDescriptor;

/** Streaming changes. */
export const Watch = {
  name: 'etcdserverpb.Watch',
  methods: {
    /** Carries any number of watches over one stream. */
    watch: {
      name: 'Watch',
      path: '/etcdserverpb.Watch/Watch',
      kind: 'bidi',
      request: WatchRequest,
      response: WatchResponse,
    },
  },
} as const satisfies ServiceDescriptor;

/** Keys that live as long as someone renews their lease. */
export const Lease = {
  name: 'etcdserverpb.Lease',
  methods: {
    /** Makes a lease. */
    leaseGrant: {
      name: 'LeaseGrant',
      path: '/etcdserverpb.Lease/LeaseGrant',
      kind: 'unary',
      request: LeaseGrantRequest,
      response: LeaseGrantResponse,
    },
    /** Ends a lease and deletes its keys. */
    leaseRevoke: {
      name: 'LeaseRevoke',
      path: '/etcdserverpb.Lease/LeaseRevoke',
      kind: 'unary',
      request: LeaseRevokeRequest,
      response: LeaseRevokeResponse,
    },
    /** Renews leases, one answer per request. */
    leaseKeepAlive: {
      name: 'LeaseKeepAlive',
      path: '/etcdserverpb.Lease/LeaseKeepAlive',
      kind: 'bidi',
      request: LeaseKeepAliveRequest,
      response: LeaseKeepAliveResponse,
    },
    /** Tells what is left of a lease, and which keys it holds. */
    leaseTimeToLive: {
      name: 'LeaseTimeToLive',
      path: '/etcdserverpb.Lease/LeaseTimeToLive',
      kind: 'unary',
      request: LeaseTimeToLiveRequest,
      response: LeaseTimeToLiveResponse,
    },
    /** Lists all leases. */
    leaseLeases: {
      name: 'LeaseLeases',
      path: '/etcdserverpb.Lease/LeaseLeases',
      kind: 'unary',
      request: LeaseLeasesRequest,
      response: LeaseLeasesResponse,
    },
  },
} as const satisfies ServiceDescriptor;

/** Membership. */
export const Cluster = {
  name: 'etcdserverpb.Cluster',
  methods: {
    /** Adds a voter or a learner. */
    memberAdd: {
      name: 'MemberAdd',
      path: '/etcdserverpb.Cluster/MemberAdd',
      kind: 'unary',
      request: MemberAddRequest,
      response: MemberAddResponse,
    },
    /** Removes a member for good. */
    memberRemove: {
      name: 'MemberRemove',
      path: '/etcdserverpb.Cluster/MemberRemove',
      kind: 'unary',
      request: MemberRemoveRequest,
      response: MemberRemoveResponse,
    },
    /** Changes a member's peer addresses. */
    memberUpdate: {
      name: 'MemberUpdate',
      path: '/etcdserverpb.Cluster/MemberUpdate',
      kind: 'unary',
      request: MemberUpdateRequest,
      response: MemberUpdateResponse,
    },
    /** Lists the members. */
    memberList: {
      name: 'MemberList',
      path: '/etcdserverpb.Cluster/MemberList',
      kind: 'unary',
      request: MemberListRequest,
      response: MemberListResponse,
    },
    /** Makes a learner that has caught up a voter. */
    memberPromote: {
      name: 'MemberPromote',
      path: '/etcdserverpb.Cluster/MemberPromote',
      kind: 'unary',
      request: MemberPromoteRequest,
      response: MemberPromoteResponse,
    },
  },
} as const satisfies ServiceDescriptor;

/** What an operator asks of one member. */
export const Maintenance = {
  name: 'etcdserverpb.Maintenance',
  methods: {
    /** Lists, raises and clears alarms. */
    alarm: {
      name: 'Alarm',
      path: '/etcdserverpb.Maintenance/Alarm',
      kind: 'unary',
      request: AlarmRequest,
      response: AlarmResponse,
    },
    /** Tells how the answering member fares. */
    status: {
      name: 'Status',
      path: '/etcdserverpb.Maintenance/Status',
      kind: 'unary',
      request: StatusRequest,
      response: StatusResponse,
    },
    /** Gives free pages of the database file back to the file system. */
    defragment: {
      name: 'Defragment',
      path: '/etcdserverpb.Maintenance/Defragment',
      kind: 'unary',
      request: DefragmentRequest,
      response: DefragmentResponse,
    },
    /** Hashes the whole database. */
    hash: {
      name: 'Hash',
      path: '/etcdserverpb.Maintenance/Hash',
      kind: 'unary',
      request: HashRequest,
      response: HashResponse,
    },
    /** Hashes the keys' history up to a revision, to compare members. */
    hashKV: {
      name: 'HashKV',
      path: '/etcdserverpb.Maintenance/HashKV',
      kind: 'unary',
      request: HashKVRequest,
      response: HashKVResponse,
    },
    /** Streams a copy of the database. */
    snapshot: {
      name: 'Snapshot',
      path: '/etcdserverpb.Maintenance/Snapshot',
      kind: 'server-stream',
      request: SnapshotRequest,
      response: SnapshotResponse,
    },
    /** Hands leadership to another member. */
    moveLeader: {
      name: 'MoveLeader',
      path: '/etcdserverpb.Maintenance/MoveLeader',
      kind: 'unary',
      request: MoveLeaderRequest,
      response: MoveLeaderResponse,
    },
    /** Checks, begins or cancels a downgrade. */
    downgrade: {
      name: 'Downgrade',
      path: '/etcdserverpb.Maintenance/Downgrade',
      kind: 'unary',
      request: DowngradeRequest,
      response: DowngradeResponse,
    },
  },
} as const satisfies ServiceDescriptor;

/** Users, roles and tokens. */
export const Auth = {
  name: 'etcdserverpb.Auth',
  methods: {
    /** Turns authentication on. */
    authEnable: {
      name: 'AuthEnable',
      path: '/etcdserverpb.Auth/AuthEnable',
      kind: 'unary',
      request: AuthEnableRequest,
      response: AuthEnableResponse,
    },
    /** Turns authentication off. */
    authDisable: {
      name: 'AuthDisable',
      path: '/etcdserverpb.Auth/AuthDisable',
      kind: 'unary',
      request: AuthDisableRequest,
      response: AuthDisableResponse,
    },
    /** Tells whether authentication is on. */
    authStatus: {
      name: 'AuthStatus',
      path: '/etcdserverpb.Auth/AuthStatus',
      kind: 'unary',
      request: AuthStatusRequest,
      response: AuthStatusResponse,
    },
    /** Trades a name and a password for a token. */
    authenticate: {
      name: 'Authenticate',
      path: '/etcdserverpb.Auth/Authenticate',
      kind: 'unary',
      request: AuthenticateRequest,
      response: AuthenticateResponse,
    },
    /** Adds a user. */
    userAdd: {
      name: 'UserAdd',
      path: '/etcdserverpb.Auth/UserAdd',
      kind: 'unary',
      request: AuthUserAddRequest,
      response: AuthUserAddResponse,
    },
    /** Lists a user's roles. */
    userGet: {
      name: 'UserGet',
      path: '/etcdserverpb.Auth/UserGet',
      kind: 'unary',
      request: AuthUserGetRequest,
      response: AuthUserGetResponse,
    },
    /** Lists users. */
    userList: {
      name: 'UserList',
      path: '/etcdserverpb.Auth/UserList',
      kind: 'unary',
      request: AuthUserListRequest,
      response: AuthUserListResponse,
    },
    /** Deletes a user. */
    userDelete: {
      name: 'UserDelete',
      path: '/etcdserverpb.Auth/UserDelete',
      kind: 'unary',
      request: AuthUserDeleteRequest,
      response: AuthUserDeleteResponse,
    },
    /** Changes a user's password. */
    userChangePassword: {
      name: 'UserChangePassword',
      path: '/etcdserverpb.Auth/UserChangePassword',
      kind: 'unary',
      request: AuthUserChangePasswordRequest,
      response: AuthUserChangePasswordResponse,
    },
    /** Grants a role to a user. */
    userGrantRole: {
      name: 'UserGrantRole',
      path: '/etcdserverpb.Auth/UserGrantRole',
      kind: 'unary',
      request: AuthUserGrantRoleRequest,
      response: AuthUserGrantRoleResponse,
    },
    /** Takes a role from a user. */
    userRevokeRole: {
      name: 'UserRevokeRole',
      path: '/etcdserverpb.Auth/UserRevokeRole',
      kind: 'unary',
      request: AuthUserRevokeRoleRequest,
      response: AuthUserRevokeRoleResponse,
    },
    /** Adds a role. */
    roleAdd: {
      name: 'RoleAdd',
      path: '/etcdserverpb.Auth/RoleAdd',
      kind: 'unary',
      request: AuthRoleAddRequest,
      response: AuthRoleAddResponse,
    },
    /** Lists a role's permissions. */
    roleGet: {
      name: 'RoleGet',
      path: '/etcdserverpb.Auth/RoleGet',
      kind: 'unary',
      request: AuthRoleGetRequest,
      response: AuthRoleGetResponse,
    },
    /** Lists roles. */
    roleList: {
      name: 'RoleList',
      path: '/etcdserverpb.Auth/RoleList',
      kind: 'unary',
      request: AuthRoleListRequest,
      response: AuthRoleListResponse,
    },
    /** Deletes a role. */
    roleDelete: {
      name: 'RoleDelete',
      path: '/etcdserverpb.Auth/RoleDelete',
      kind: 'unary',
      request: AuthRoleDeleteRequest,
      response: AuthRoleDeleteResponse,
    },
    /** Grants a permission to a role. */
    roleGrantPermission: {
      name: 'RoleGrantPermission',
      path: '/etcdserverpb.Auth/RoleGrantPermission',
      kind: 'unary',
      request: AuthRoleGrantPermissionRequest,
      response: AuthRoleGrantPermissionResponse,
    },
    /** Takes a permission from a role. */
    roleRevokePermission: {
      name: 'RoleRevokePermission',
      path: '/etcdserverpb.Auth/RoleRevokePermission',
      kind: 'unary',
      request: AuthRoleRevokePermissionRequest,
      response: AuthRoleRevokePermissionResponse,
    },
  },
} as const satisfies ServiceDescriptor;
