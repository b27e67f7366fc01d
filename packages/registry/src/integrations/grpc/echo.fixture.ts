/** A gRPC service that says who answered, in any copy of grpc-js. */
import * as ownGrpc from '@grpc/grpc-js';
import type { Grpc } from './edition.ts';

const text = {
  requestSerialize: (value: string) => Buffer.from(value),
  requestDeserialize: (bytes: Buffer) => bytes.toString(),
  responseSerialize: (value: string) => Buffer.from(value),
  responseDeserialize: (bytes: Buffer) => bytes.toString(),
};
const definition = {
  echo: { path: '/test.Echo/Echo', requestStream: false, responseStream: false, ...text },
} as const;

export type EchoHandler = (request: string) => Promise<string> | string;

export class EchoServer implements AsyncDisposable {
  readonly port: number;
  calls = 0;
  readonly #server: ownGrpc.Server;

  private constructor(server: ownGrpc.Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @param handler - answers; throws an object with a gRPC `code` to fail */
  static async start(handler: EchoHandler, port = 0): Promise<EchoServer> {
    const server = new ownGrpc.Server();
    const started: { server?: EchoServer } = {};
    server.addService(definition, {
      echo: (
        call: ownGrpc.ServerUnaryCall<string, string>,
        done: ownGrpc.sendUnaryData<string>,
      ) => {
        started.server!.calls += 1;
        answerOf(handler, call.request).then(
          (answer) => done(null, answer),
          (error: unknown) => done(error as ownGrpc.ServerErrorResponse),
        );
      },
    });
    const bound = await new Promise<number>((resolve, reject) => {
      server.bindAsync(
        `127.0.0.1:${port}`,
        ownGrpc.ServerCredentials.createInsecure(),
        (error, to) => (error === null ? resolve(to) : reject(error)),
      );
    });
    return (started.server = new EchoServer(server, bound));
  }

  /** Takes no new calls, and ends when those on their way have. */
  drain(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#server.tryShutdown((error) => (error === undefined ? resolve() : reject(error))),
    );
  }

  kill(): void {
    this.#server.forceShutdown();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    return Promise.resolve();
  }
}

const answerOf = async (handler: EchoHandler, request: string): Promise<string> => handler(request);

export class EchoClient implements Disposable {
  readonly #grpc: Grpc;
  readonly #client: ownGrpc.Client;

  constructor(target: string, options: ownGrpc.ClientOptions = {}, grpc: Grpc = ownGrpc) {
    this.#grpc = grpc;
    const Client = grpc.makeGenericClientConstructor(definition, 'Echo');
    this.#client = new Client(target, grpc.credentials.createInsecure(), options);
  }

  echo(
    request = 'hello',
    options: { deadlineMs?: number; waitForReady?: boolean; hashKey?: string } = {},
  ): Promise<string> {
    const { deadlineMs = 10_000, waitForReady = false, hashKey } = options;
    const metadata = new this.#grpc.Metadata({ waitForReady });
    if (hashKey !== undefined) metadata.set('concord-hash-key', hashKey);
    const { path, requestSerialize, responseDeserialize } = definition.echo;
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        { deadline: Date.now() + deadlineMs },
        (error, answer) => (error === null ? resolve(answer!) : reject(error)),
      );
    });
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}
