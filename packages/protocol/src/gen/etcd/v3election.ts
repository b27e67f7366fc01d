/**
 * The election service: one leader under a name at a time, with a value that it proclaims.
 *
 * Generated from proto/etcd/v3election.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { ServiceDescriptor } from '../../service.ts';
import type { Writer } from '../../writer.ts';
import { KeyValue } from './kv.ts';
import { ResponseHeader } from './rpc.ts';

/** Asks for leadership. */
export interface CampaignRequest {
  /** Name of the election. */
  name: Uint8Array;
  /** Lease whose end gives leadership up. */
  lease: bigint;
  /** First value to proclaim. */
  value: Uint8Array;
}

const CampaignRequestFields: FieldNames = { 1: 'Name', 2: 'Lease', 3: 'Value' };

export const CampaignRequest: MessageType<CampaignRequest> = {
  name: 'v3electionpb.CampaignRequest',

  create(fields?: Partial<CampaignRequest>): CampaignRequest {
    return {
      name: fields?.name ?? EMPTY_BYTES,
      lease: fields?.lease ?? 0n,
      value: fields?.value ?? EMPTY_BYTES,
    };
  },

  encode(message: CampaignRequest, writer: Writer): void {
    if (message.name.length !== 0) writer.bytes(10, message.name);
    if (message.lease !== 0n) writer.int64(16, message.lease);
    if (message.value.length !== 0) writer.bytes(26, message.value);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): CampaignRequest {
    return CampaignRequest.merge(CampaignRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: CampaignRequest, reader: Reader): CampaignRequest {
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
        case 26:
          message.value = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'CampaignRequest', CampaignRequestFields);
      }
    }
    return message;
  },
};

/** The caller leads. */
export interface CampaignResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** Proof of leadership, asked for by Proclaim and Resign. */
  leader: LeaderKey | undefined;
}

const CampaignResponseFields: FieldNames = { 1: 'Header', 2: 'Leader' };

export const CampaignResponse: MessageType<CampaignResponse> = {
  name: 'v3electionpb.CampaignResponse',

  create(fields?: Partial<CampaignResponse>): CampaignResponse {
    return {
      header: fields?.header,
      leader: fields?.leader,
    };
  },

  encode(message: CampaignResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.leader !== undefined) {
      const start = writer.open(18);
      LeaderKey.encode(message.leader, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): CampaignResponse {
    return CampaignResponse.merge(CampaignResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: CampaignResponse, reader: Reader): CampaignResponse {
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
          message.leader = LeaderKey.merge(message.leader ?? LeaderKey.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'CampaignResponse', CampaignResponseFields);
      }
    }
    return message;
  },
};

/** Proof of leadership: a key, and the revision of its creation. */
export interface LeaderKey {
  /** Name of the election. */
  name: Uint8Array;
  /** The key that exists as long as its owner leads. */
  key: Uint8Array;
  /** Revision at which the key was created. */
  rev: number;
  /** Lease of the key. */
  lease: bigint;
}

const LeaderKeyFields: FieldNames = { 1: 'Name', 2: 'Key', 3: 'Rev', 4: 'Lease' };

export const LeaderKey: MessageType<LeaderKey> = {
  name: 'v3electionpb.LeaderKey',

  create(fields?: Partial<LeaderKey>): LeaderKey {
    return {
      name: fields?.name ?? EMPTY_BYTES,
      key: fields?.key ?? EMPTY_BYTES,
      rev: fields?.rev ?? 0,
      lease: fields?.lease ?? 0n,
    };
  },

  encode(message: LeaderKey, writer: Writer): void {
    if (message.name.length !== 0) writer.bytes(10, message.name);
    if (message.key.length !== 0) writer.bytes(18, message.key);
    if (message.rev !== 0) writer.int64Number(24, message.rev);
    if (message.lease !== 0n) writer.int64(32, message.lease);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaderKey {
    return LeaderKey.merge(LeaderKey.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaderKey, reader: Reader): LeaderKey {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.view();
          break;
        case 18:
          message.key = reader.view();
          break;
        case 24:
          message.rev = reader.int64Number();
          break;
        case 32:
          message.lease = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'LeaderKey', LeaderKeyFields);
      }
    }
    return message;
  },
};

/** Asks who leads. */
export interface LeaderRequest {
  /** Name of the election. */
  name: Uint8Array;
}

const LeaderRequestFields: FieldNames = { 1: 'Name' };

export const LeaderRequest: MessageType<LeaderRequest> = {
  name: 'v3electionpb.LeaderRequest',

  create(fields?: Partial<LeaderRequest>): LeaderRequest {
    return {
      name: fields?.name ?? EMPTY_BYTES,
    };
  },

  encode(message: LeaderRequest, writer: Writer): void {
    if (message.name.length !== 0) writer.bytes(10, message.name);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaderRequest {
    return LeaderRequest.merge(LeaderRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaderRequest, reader: Reader): LeaderRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'LeaderRequest', LeaderRequestFields);
      }
    }
    return message;
  },
};

/** The leader's proclamation. */
export interface LeaderResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
  /** The leader's key with the proclaimed value. */
  kv: KeyValue | undefined;
}

const LeaderResponseFields: FieldNames = { 1: 'Header', 2: 'Kv' };

export const LeaderResponse: MessageType<LeaderResponse> = {
  name: 'v3electionpb.LeaderResponse',

  create(fields?: Partial<LeaderResponse>): LeaderResponse {
    return {
      header: fields?.header,
      kv: fields?.kv,
    };
  },

  encode(message: LeaderResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
    if (message.kv !== undefined) {
      const start = writer.open(18);
      KeyValue.encode(message.kv, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaderResponse {
    return LeaderResponse.merge(LeaderResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaderResponse, reader: Reader): LeaderResponse {
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
          message.kv = KeyValue.merge(message.kv ?? KeyValue.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'LeaderResponse', LeaderResponseFields);
      }
    }
    return message;
  },
};

/** Gives leadership up. */
export interface ResignRequest {
  /** Proof from `CampaignResponse`. */
  leader: LeaderKey | undefined;
}

const ResignRequestFields: FieldNames = { 1: 'Leader' };

export const ResignRequest: MessageType<ResignRequest> = {
  name: 'v3electionpb.ResignRequest',

  create(fields?: Partial<ResignRequest>): ResignRequest {
    return {
      leader: fields?.leader,
    };
  },

  encode(message: ResignRequest, writer: Writer): void {
    if (message.leader !== undefined) {
      const start = writer.open(10);
      LeaderKey.encode(message.leader, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ResignRequest {
    return ResignRequest.merge(ResignRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: ResignRequest, reader: Reader): ResignRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.leader = LeaderKey.merge(message.leader ?? LeaderKey.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'ResignRequest', ResignRequestFields);
      }
    }
    return message;
  },
};

/** Leadership is given up. */
export interface ResignResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const ResignResponseFields: FieldNames = { 1: 'Header' };

export const ResignResponse: MessageType<ResignResponse> = {
  name: 'v3electionpb.ResignResponse',

  create(fields?: Partial<ResignResponse>): ResignResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: ResignResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ResignResponse {
    return ResignResponse.merge(ResignResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ResignResponse, reader: Reader): ResignResponse {
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
          reader.unexpected(at, tag, 'ResignResponse', ResignResponseFields);
      }
    }
    return message;
  },
};

/** Changes the proclaimed value. */
export interface ProclaimRequest {
  /** Proof from `CampaignResponse`. */
  leader: LeaderKey | undefined;
  /** The new value. */
  value: Uint8Array;
}

const ProclaimRequestFields: FieldNames = { 1: 'Leader', 2: 'Value' };

export const ProclaimRequest: MessageType<ProclaimRequest> = {
  name: 'v3electionpb.ProclaimRequest',

  create(fields?: Partial<ProclaimRequest>): ProclaimRequest {
    return {
      leader: fields?.leader,
      value: fields?.value ?? EMPTY_BYTES,
    };
  },

  encode(message: ProclaimRequest, writer: Writer): void {
    if (message.leader !== undefined) {
      const start = writer.open(10);
      LeaderKey.encode(message.leader, writer);
      writer.close(start);
    }
    if (message.value.length !== 0) writer.bytes(18, message.value);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ProclaimRequest {
    return ProclaimRequest.merge(ProclaimRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: ProclaimRequest, reader: Reader): ProclaimRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.leader = LeaderKey.merge(message.leader ?? LeaderKey.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 18:
          message.value = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'ProclaimRequest', ProclaimRequestFields);
      }
    }
    return message;
  },
};

/** The value is proclaimed. */
export interface ProclaimResponse {
  /** Who answered, and how far it was. */
  header: ResponseHeader | undefined;
}

const ProclaimResponseFields: FieldNames = { 1: 'Header' };

export const ProclaimResponse: MessageType<ProclaimResponse> = {
  name: 'v3electionpb.ProclaimResponse',

  create(fields?: Partial<ProclaimResponse>): ProclaimResponse {
    return {
      header: fields?.header,
    };
  },

  encode(message: ProclaimResponse, writer: Writer): void {
    if (message.header !== undefined) {
      const start = writer.open(10);
      ResponseHeader.encode(message.header, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ProclaimResponse {
    return ProclaimResponse.merge(ProclaimResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ProclaimResponse, reader: Reader): ProclaimResponse {
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
          reader.unexpected(at, tag, 'ProclaimResponse', ProclaimResponseFields);
      }
    }
    return message;
  },
};

/** Elections that last as long as the leader's lease. */
export const Election = {
  name: 'v3electionpb.Election',
  methods: {
    /** Waits until the caller leads. */
    campaign: {
      name: 'Campaign',
      path: '/v3electionpb.Election/Campaign',
      kind: 'unary',
      request: CampaignRequest,
      response: CampaignResponse,
    },
    /** Changes the value of a leadership held. */
    proclaim: {
      name: 'Proclaim',
      path: '/v3electionpb.Election/Proclaim',
      kind: 'unary',
      request: ProclaimRequest,
      response: ProclaimResponse,
    },
    /** Answers the present leader's proclamation. */
    leader: {
      name: 'Leader',
      path: '/v3electionpb.Election/Leader',
      kind: 'unary',
      request: LeaderRequest,
      response: LeaderResponse,
    },
    /** Streams every proclamation from now on. */
    observe: {
      name: 'Observe',
      path: '/v3electionpb.Election/Observe',
      kind: 'server-stream',
      request: LeaderRequest,
      response: LeaderResponse,
    },
    /** Gives leadership up. */
    resign: {
      name: 'Resign',
      path: '/v3electionpb.Election/Resign',
      kind: 'unary',
      request: ResignRequest,
      response: ResignResponse,
    },
  },
} as const satisfies ServiceDescriptor;
