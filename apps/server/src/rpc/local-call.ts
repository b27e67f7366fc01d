/**
 * Calls one of the member's own RPCs without a socket: what HTTP APIs and services built on other services do. The
 * call goes through the same gate, counters and checks as a remote one, with the metadata of whoever asked.
 */
import type { PeerCertificate } from 'node:tls';
import type { Metadata } from '@concord/grpc-server';
import {
  GrpcStatus,
  type CancelReason,
  type Method,
  type StreamCall,
  type StreamHandler,
  type UnaryCall,
} from '@concord/grpc-server';

/** Who asks: what a remote call would bring along. */
export interface LocalCaller {
  readonly metadata: Metadata;
  /** `address:port` of the client behind it. */
  readonly peer: string;
  readonly tlsPeerCertificate: PeerCertificate | undefined;
}

/** The end of a call; `code` is one of `GrpcStatus`. */
export interface LocalStatus {
  readonly code: number;
  readonly message: string;
}

/** What becomes of a unary call. */
export type LocalOutcome =
  | { readonly kind: 'answered'; readonly response: Uint8Array }
  | ({ readonly kind: 'failed' } & LocalStatus);

/** The client's side of a local stream. */
export interface LocalStream {
  /** One message of the client. False when it waits for the member: then the next had better wait for `ready`. */
  send(message: Uint8Array): boolean;
  /** The client sends no more. */
  halfClose(): void;
  /** The client goes away; nothing is heard afterwards. */
  cancel(): void;
  /** There is room again after `message` answered false. */
  drained(): void;
}

export interface LocalStreamEvents {
  /** One message of the server, valid during the call. False when it had better wait for `drained`. */
  message(bytes: Uint8Array): boolean;
  /** All messages are taken, after `send` answered false. */
  ready?(): void;
  /** Called at most once, and last. */
  ended(status: LocalStatus): void;
}

export class LocalCalls {
  readonly #methods: ReadonlyMap<string, Method>;

  constructor(methods: ReadonlyMap<string, Method>) {
    this.#methods = methods;
  }

  /**
   * `path` is `/package.Service/Method`. Never rejects; fails with `UNIMPLEMENTED` where there is no such method. `gone` is
   * aborted when whoever asked has gone away: a call that waits is told, and takes back what it waits with.
   */
  unary(
    path: string,
    request: Uint8Array,
    caller: LocalCaller,
    gone?: AbortSignal,
  ): Promise<LocalOutcome> {
    const method = this.#methods.get(path);
    if (method?.kind !== 'unary')
      return Promise.resolve({ kind: 'failed', ...unimplemented(path) });
    return new Promise((resolve) => {
      const cancel = (): void => call.onCancel?.('cancelled');
      const settle = (outcome: LocalOutcome): void => {
        gone?.removeEventListener('abort', cancel);
        resolve(outcome);
      };
      const call: UnaryCall = {
        ...caller,
        path,
        deadline: undefined,
        get cancelled() {
          return gone?.aborted === true;
        },
        onCancel: undefined,
        // The bytes are lent until this returns.
        respond: (response) => settle({ kind: 'answered', response: response.slice() }),
        fail: (code, message) => settle({ kind: 'failed', code, message }),
      };
      gone?.addEventListener('abort', cancel);
      method.handle(request, call);
    });
  }

  stream(path: string, caller: LocalCaller, events: LocalStreamEvents): LocalStream {
    const method = this.#methods.get(path);
    if (method?.kind !== 'stream') {
      events.ended(unimplemented(path));
      return deadStream;
    }
    return new LocalStreamCall(path, caller, events).open(method.open);
  }
}

const unimplemented = (path: string): LocalStatus => ({
  code: GrpcStatus.unimplemented,
  message: `unknown method ${path}`,
});

const deadStream: LocalStream = {
  send: () => true,
  halfClose: () => undefined,
  cancel: () => undefined,
  drained: () => undefined,
};

/** Both sides of one stream: the handler writes to it, the local client sends through it. */
class LocalStreamCall implements StreamCall, LocalStream {
  readonly path: string;
  readonly metadata: Metadata;
  readonly peer: string;
  readonly tlsPeerCertificate: PeerCertificate | undefined;
  readonly deadline = undefined;
  readonly pendingBytes = 0;
  readonly #events: LocalStreamEvents;
  #handler: StreamHandler | undefined;
  #state: 'open' | 'over' = 'open';
  #isPaused = false;
  #waiting: (Uint8Array | 'half-close')[] = [];

  constructor(path: string, caller: LocalCaller, events: LocalStreamEvents) {
    this.path = path;
    this.metadata = caller.metadata;
    this.peer = caller.peer;
    this.tlsPeerCertificate = caller.tlsPeerCertificate;
    this.#events = events;
  }

  open(accept: (call: StreamCall) => StreamHandler): this {
    this.#handler = accept(this);
    // The handler may have ended the stream before there was anybody to be told.
    if (this.#state === 'over') this.#handler.closed('finished');
    return this;
  }

  get cancelled(): boolean {
    return this.#state === 'over';
  }

  write(message: Uint8Array): boolean {
    return this.#state === 'over' || this.#events.message(message);
  }

  sendHeaders(): void {
    // There is nobody to tell headers to.
  }

  end(): void {
    this.#finish({ code: GrpcStatus.ok, message: '' });
  }

  fail(code: number, message: string): void {
    this.#finish({ code, message });
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    const hasKeptWaiting = this.#waiting.length > 0;
    this.#deliver();
    if (hasKeptWaiting && this.#waiting.length === 0) this.#events.ready?.();
  }

  send(message: Uint8Array): boolean {
    this.#waiting.push(message);
    this.#deliver();
    return this.#waiting.length === 0;
  }

  halfClose(): void {
    this.#waiting.push('half-close');
    this.#deliver();
  }

  cancel(): void {
    if (this.#state === 'over') return;
    this.#close('cancelled');
  }

  drained(): void {
    if (this.#state === 'open') this.#handler?.drain?.();
  }

  #deliver(): void {
    while (!this.#isPaused && this.#state === 'open') {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (next === 'half-close') this.#handler?.halfClose();
      else this.#handler?.message(next);
    }
  }

  #finish(status: LocalStatus): void {
    if (this.#state === 'over') return;
    this.#close('finished');
    this.#events.ended(status);
  }

  #close(reason: CancelReason | 'finished'): void {
    this.#state = 'over';
    this.#waiting = [];
    this.#handler?.closed(reason);
  }
}
