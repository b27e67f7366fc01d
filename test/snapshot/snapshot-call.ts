/** `Maintenance.Snapshot` through a client that is not ours; nothing is read before somebody asks. */
import * as grpc from '@grpc/grpc-js';
import { methodDefinition } from '../conformance/harness/service-definitions.ts';

export interface SnapshotMessage {
  readonly header: object | null;
  /** Decimal. */
  readonly remaining_bytes: string;
  readonly blob: Buffer;
  readonly version: string;
}

export class SnapshotCall implements Disposable {
  readonly #client: grpc.Client;
  readonly #stream: grpc.ClientReadableStream<SnapshotMessage>;

  constructor(endpoint: string) {
    const { path, requestSerialize, responseDeserialize } = methodDefinition('Snapshot');
    this.#client = new grpc.Client(endpoint, grpc.credentials.createInsecure());
    this.#stream = this.#client.makeServerStreamRequest(
      path,
      requestSerialize,
      (bytes) => responseDeserialize(bytes) as SnapshotMessage,
      {},
    );
  }

  /** The messages from here on. Throws what the call ends with. */
  async *messages(): AsyncGenerator<SnapshotMessage, void> {
    for await (const message of this.#stream) yield message as SnapshotMessage;
  }

  /** All that is left, in one piece. */
  async blobs(): Promise<Buffer> {
    const blobs: Buffer[] = [];
    for await (const { blob } of this.messages()) blobs.push(blob);
    return Buffer.concat(blobs);
  }

  /** Gives the call up. */
  [Symbol.dispose](): void {
    // The stream says that it was cancelled, to nobody.
    this.#stream.on('error', () => undefined);
    this.#stream.cancel();
    this.#client.close();
  }
}
