/** A client of the gateway's gRPC that knows nothing but what reflection says. */
import * as grpc from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer, loadSync } from '@grpc/proto-loader';

export type Fields = Readonly<Record<string, unknown>>;
interface Reply {
  readonly fileDescriptorResponse?: { readonly fileDescriptorProto: readonly Buffer[] };
  readonly listServicesResponse?: { readonly service: readonly { readonly name: string }[] };
}
export const LOADING = { longs: Number, enums: String, defaults: true, arrays: true } as const;

/** Asks the reflection service. */
async function reflect(address: string, questions: readonly Fields[]): Promise<readonly Reply[]> {
  const definition = loadSync('proto/grpc/reflection.proto', { ...LOADING, longs: String });
  const service = definition['grpc.reflection.v1.ServerReflection'] as grpc.ServiceDefinition;
  const Client = grpc.makeClientConstructor(service, 'ServerReflection');
  const client = new Client(address, grpc.credentials.createInsecure());
  const stream = (
    client['ServerReflectionInfo'] as () => grpc.ClientDuplexStream<Fields, Reply>
  ).call(client);
  for (const question of questions) stream.write(question);
  stream.end();
  const replies = await Array.fromAsync(stream as AsyncIterable<Reply>);
  client.close();
  return replies;
}

/** A client of each service, by the last part of its name, made of nothing but what reflection says. */
export class Reflected {
  readonly names: readonly string[];
  readonly #methods = new Map<string, readonly string[]>();
  readonly #clients = new Map<string, grpc.Client & Record<string, unknown>>();

  private constructor(names: readonly string[]) {
    this.names = names;
  }

  static async of(address: string): Promise<Reflected> {
    const [listed] = await reflect(address, [{ listServices: '' }]);
    const names = listed?.listServicesResponse?.service.map(({ name }) => name) ?? [];
    const reflected = new Reflected(names);
    const own = names.filter((name) => name.startsWith('concord.'));
    const replies = await reflect(
      address,
      own.map((name) => ({ fileContainingSymbol: name })),
    );
    const files = replies.flatMap(
      ({ fileDescriptorResponse }) => fileDescriptorResponse?.fileDescriptorProto ?? [],
    );
    // A FileDescriptorSet is its files, each as field 1.
    const set = Buffer.concat(files.map((file) => Buffer.concat([prefix(file.length), file])));
    const definition = loadFileDescriptorSetFromBuffer(set, LOADING);
    for (const name of own) {
      const service = definition[name] as grpc.ServiceDefinition;
      reflected.#methods.set(name.split('.').at(-1) ?? '', Object.keys(service));
      const Client = grpc.makeClientConstructor(service, name);
      const client = new Client(address, grpc.credentials.createInsecure());
      reflected.#clients.set(name.split('.').at(-1) ?? '', client);
    }
    return reflected;
  }

  call<Answer = Fields>(
    service: string,
    method: string,
    request: Fields,
    options: grpc.CallOptions = {},
  ): Promise<Answer> {
    const client = this.#clients.get(service)!;
    const invoke = client[method] as (...given: unknown[]) => grpc.ClientUnaryCall;
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, answer: Answer): void =>
        error === null ? resolve(answer) : reject(error);
      invoke.call(client, request, new grpc.Metadata(), options, done);
    });
  }

  stream<Message>(
    service: string,
    method: string,
    request: Fields,
  ): grpc.ClientReadableStream<Message> {
    const client = this.#clients.get(service)!;
    return (client[method] as (request: Fields) => grpc.ClientReadableStream<Message>).call(
      client,
      request,
    );
  }

  /** The methods of a service. */
  methodsOf(service: string): readonly string[] {
    return this.#methods.get(service) ?? [];
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }
}

function prefix(length: number): Buffer {
  const parts = [0x0a];
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) parts.push((rest & 0x7f) | 0x80);
  return Buffer.from([...parts, rest]);
}

/** The next message of a stream, each time it is asked. */
export function messagesOf<T>(stream: grpc.ClientReadableStream<T>): () => Promise<T> {
  const messages = stream[Symbol.asyncIterator]() as AsyncIterator<T, undefined>;
  return async () => {
    const { done, value } = await messages.next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  };
}
