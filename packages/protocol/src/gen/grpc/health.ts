/**
 * The standard gRPC health protocol (grpc.health.v1).
 *
 * Generated from proto/grpc/health.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { Reader, type FieldNames } from '../../reader.ts';
import type { ServiceDescriptor } from '../../service.ts';
import type { Writer } from '../../writer.ts';

/** Whether a service takes calls. */
export const HealthCheckResponse_ServingStatus = {
  /** Not known. */
  UNKNOWN: 0,
  /** Takes calls. */
  SERVING: 1,
  /** Takes no calls. */
  NOT_SERVING: 2,
  /** No such service; sent by Watch alone. */
  SERVICE_UNKNOWN: 3,
} as const;

/** Names a service. */
export interface HealthCheckRequest {
  /** The service; empty for the server as a whole. */
  service: string;
}

const HealthCheckRequestFields: FieldNames = { 1: 'Service' };

export const HealthCheckRequest: MessageType<HealthCheckRequest> = {
  name: 'grpc.health.v1.HealthCheckRequest',

  create(fields?: Partial<HealthCheckRequest>): HealthCheckRequest {
    return {
      service: fields?.service ?? '',
    };
  },

  encode(message: HealthCheckRequest, writer: Writer): void {
    if (message.service !== '') writer.string(10, message.service);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HealthCheckRequest {
    return HealthCheckRequest.merge(HealthCheckRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: HealthCheckRequest, reader: Reader): HealthCheckRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.service = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'HealthCheckRequest', HealthCheckRequestFields);
      }
    }
    return message;
  },
};

/** The status of a service. */
export interface HealthCheckResponse {
  /** The status. One of `HealthCheckResponse_ServingStatus`, or a value unknown to it. */
  status: number;
}

const HealthCheckResponseFields: FieldNames = { 1: 'Status' };

export const HealthCheckResponse: MessageType<HealthCheckResponse> = {
  name: 'grpc.health.v1.HealthCheckResponse',

  create(fields?: Partial<HealthCheckResponse>): HealthCheckResponse {
    return {
      status: fields?.status ?? 0,
    };
  },

  encode(message: HealthCheckResponse, writer: Writer): void {
    if (message.status !== 0) writer.int32(8, message.status);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HealthCheckResponse {
    return HealthCheckResponse.merge(HealthCheckResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: HealthCheckResponse, reader: Reader): HealthCheckResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.status = reader.int32();
          break;
        default:
          reader.unexpected(at, tag, 'HealthCheckResponse', HealthCheckResponseFields);
      }
    }
    return message;
  },
};

/** Asks for every service. */
export interface HealthListRequest {
}

const HealthListRequestFields: FieldNames = {};

export const HealthListRequest: MessageType<HealthListRequest> = {
  name: 'grpc.health.v1.HealthListRequest',

  create(): HealthListRequest {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HealthListRequest {
    return HealthListRequest.merge(HealthListRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: HealthListRequest, reader: Reader): HealthListRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'HealthListRequest', HealthListRequestFields);
    }
    return message;
  },
};

interface HealthListResponse_StatusesEntry {
  key: string;
  value: HealthCheckResponse;
}

const HealthListResponse_StatusesEntryFields: FieldNames = { 1: 'Key', 2: 'Value' };

const HealthListResponse_StatusesEntry: MessageType<HealthListResponse_StatusesEntry> = {
  name: 'grpc.health.v1.HealthListResponse.StatusesEntry',

  create(fields?: Partial<HealthListResponse_StatusesEntry>): HealthListResponse_StatusesEntry {
    return {
      key: fields?.key ?? '',
      value: fields?.value ?? HealthCheckResponse.create(),
    };
  },

  encode(message: HealthListResponse_StatusesEntry, writer: Writer): void {
    writer.string(10, message.key);
    const start = writer.open(18);
    HealthCheckResponse.encode(message.value, writer);
    writer.close(start);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HealthListResponse_StatusesEntry {
    return HealthListResponse_StatusesEntry.merge(HealthListResponse_StatusesEntry.create(), new Reader(bytes, start, end));
  },

  merge(message: HealthListResponse_StatusesEntry, reader: Reader): HealthListResponse_StatusesEntry {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.key = reader.string();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.value = HealthCheckResponse.merge(message.value ?? HealthCheckResponse.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'HealthListResponse_StatusesEntry', HealthListResponse_StatusesEntryFields);
      }
    }
    return message;
  },
};

/** The status of every registered service. */
export interface HealthListResponse {
  /** Status by service name. */
  statuses: Map<string, HealthCheckResponse>;
}

const HealthListResponseFields: FieldNames = { 1: 'Statuses' };

export const HealthListResponse: MessageType<HealthListResponse> = {
  name: 'grpc.health.v1.HealthListResponse',

  create(fields?: Partial<HealthListResponse>): HealthListResponse {
    return {
      statuses: fields?.statuses ?? new Map(),
    };
  },

  encode(message: HealthListResponse, writer: Writer): void {
    for (const [key, value] of message.statuses) {
      const start = writer.open(10);
      HealthListResponse_StatusesEntry.encode({ key, value }, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): HealthListResponse {
    return HealthListResponse.merge(HealthListResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: HealthListResponse, reader: Reader): HealthListResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          const entry = HealthListResponse_StatusesEntry.merge(HealthListResponse_StatusesEntry.create(), reader);
          message.statuses.set(entry.key, entry.value);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'HealthListResponse', HealthListResponseFields);
      }
    }
    return message;
  },
};

/** Tells load balancers and orchestrators whether a service serves. */
export const Health = {
  name: 'grpc.health.v1.Health',
  methods: {
    /** Answers the present status; NOT_FOUND for a service that isn't registered. */
    check: {
      name: 'Check',
      path: '/grpc.health.v1.Health/Check',
      kind: 'unary',
      request: HealthCheckRequest,
      response: HealthCheckResponse,
    },
    /** Streams the status now and at every change of it. */
    watch: {
      name: 'Watch',
      path: '/grpc.health.v1.Health/Watch',
      kind: 'server-stream',
      request: HealthCheckRequest,
      response: HealthCheckResponse,
    },
    /** Answers the status of every registered service. */
    list: {
      name: 'List',
      path: '/grpc.health.v1.Health/List',
      kind: 'unary',
      request: HealthListRequest,
      response: HealthListResponse,
    },
  },
} as const satisfies ServiceDescriptor;
