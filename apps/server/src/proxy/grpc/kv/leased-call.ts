/** A call that the leasing protocol answers: until then it may be given up, and afterwards its client is told. */
import { encode, type MessageType } from '@concord/protocol';
import type { Reply, UnaryHandler } from '../../../rpc/method.ts';
import { askerOf, type Asker } from '../asker.ts';
import { CallFailure } from '../cluster/call-failure.ts';
import { rowOf } from '../forwarder.ts';
import type { Caller } from '../leasing/cluster-kv.ts';

type UnaryCall = Parameters<UnaryHandler>[2];

export class LeasedCall implements Caller {
  readonly asker: Asker;
  readonly #call: UnaryCall;
  readonly #reply: Reply;
  #stop: AbortController | undefined;

  constructor(call: UnaryCall, reply: Reply) {
    this.asker = askerOf(call.metadata);
    this.#call = call;
    this.#reply = reply;
  }

  get signal(): AbortSignal {
    return (this.#stop ??= new AbortController()).signal;
  }

  /** @param settled called before the client hears, with what he is told, and when he has gone */
  answer<Response>(
    response: Response | Promise<Response>,
    type: MessageType<Response>,
    settled: (bytes: Uint8Array | undefined) => void,
  ): void {
    this.#call.onCancel = () => {
      this.#stop?.abort();
      settled(undefined);
    };
    void Promise.resolve(response).then(
      (message) => {
        const bytes = encode(type, message);
        if (this.#call.cancelled) return;
        settled(bytes);
        this.#reply.ok((writer) => writer.raw(bytes));
      },
      (error: unknown) => {
        if (!(error instanceof CallFailure)) throw error;
        if (this.#call.cancelled) return;
        settled(undefined);
        this.#reply.fail(rowOf(error));
      },
    );
  }
}
