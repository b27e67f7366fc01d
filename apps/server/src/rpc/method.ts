/**
 * Turns a service's handlers into methods of the gRPC server: counting, and the answers that every RPC gives
 * alike to a request that cannot be read or calls for a leader that is not there.
 */
import type { Method, Metadata, StreamCall, StreamHandler, UnaryCall } from '@concord/grpc-server';
import {
  ProtocolDecodeError,
  StatusCode,
  Writer,
  etcdErrors,
  type EtcdErrorRow,
  type MethodDescriptor,
  type ServiceDescriptor,
} from '@concord/protocol';
import { accessOf, type Access } from '../auth/access-table.ts';
import type { Credentials } from '../auth/authenticator.ts';
import { INVALID_TOKEN, NOBODY, type Caller } from '../auth/caller.ts';
import { nobodyObserves, type CallObserver } from './call-observer.ts';
import { LateEvents, unopened } from './late-events.ts';
import { MethodMetrics } from './method-metrics.ts';
import { turnMs } from './turn-clock.ts';

/** How a unary call is answered, exactly once. */
export class Reply {
  /** Every response is encoded here, one at a time: `respond` copies it before it returns. */
  static readonly #writer = new Writer();
  readonly #call: UnaryCall;
  readonly #metrics: MethodMetrics;
  /** Who asks; nobody while authentication is off, and of methods that ask nobody. */
  caller: Caller = NOBODY;
  readonly #observer: CallObserver;
  /** Microseconds, cut to 32 bits: so it is no object of its own. */
  readonly #began: number;

  constructor(call: UnaryCall, metrics: MethodMetrics, observer: CallObserver) {
    this.#call = call;
    this.#metrics = metrics;
    this.#observer = observer;
    this.#began = microsecondsOf(turnMs());
  }

  /** Where the call comes from: `address:port`, or the path of a local socket. */
  get peer(): string {
    return this.#call.peer;
  }

  ok(write: (writer: Writer) => void): void {
    const writer = Reply.#writer.reset();
    write(writer);
    this.#metrics.sent += 1;
    this.#metrics.sentBytes += writer.length;
    this.#ended(StatusCode.OK);
    this.#call.respond(writer.view());
  }

  fail({ code, message }: Pick<EtcdErrorRow, 'code' | 'message'>): void {
    this.#ended(code);
    this.#call.fail(code, message);
  }

  #ended(code: number): void {
    const now = this.#metrics.isTimed ? performance.now() : turnMs();
    const took = (microsecondsOf(now) - this.#began) | 0;
    this.#metrics.ended(code, took);
    if (took >= this.#observer.slowMicroseconds) {
      this.#observer.slow(this.#call.path, code, took / 1000);
    }
  }
}

/** Monotonic, cut to 32 bits: differences of up to half an hour are right, and no unary call takes as long. */
const microsecondsOf = (milliseconds: number): number => (milliseconds * 1000) | 0;

/** `call` is who asks, and tells when the asker has gone. */
export type UnaryHandler = (request: Uint8Array, reply: Reply, call: UnaryCall) => void;

/** What a streaming handler writes to; the metrics see every message. */
export interface Stream {
  /** Finds out who asks, anew at each message: a token may have been revoked since the last. */
  identify(): Caller;
  write(message: Uint8Array): boolean;
  /** Holds the client's messages back, until `resume`. */
  pause(): void;
  resume(): void;
  end(): void;
  fail(error: Pick<EtcdErrorRow, 'code' | 'message'>): void;
}

export interface StreamEvents {
  message(bytes: Uint8Array): void;
  /** The client has said its last; the server may go on. */
  halfClose(): void;
  /** The call is over, whoever ended it. Called exactly once. */
  closed(): void;
  /** There is room again after `write` answered false. */
  drain?(): void;
}

/** Which calls this member takes at all: see `Admission`. */
export interface Gate {
  readonly hasLeader: boolean;
  refuseUnary(path: string, request: Uint8Array): EtcdErrorRow | undefined;
  refuseStream(path: string): EtcdErrorRow | undefined;
  /** Whether it matters who asks. */
  readonly asksForCredentials: boolean;
  /** `unapplied` where `whenIdentified` will know. */
  identify(credentials: Credentials): Caller | 'unapplied';
  /** Once this member's state holds all that was complete when the call came. */
  whenIdentified(
    credentials: Credentials,
    identified: (caller: Caller) => void,
    fail: (error: EtcdErrorRow) => void,
  ): void;
  /** Why somebody may not make a call at all. */
  refuseCaller(access: Access, caller: Caller): EtcdErrorRow | undefined;
}

export class MethodRegistry {
  readonly methods = new Map<string, Method>();
  readonly metrics: MethodMetrics[] = [];
  readonly #gate: Gate;
  readonly #observer: CallObserver;
  /** Streams of clients that want them ended when there is no leader. */
  readonly #leaderBound = new Set<CountedStream>();

  constructor(gate: Gate, observer: CallObserver = nobodyObserves) {
    this.#gate = gate;
    this.#observer = observer;
  }

  /** This member has been without a leader for long: who cannot do without is told. */
  leaderLost(): void {
    for (const stream of this.#leaderBound) stream.fail(etcdErrors.ErrNoLeader);
    this.#leaderBound.clear();
  }

  unary(service: ServiceDescriptor, method: MethodDescriptor, handler: UnaryHandler): void {
    const metrics = this.#count(service, method);
    const access = accessOf(method.path);
    this.methods.set(method.path, {
      kind: 'unary',
      handle: (request, call) => {
        metrics.started += 1;
        metrics.received += 1;
        metrics.receivedBytes += request.length;
        this.#observer.began(call.metadata, 'unary');
        const reply = new Reply(call, metrics, this.#observer);
        if (this.#lacksLeader(call.metadata)) return reply.fail(etcdErrors.ErrNoLeader);
        try {
          const refused = this.#gate.refuseUnary(method.path, request);
          if (refused !== undefined) return reply.fail(refused);
          if (access === 'open' || !this.#gate.asksForCredentials)
            return handler(request, reply, call);
          this.#authenticated(call, access, request, reply, handler);
        } catch (error) {
          reply.fail(unreadable(error, 'error unmarshalling request'));
        }
      },
    });
  }

  stream(
    service: ServiceDescriptor,
    method: MethodDescriptor,
    open: (stream: Stream, call: StreamCall) => StreamEvents,
  ): void {
    const metrics = this.#count(service, method);
    const access = accessOf(method.path);
    this.methods.set(method.path, {
      kind: 'stream',
      open: (call) => {
        metrics.started += 1;
        this.#observer.began(call.metadata, 'stream');
        const stream = new CountedStream(call, metrics, () => this.#identify(call));
        const refused = this.#lacksLeader(call.metadata)
          ? etcdErrors.ErrNoLeader
          : this.#gate.refuseStream(method.path);
        if (refused !== undefined) {
          stream.fail(refused);
          return ended;
        }
        const isLeaderBound = needsLeader(call.metadata);
        if (isLeaderBound) this.#leaderBound.add(stream);
        const over = (): void => {
          if (isLeaderBound) this.#leaderBound.delete(stream);
        };
        return guarded(
          this.#authenticatedStream(call, access, stream, open),
          stream,
          metrics,
          over,
        );
      },
    });
  }

  /** A stream of whom this member has yet to hear is opened behind a read; its messages wait in the client. */
  #authenticatedStream(
    call: StreamCall,
    access: Access,
    stream: CountedStream,
    open: (stream: Stream, call: StreamCall) => StreamEvents,
  ): StreamEvents {
    if (access === 'open' || !this.#gate.asksForCredentials) return open(stream, call);
    const openFor = (caller: Caller): StreamEvents => {
      const refused = this.#gate.refuseCaller(access, caller);
      if (refused === undefined) return open(stream, call);
      stream.fail(refused);
      return unopened;
    };
    const caller = this.#gate.identify(call);
    if (caller !== 'unapplied') return openFor(caller);
    const late = new LateEvents();
    call.pause();
    this.#gate.whenIdentified(
      call,
      (found) => {
        if (late.isClosed) return;
        late.open(openFor(found));
        call.resume();
      },
      (error) => stream.isEnded || stream.fail(error),
    );
    return late;
  }

  #identify(call: StreamCall): Caller {
    if (!this.#gate.asksForCredentials) return NOBODY;
    const caller = this.#gate.identify(call);
    return caller === 'unapplied' ? INVALID_TOKEN : caller;
  }

  #authenticated(
    call: UnaryCall,
    access: Access,
    request: Uint8Array,
    reply: Reply,
    handler: UnaryHandler,
  ): void {
    const proceed = (caller: Caller, bytes: Uint8Array): void => {
      const refused = this.#gate.refuseCaller(access, caller);
      if (refused !== undefined) return reply.fail(refused);
      reply.caller = caller;
      handler(bytes, reply, call);
    };
    const caller = this.#gate.identify(call);
    if (caller !== 'unapplied') return proceed(caller, request);
    // The bytes are the connection's, and what is thrown later has nobody above it to catch it.
    const kept = request.slice();
    this.#gate.whenIdentified(
      call,
      (found) => {
        try {
          proceed(found, kept);
        } catch (error) {
          reply.fail(unreadable(error, 'error unmarshalling request'));
        }
      },
      (error) => reply.fail(error),
    );
  }

  #count(service: ServiceDescriptor, method: MethodDescriptor): MethodMetrics {
    const metrics = new MethodMetrics(service, method);
    this.#observer.registered?.(metrics);
    this.metrics.push(metrics);
    return metrics;
  }

  #lacksLeader(metadata: Metadata): boolean {
    return needsLeader(metadata) && !this.#gate.hasLeader;
  }
}

const needsLeader = (metadata: Metadata): boolean => metadata.get('hasleader') === 'true';

class CountedStream implements Stream {
  readonly #call: StreamCall;
  readonly #metrics: MethodMetrics;
  readonly identify: () => Caller;
  readonly #beganMs = performance.now();
  isEnded = false;

  constructor(call: StreamCall, metrics: MethodMetrics, identify: () => Caller) {
    this.#call = call;
    this.#metrics = metrics;
    this.identify = identify;
  }

  write(message: Uint8Array): boolean {
    this.#metrics.sent += 1;
    this.#metrics.sentBytes += message.length;
    return this.#call.write(message);
  }

  pause(): void {
    this.#call.pause();
  }

  resume(): void {
    this.#call.resume();
  }

  end(): void {
    this.#close(StatusCode.OK);
    this.#call.end();
  }

  fail({ code, message }: Pick<EtcdErrorRow, 'code' | 'message'>): void {
    this.#close(code);
    this.#call.fail(code, message);
  }

  cancelled(): void {
    if (!this.isEnded) this.#close(StatusCode.CANCELLED);
  }

  #close(code: number): void {
    this.isEnded = true;
    this.#metrics.ended(code, (performance.now() - this.#beganMs) * 1000);
  }
}

const ended: StreamHandler = {
  message: () => undefined,
  halfClose: () => undefined,
  closed: () => undefined,
};

function guarded(
  events: StreamEvents,
  stream: CountedStream,
  metrics: MethodMetrics,
  over: () => void,
): StreamHandler {
  return {
    message: (bytes) => {
      if (stream.isEnded) return;
      metrics.received += 1;
      metrics.receivedBytes += bytes.length;
      try {
        events.message(bytes);
      } catch (error) {
        stream.fail(unreadable(error, 'failed to unmarshal the received message'));
      }
    },
    halfClose: () => {
      if (!stream.isEnded) events.halfClose();
    },
    closed: () => {
      stream.cancelled();
      events.closed();
      over();
    },
    drain: () => events.drain?.(),
  };
}

/**
 * A message that is not one, in the words of etcd's gRPC library, which differ between unary calls and streams.
 * Anything else that was thrown is a defect and goes up.
 */
function unreadable(
  error: unknown,
  words: 'error unmarshalling request' | 'failed to unmarshal the received message',
): Pick<EtcdErrorRow, 'code' | 'message'> {
  if (!(error instanceof ProtocolDecodeError)) throw error;
  return { code: StatusCode.INTERNAL, message: `grpc: ${words}: ${error.message}` };
}
