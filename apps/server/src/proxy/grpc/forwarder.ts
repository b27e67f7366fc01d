/**
 * Hands calls on to the cluster as they are, but for the keys where there is a namespace: requests and answers stay bytes
 * wherever nothing in them is of interest to the proxy.
 */
import {
  encode,
  StatusCode,
  type MethodDescriptor,
  type ServiceDescriptor,
} from '@concord/protocol';
import type {
  MethodRegistry,
  Reply,
  Stream,
  StreamEvents,
  UnaryHandler,
} from '../../rpc/method.ts';
import { askerOf, type Asker } from './asker.ts';
import { CallFailure } from './cluster/call-failure.ts';
import type { ClusterCall } from './cluster/cluster-call.ts';
import type { Cluster } from './cluster/cluster.ts';
import { askCluster } from './cluster/unary.ts';

/** Changes the keys of a message in place, or answers a copy with other ones. */
export type Rewrite<Message> = (message: Message) => Message;

export interface ForwardOptions<Request, Response> {
  /** It changes nothing, so it may be answered twice. */
  readonly isRead?: boolean;
  /** Default: the bytes are handed on. */
  readonly request?: Rewrite<Request> | undefined;
  readonly response?: Rewrite<Response> | undefined;
  /** Hears of the request before it is sent, and answers what to do when it was answered, before the client hears. */
  readonly began?: (bytes: Uint8Array) => () => void;
}

/** What a client's call got: exactly one of the two is there. */
export type Answered = (failure: CallFailure | undefined, response: Uint8Array) => void;

export class Forwarder {
  readonly cluster: Cluster;
  readonly #requestBytesMax: number;

  /** @param requestBytesMax larger ones are refused; 0 for no bound */
  constructor(cluster: Cluster, requestBytesMax: number) {
    this.cluster = cluster;
    this.#requestBytesMax = requestBytesMax;
  }

  /** A unary method that is handed on. */
  unary<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    options: ForwardOptions<Request, Response> = {},
  ): UnaryHandler {
    const { isRead = false, request: toCluster, response: toClient, began } = options;
    return (request, reply, call) => {
      const bytes =
        toCluster === undefined
          ? request
          : encode(method.request, toCluster(method.request.decode(request)));
      const asker = askerOf(call.metadata);
      const ask = { method, bytes, asker, isRead };
      const ended = began?.(request);
      call.onCancel = this.ask(ask, (failure, response) => {
        ended?.();
        if (failure !== undefined) reply.fail(rowOf(failure));
        else if (toClient === undefined) reply.ok((writer) => writer.raw(response));
        else {
          const rewritten = toClient(method.response.decode(response));
          reply.ok((writer) => method.response.encode(rewritten, writer));
        }
      });
    };
  }

  /** Asks the cluster for a client; answers how the client gives up. `bytes` are copied. */
  ask({ method, bytes, asker, isRead }: ForwardedRequest, answered: Answered): () => void {
    const bytesMax = this.#requestBytesMax;
    if (bytesMax > 0 && bytes.length > bytesMax) {
      answered(tooLarge(bytes.length, bytesMax), bytes);
      return () => undefined;
    }
    const { path } = method;
    const unary = { path, headers: asker.headers, bytes: bytes.slice(), isRead };
    const asking = askCluster(this.cluster, unary, answered);
    return () => asking.cancel();
  }

  /** A method of one request and many answers, at the pace of the client. */
  answers<Request, Response>(
    registry: MethodRegistry,
    service: ServiceDescriptor,
    method: MethodDescriptor<Request, Response>,
    { request: toCluster, response: toClient }: ForwardOptions<Request, Response> = {},
  ): void {
    registry.stream(
      service,
      method,
      (stream, { metadata }) =>
        new ForwardedAnswers(this.cluster, method.path, askerOf(metadata), stream, {
          request: (bytes) =>
            toCluster === undefined
              ? bytes.slice()
              : encode(method.request, toCluster(method.request.decode(bytes))),
          response: (bytes) =>
            toClient === undefined
              ? bytes
              : encode(method.response, toClient(method.response.decode(bytes))),
        }),
    );
  }
}

export interface ForwardedRequest {
  readonly method: Pick<MethodDescriptor, 'path'>;
  readonly bytes: Uint8Array;
  readonly asker: Asker;
  readonly isRead: boolean;
}

/** In gRPC's words. */
const tooLarge = (bytes: number, bytesMax: number): CallFailure =>
  new CallFailure(
    StatusCode.RESOURCE_EXHAUSTED,
    `trying to send message larger than max (${bytes} vs. ${bytesMax})`,
  );

/** The client is told what the member said. */
export const rowOf = ({ code, message }: CallFailure): Parameters<Reply['fail']>[0] => ({
  code: code as StatusCode,
  message,
});

interface Rewrites {
  request(bytes: Uint8Array): Uint8Array;
  response(bytes: Uint8Array): Uint8Array;
}

class ForwardedAnswers implements StreamEvents {
  readonly #cluster: Cluster;
  readonly #path: string;
  readonly #asker: Asker;
  readonly #stream: Stream;
  readonly #rewrites: Rewrites;
  #call: ClusterCall | undefined;
  #cancel: (() => void) | undefined;

  constructor(cluster: Cluster, path: string, asker: Asker, stream: Stream, rewrites: Rewrites) {
    this.#cluster = cluster;
    this.#path = path;
    this.#asker = asker;
    this.#stream = stream;
    this.#rewrites = rewrites;
  }

  message(bytes: Uint8Array): void {
    if (this.#cancel !== undefined) return;
    const request = this.#rewrites.request(bytes);
    const opening = this.#cluster.open(this.#path, this.#asker.headers, {
      opened: (call) => {
        this.#call = call;
        call.finish(request);
      },
      message: (response) => {
        if (!this.#stream.write(this.#rewrites.response(response))) this.#call?.pause();
      },
      ended: (failure) => {
        if (failure === undefined) this.#stream.end();
        else this.#stream.fail(rowOf(failure));
      },
    });
    this.#cancel = () => opening.cancel();
  }

  halfClose(): void {
    // The one request is complete when it is there.
  }

  drain(): void {
    this.#call?.resume();
  }

  closed(): void {
    this.#cancel?.();
  }
}
