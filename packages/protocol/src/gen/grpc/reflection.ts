/**
 * The standard gRPC reflection protocol (grpc.reflection.v1): a client asks what the server's
 * services and messages are.
 *
 * Generated from proto/grpc/reflection.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { Reader, type FieldNames } from '../../reader.ts';
import type { ServiceDescriptor } from '../../service.ts';
import type { Writer } from '../../writer.ts';

/** One question. */
export interface ServerReflectionRequest {
  /** Which of several hosts is meant; not looked at. */
  host: string;
  /** The question. */
  messageRequest:
    /** The file of this path. */
    | { case: 'fileByFilename'; value: string }
    /** The file that declares this service, method, message or enum, by full name. */
    | { case: 'fileContainingSymbol'; value: string }
    /** The file that declares this extension. */
    | { case: 'fileContainingExtension'; value: ExtensionRequest }
    /** The extensions of the message of this full name. */
    | { case: 'allExtensionNumbersOfType'; value: string }
    /** All services; the text means nothing. */
    | { case: 'listServices'; value: string }
    | undefined;
}

const ServerReflectionRequestFields: FieldNames = {
  1: 'Host',
  3: 'FileByFilename',
  4: 'FileContainingSymbol',
  5: 'FileContainingExtension',
  6: 'AllExtensionNumbersOfType',
  7: 'ListServices',
};

export const ServerReflectionRequest: MessageType<ServerReflectionRequest> = {
  name: 'grpc.reflection.v1.ServerReflectionRequest',

  create(fields?: Partial<ServerReflectionRequest>): ServerReflectionRequest {
    return {
      host: fields?.host ?? '',
      messageRequest: fields?.messageRequest,
    };
  },

  encode(message: ServerReflectionRequest, writer: Writer): void {
    if (message.host !== '') writer.string(10, message.host);
    switch (message.messageRequest?.case) {
      case 'fileByFilename': {
        writer.string(26, message.messageRequest.value);
        break;
      }
      case 'fileContainingSymbol': {
        writer.string(34, message.messageRequest.value);
        break;
      }
      case 'fileContainingExtension': {
        const start = writer.open(42);
        ExtensionRequest.encode(message.messageRequest.value, writer);
        writer.close(start);
        break;
      }
      case 'allExtensionNumbersOfType': {
        writer.string(50, message.messageRequest.value);
        break;
      }
      case 'listServices': {
        writer.string(58, message.messageRequest.value);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ServerReflectionRequest {
    return ServerReflectionRequest.merge(ServerReflectionRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: ServerReflectionRequest, reader: Reader): ServerReflectionRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.host = reader.string();
          break;
        case 26:
          message.messageRequest = { case: 'fileByFilename', value: reader.string() };
          break;
        case 34:
          message.messageRequest = { case: 'fileContainingSymbol', value: reader.string() };
          break;
        case 42: {
          const outerEnd = reader.enter();
          message.messageRequest = { case: 'fileContainingExtension', value: ExtensionRequest.merge(ExtensionRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 50:
          message.messageRequest = { case: 'allExtensionNumbersOfType', value: reader.string() };
          break;
        case 58:
          message.messageRequest = { case: 'listServices', value: reader.string() };
          break;
        default:
          reader.unexpected(at, tag, 'ServerReflectionRequest', ServerReflectionRequestFields);
      }
    }
    return message;
  },
};

/** Names an extension. */
export interface ExtensionRequest {
  /** Full name of the message that is extended. */
  containingType: string;
  /** Number of the extension's field. */
  extensionNumber: number;
}

const ExtensionRequestFields: FieldNames = { 1: 'ContainingType', 2: 'ExtensionNumber' };

export const ExtensionRequest: MessageType<ExtensionRequest> = {
  name: 'grpc.reflection.v1.ExtensionRequest',

  create(fields?: Partial<ExtensionRequest>): ExtensionRequest {
    return {
      containingType: fields?.containingType ?? '',
      extensionNumber: fields?.extensionNumber ?? 0,
    };
  },

  encode(message: ExtensionRequest, writer: Writer): void {
    if (message.containingType !== '') writer.string(10, message.containingType);
    if (message.extensionNumber !== 0) writer.int32(16, message.extensionNumber);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ExtensionRequest {
    return ExtensionRequest.merge(ExtensionRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: ExtensionRequest, reader: Reader): ExtensionRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.containingType = reader.string();
          break;
        case 16:
          message.extensionNumber = reader.int32();
          break;
        default:
          reader.unexpected(at, tag, 'ExtensionRequest', ExtensionRequestFields);
      }
    }
    return message;
  },
};

/** One answer. */
export interface ServerReflectionResponse {
  /** The host that was asked for. */
  validHost: string;
  /** The question. */
  originalRequest: ServerReflectionRequest | undefined;
  /** The answer. */
  messageResponse:
    /** Files. */
    | { case: 'fileDescriptorResponse'; value: FileDescriptorResponse }
    /** Numbers of extensions. */
    | { case: 'allExtensionNumbersResponse'; value: ExtensionNumberResponse }
    /** Services. */
    | { case: 'listServicesResponse'; value: ListServiceResponse }
    /** Why there is no answer. */
    | { case: 'errorResponse'; value: ErrorResponse }
    | undefined;
}

const ServerReflectionResponseFields: FieldNames = {
  1: 'ValidHost',
  2: 'OriginalRequest',
  4: 'FileDescriptorResponse',
  5: 'AllExtensionNumbersResponse',
  6: 'ListServicesResponse',
  7: 'ErrorResponse',
};

export const ServerReflectionResponse: MessageType<ServerReflectionResponse> = {
  name: 'grpc.reflection.v1.ServerReflectionResponse',

  create(fields?: Partial<ServerReflectionResponse>): ServerReflectionResponse {
    return {
      validHost: fields?.validHost ?? '',
      originalRequest: fields?.originalRequest,
      messageResponse: fields?.messageResponse,
    };
  },

  encode(message: ServerReflectionResponse, writer: Writer): void {
    if (message.validHost !== '') writer.string(10, message.validHost);
    if (message.originalRequest !== undefined) {
      const start = writer.open(18);
      ServerReflectionRequest.encode(message.originalRequest, writer);
      writer.close(start);
    }
    switch (message.messageResponse?.case) {
      case 'fileDescriptorResponse': {
        const start = writer.open(34);
        FileDescriptorResponse.encode(message.messageResponse.value, writer);
        writer.close(start);
        break;
      }
      case 'allExtensionNumbersResponse': {
        const start = writer.open(42);
        ExtensionNumberResponse.encode(message.messageResponse.value, writer);
        writer.close(start);
        break;
      }
      case 'listServicesResponse': {
        const start = writer.open(50);
        ListServiceResponse.encode(message.messageResponse.value, writer);
        writer.close(start);
        break;
      }
      case 'errorResponse': {
        const start = writer.open(58);
        ErrorResponse.encode(message.messageResponse.value, writer);
        writer.close(start);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ServerReflectionResponse {
    return ServerReflectionResponse.merge(ServerReflectionResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ServerReflectionResponse, reader: Reader): ServerReflectionResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.validHost = reader.string();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.originalRequest = ServerReflectionRequest.merge(message.originalRequest ?? ServerReflectionRequest.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 34: {
          const outerEnd = reader.enter();
          message.messageResponse = { case: 'fileDescriptorResponse', value: FileDescriptorResponse.merge(FileDescriptorResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 42: {
          const outerEnd = reader.enter();
          message.messageResponse = { case: 'allExtensionNumbersResponse', value: ExtensionNumberResponse.merge(ExtensionNumberResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 50: {
          const outerEnd = reader.enter();
          message.messageResponse = { case: 'listServicesResponse', value: ListServiceResponse.merge(ListServiceResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 58: {
          const outerEnd = reader.enter();
          message.messageResponse = { case: 'errorResponse', value: ErrorResponse.merge(ErrorResponse.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'ServerReflectionResponse', ServerReflectionResponseFields);
      }
    }
    return message;
  },
};

/** A file and those that it imports, as far as they were not sent on this stream before. */
export interface FileDescriptorResponse {
  /** Each a google.protobuf.FileDescriptorProto. */
  fileDescriptorProto: Uint8Array[];
}

const FileDescriptorResponseFields: FieldNames = { 1: 'FileDescriptorProto' };

export const FileDescriptorResponse: MessageType<FileDescriptorResponse> = {
  name: 'grpc.reflection.v1.FileDescriptorResponse',

  create(fields?: Partial<FileDescriptorResponse>): FileDescriptorResponse {
    return {
      fileDescriptorProto: fields?.fileDescriptorProto ?? [],
    };
  },

  encode(message: FileDescriptorResponse, writer: Writer): void {
    for (const value of message.fileDescriptorProto) {
      writer.bytes(10, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): FileDescriptorResponse {
    return FileDescriptorResponse.merge(FileDescriptorResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: FileDescriptorResponse, reader: Reader): FileDescriptorResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.fileDescriptorProto.push(reader.view());
          break;
        default:
          reader.unexpected(at, tag, 'FileDescriptorResponse', FileDescriptorResponseFields);
      }
    }
    return message;
  },
};

/** The extensions of a message. */
export interface ExtensionNumberResponse {
  /** Full name of the message. */
  baseTypeName: string;
  /** Numbers of the extensions' fields. */
  extensionNumber: number[];
}

const ExtensionNumberResponseFields: FieldNames = { 1: 'BaseTypeName', 2: 'ExtensionNumber' };

export const ExtensionNumberResponse: MessageType<ExtensionNumberResponse> = {
  name: 'grpc.reflection.v1.ExtensionNumberResponse',

  create(fields?: Partial<ExtensionNumberResponse>): ExtensionNumberResponse {
    return {
      baseTypeName: fields?.baseTypeName ?? '',
      extensionNumber: fields?.extensionNumber ?? [],
    };
  },

  encode(message: ExtensionNumberResponse, writer: Writer): void {
    if (message.baseTypeName !== '') writer.string(10, message.baseTypeName);
    if (message.extensionNumber.length !== 0) {
      const start = writer.open(18, message.extensionNumber.length * 10);
      for (const value of message.extensionNumber) writer.int32Value(value);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ExtensionNumberResponse {
    return ExtensionNumberResponse.merge(ExtensionNumberResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ExtensionNumberResponse, reader: Reader): ExtensionNumberResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.baseTypeName = reader.string();
          break;
        case 16:
          message.extensionNumber.push(reader.int32());
          break;
        case 18: {
          const stop = reader.length();
          while (reader.pos < stop) message.extensionNumber.push(reader.int32());
          break;
        }
        default:
          reader.unexpected(at, tag, 'ExtensionNumberResponse', ExtensionNumberResponseFields);
      }
    }
    return message;
  },
};

/** The services of this server. */
export interface ListServiceResponse {
  /** The services, by name. */
  service: ServiceResponse[];
}

const ListServiceResponseFields: FieldNames = { 1: 'Service' };

export const ListServiceResponse: MessageType<ListServiceResponse> = {
  name: 'grpc.reflection.v1.ListServiceResponse',

  create(fields?: Partial<ListServiceResponse>): ListServiceResponse {
    return {
      service: fields?.service ?? [],
    };
  },

  encode(message: ListServiceResponse, writer: Writer): void {
    for (const value of message.service) {
      const start = writer.open(10);
      ServiceResponse.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ListServiceResponse {
    return ListServiceResponse.merge(ListServiceResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ListServiceResponse, reader: Reader): ListServiceResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.service.push(ServiceResponse.merge(ServiceResponse.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'ListServiceResponse', ListServiceResponseFields);
      }
    }
    return message;
  },
};

/** One service. */
export interface ServiceResponse {
  /** Full name. */
  name: string;
}

const ServiceResponseFields: FieldNames = { 1: 'Name' };

export const ServiceResponse: MessageType<ServiceResponse> = {
  name: 'grpc.reflection.v1.ServiceResponse',

  create(fields?: Partial<ServiceResponse>): ServiceResponse {
    return {
      name: fields?.name ?? '',
    };
  },

  encode(message: ServiceResponse, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ServiceResponse {
    return ServiceResponse.merge(ServiceResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ServiceResponse, reader: Reader): ServiceResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'ServiceResponse', ServiceResponseFields);
      }
    }
    return message;
  },
};

/** Why a question has no answer. */
export interface ErrorResponse {
  /** A gRPC status code. */
  errorCode: number;
  /** The reason in words. */
  errorMessage: string;
}

const ErrorResponseFields: FieldNames = { 1: 'ErrorCode', 2: 'ErrorMessage' };

export const ErrorResponse: MessageType<ErrorResponse> = {
  name: 'grpc.reflection.v1.ErrorResponse',

  create(fields?: Partial<ErrorResponse>): ErrorResponse {
    return {
      errorCode: fields?.errorCode ?? 0,
      errorMessage: fields?.errorMessage ?? '',
    };
  },

  encode(message: ErrorResponse, writer: Writer): void {
    if (message.errorCode !== 0) writer.int32(8, message.errorCode);
    if (message.errorMessage !== '') writer.string(18, message.errorMessage);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): ErrorResponse {
    return ErrorResponse.merge(ErrorResponse.create(), new Reader(bytes, start, end));
  },

  merge(message: ErrorResponse, reader: Reader): ErrorResponse {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.errorCode = reader.int32();
          break;
        case 18:
          message.errorMessage = reader.string();
          break;
        default:
          reader.unexpected(at, tag, 'ErrorResponse', ErrorResponseFields);
      }
    }
    return message;
  },
};

/** Tells what this server serves. */
export const ServerReflection = {
  name: 'grpc.reflection.v1.ServerReflection',
  methods: {
    /** Answers each request in turn. */
    serverReflectionInfo: {
      name: 'ServerReflectionInfo',
      path: '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      kind: 'bidi',
      request: ServerReflectionRequest,
      response: ServerReflectionResponse,
    },
  },
} as const satisfies ServiceDescriptor;
