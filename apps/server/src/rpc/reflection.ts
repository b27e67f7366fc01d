/**
 * `grpc.reflection`, versions 1 and 1 alpha, which differ in their name alone: tools such as grpcurl ask it what this
 * server serves and how its messages look.
 */
import {
  ErrorResponse,
  ExtensionNumberResponse,
  FileDescriptorResponse,
  ListServiceResponse,
  ServerReflection,
  ServerReflectionRequest,
  ServerReflectionResponse,
  StatusCode,
  encode,
  fileDescriptors,
  type FileDescriptor,
  type ServiceDescriptor,
} from '@concord/protocol';
import type { MethodRegistry, Stream, StreamEvents } from './method.ts';

type Answer = NonNullable<ServerReflectionResponse['messageResponse']>;

const info = ServerReflection.methods.serverReflectionInfo;
const OLDER_NAME = 'grpc.reflection.v1alpha.ServerReflection';

const older = {
  name: OLDER_NAME,
  methods: { serverReflectionInfo: { ...info, path: `/${OLDER_NAME}/${info.name}` } },
} as const satisfies ServiceDescriptor;

const filesByPath = new Map(fileDescriptors.map((file) => [file.path, file]));
const filesBySymbol = new Map(
  fileDescriptors.flatMap((file) => file.symbols.map((symbol) => [symbol, file] as const)),
);

export class ReflectionService {
  readonly #registry: MethodRegistry;

  /** Tells of what `registry` has when it is asked. */
  constructor(registry: MethodRegistry) {
    this.#registry = registry;
  }

  register(): void {
    for (const service of [ServerReflection, older]) {
      const method = service.methods.serverReflectionInfo;
      this.#registry.stream(service, method, (stream) => this.#open(stream));
    }
  }

  #open(stream: Stream): StreamEvents {
    const sent = new Set<string>();
    return {
      message: (bytes) => {
        const request = ServerReflectionRequest.decode(bytes);
        const messageResponse = this.#answer(request, sent);
        const response = { validHost: request.host, originalRequest: request, messageResponse };
        // A client that asks for more than it reads is held back, not remembered.
        if (!stream.write(encode(ServerReflectionResponse, response))) stream.pause();
      },
      halfClose: () => stream.end(),
      closed: () => undefined,
      drain: () => stream.resume(),
    };
  }

  #answer({ messageRequest }: ServerReflectionRequest, sent: Set<string>): Answer {
    switch (messageRequest?.case) {
      case 'fileByFilename':
        return filesFrom(filesByPath.get(messageRequest.value), sent);
      case 'fileContainingSymbol':
        return filesFrom(filesBySymbol.get(messageRequest.value), sent);
      case 'fileContainingExtension':
        return notFound;
      case 'allExtensionNumbersOfType':
        return extensionsOf(messageRequest.value);
      case 'listServices':
        return this.#services();
      case undefined:
        return failure(StatusCode.INVALID_ARGUMENT, 'the request asks nothing that is known here');
    }
  }

  #services(): Answer {
    const names = [...this.#registry.methods.keys()].map((path) => path.split('/')[1] ?? '');
    const service = [...new Set(names)].sort().map((name) => ({ name }));
    return { case: 'listServicesResponse', value: ListServiceResponse.create({ service }) };
  }
}

const failure = (errorCode: number, errorMessage: string): Answer => ({
  case: 'errorResponse',
  value: ErrorResponse.create({ errorCode, errorMessage }),
});

/** grpc-go's words. */
const notFound = failure(StatusCode.NOT_FOUND, 'proto: not found');

/** These protocols have no extensions. */
function extensionsOf(baseTypeName: string): Answer {
  if (!filesBySymbol.has(baseTypeName)) return notFound;
  const value = ExtensionNumberResponse.create({ baseTypeName });
  return { case: 'allExtensionNumbersResponse', value };
}

/** A file, whether or not it was sent before, and what it imports, if that was not. */
function filesFrom(file: FileDescriptor | undefined, sent: Set<string>): Answer {
  if (file === undefined) return notFound;
  const files = [file, ...importsOf(file, sent)];
  for (const { path } of files) sent.add(path);
  const fileDescriptorProto = files.map(({ base64 }) => Buffer.from(base64.join(''), 'base64'));
  const value = FileDescriptorResponse.create({ fileDescriptorProto });
  return { case: 'fileDescriptorResponse', value };
}

function importsOf(file: FileDescriptor, sent: ReadonlySet<string>): Set<FileDescriptor> {
  const found = new Set<FileDescriptor>();
  const visit = ({ imports }: FileDescriptor): void => {
    for (const path of imports) {
      const imported = filesByPath.get(path);
      if (imported === undefined || sent.has(path) || found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(file);
  found.delete(file);
  return found;
}
