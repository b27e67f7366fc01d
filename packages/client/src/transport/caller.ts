/**
 * Unary calls as the API makes them: to an endpoint that works, with a token, within a deadline, tried again where that
 * is safe. A write whose fate is unknown is never sent twice.
 */
import * as grpc from '@grpc/grpc-js';
import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type { MethodDescriptor } from '@concord/protocol';
import { ConcordError } from '../errors.ts';
import { invalid, show, timeoutMsOf, type CallOptions } from '../options.ts';
import type { Telemetry } from '../telemetry.ts';
import { aborted, type Balancer } from './balancer.ts';
import type { StreamListener, RpcStream } from './connection.ts';
import type { TokenSource } from './credentials.ts';
import { concordErrorOf, judge, type CallSubject, type Verdict } from './failure-table.ts';
import { RpcFailure } from './rpc-failure.ts';
import type { Upstream } from './upstream.ts';

/** Within a deadline of a day, a call would be tried for a day: this ends it after about a minute of trouble. */
const ATTEMPTS_MAX = 128;
/** Waits once all endpoints were tried: doubling, with jitter. */
const BACKOFF_MS_MIN = 25;
const BACKOFF_MS_MAX = 500;

/** One call with what its attempts have learnt. */
interface Attempts<Request, Response> {
  readonly method: MethodDescriptor<Request, Response>;
  readonly request: Request;
  readonly about: CallSubject;
  readonly options: CallOptions;
  readonly deadlineMs: number;
  count: number;
  tried: Set<Upstream> | undefined;
  hasRefreshed: boolean;
  last: { readonly failure: RpcFailure; readonly verdict: Verdict } | undefined;
}

/** Thrown between attempts where another may be made. */
class TryAgain extends Error {
  readonly verdict: Verdict;
  constructor(verdict: Verdict) {
    super('try again');
    this.verdict = verdict;
  }
}

export class Caller {
  readonly balancer: Balancer;
  readonly #tokens: TokenSource;
  readonly #timeoutMs: number;
  readonly #telemetry: Telemetry;
  #isClosed = false;
  #plain: grpc.Metadata = new grpc.Metadata();
  #withLeader: grpc.Metadata = new grpc.Metadata();
  #metadataGeneration = -1;

  constructor(balancer: Balancer, tokens: TokenSource, timeoutMs: number, telemetry: Telemetry) {
    this.#telemetry = telemetry;
    this.balancer = balancer;
    this.#tokens = tokens;
    this.#timeoutMs = timeoutMs;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The timeout of calls that give none. */
  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  /** Calls `method` and resolves with its answer, or rejects with a `ConcordError`. */
  async call<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    about: CallSubject,
    options: CallOptions = {},
  ): Promise<Response> {
    const timeoutMs = timeoutMsOf(options, about.operation, this.#timeoutMs);
    if (options.signal?.aborted === true) throw aborted(about.operation, options.signal);
    const attempts: Attempts<Request, Response> = {
      method,
      request,
      about,
      options,
      deadlineMs: performance.now() + timeoutMs,
      count: 0,
      tried: undefined,
      hasRefreshed: false,
      last: undefined,
    };
    const { operation } = about;
    const span = this.#telemetry.startCall(operation);
    const startedAtMs = performance.now();
    const ended = (error?: unknown): void => {
      const durationMs = performance.now() - startedAtMs;
      this.#telemetry.endCall(span, operation, durationMs, attempts.count, error);
    };
    try {
      const response = await this.#untilAnswered(attempts);
      ended();
      return response;
    } catch (error) {
      ended(error);
      throw error;
    }
  }

  async #untilAnswered<Request, Response>(
    attempts: Attempts<Request, Response>,
  ): Promise<Response> {
    try {
      return await this.#attempt(attempts);
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error;
      return await this.#again(attempts, error);
    }
  }

  /** Opens a stream to an endpoint that works. The listener hears of the end, also if it never began. */
  open<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    listener: StreamListener<Response>,
    tried?: ReadonlySet<Upstream>,
  ): { stream: RpcStream<Request>; upstream: Upstream; generation: number } {
    const upstream = this.balancer.pick(true, tried);
    const generation = this.#tokens.generation;
    const stream = upstream.connection.open(method, this.metadata(true), {
      message: (response) => listener.message(response),
      end: (failure) => {
        upstream.note(failure);
        listener.end(failure);
      },
    });
    return { stream, upstream, generation };
  }

  /**
   * Asks for a stream of answers, to be read at the consumer's pace. It is not tried again. Without a `timeout` it may
   * take as long as it takes.
   */
  async *ask<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    about: CallSubject,
    options: CallOptions = {},
  ): AsyncIterableIterator<Response> {
    const { operation } = about;
    if (this.#isClosed) throw this.closedError(operation);
    if (options.signal?.aborted === true) throw aborted(operation, options.signal);
    const timeoutMs = timeoutMsOf(options, operation, Infinity);
    const upstream = this.#pick(about, true, undefined);
    const { connection } = upstream;
    try {
      const needsLeader = options.consistency !== 'serializable';
      const metadata = this.metadata(needsLeader);
      yield* connection.ask(method, request, metadata, timeoutMs, options.signal);
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
      upstream.note(error);
      throw concordErrorOf(error, judge(error, about.effect), about);
    }
  }

  /** Gets a token that is not of `generation`. */
  refreshToken(generation: number): Promise<void> {
    return this.#tokens.refresh(generation);
  }

  get canRefresh(): boolean {
    return this.#tokens.canRefresh;
  }

  /** What calls carry: the token, and that a member without a leader should say so instead of waiting. */
  metadata(needsLeader: boolean): grpc.Metadata {
    if (this.#metadataGeneration !== this.#tokens.generation) {
      this.#metadataGeneration = this.#tokens.generation;
      const token = this.#tokens.token;
      this.#plain = new grpc.Metadata();
      if (token !== '') this.#plain.set('token', token);
      this.#withLeader = new grpc.Metadata();
      if (token !== '') this.#withLeader.set('token', token);
      this.#withLeader.set('hasleader', 'true');
    }
    return needsLeader ? this.#withLeader : this.#plain;
  }

  closedError(operation: string): ConcordError {
    return new ConcordError('CLOSED', { operation, problem: 'the client is closed' });
  }

  close(): void {
    this.#isClosed = true;
    this.balancer.close();
  }

  #pick(about: CallSubject, needsLeader: boolean, tried?: ReadonlySet<Upstream>): Upstream {
    const { endpoint, operation } = about;
    if (endpoint === undefined) return this.balancer.pick(needsLeader, tried);
    const upstream = this.balancer.upstreams.find((one) => one.endpoint.text === endpoint);
    if (upstream !== undefined) return upstream;
    const known = this.balancer.upstreams.map((one) => one.endpoint.text).join(', ');
    throw invalid(operation, `option "endpoint" is ${show(endpoint)}`, `give one of ${known}`);
  }

  async #attempt<Request, Response>(attempts: Attempts<Request, Response>): Promise<Response> {
    const { method, request, about, options } = attempts;
    if (this.#isClosed) throw this.closedError(about.operation);
    const leftMs = attempts.deadlineMs - performance.now();
    if (leftMs <= 0) throw this.#outOfTime(attempts);
    const needsLeader = options.consistency !== 'serializable';
    const upstream = this.#pick(about, needsLeader, attempts.tried);
    const generation = this.#tokens.generation;
    attempts.count += 1;
    try {
      return await upstream.connection.unary(method, request, {
        metadata: this.metadata(needsLeader),
        timeoutMs: leftMs,
        signal: options.signal,
        kind: needsLeader && about.endpoint === undefined ? about.effect : 'local',
      });
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
      upstream.note(error);
      const verdict = judge(error, about.effect);
      attempts.last = { failure: error, verdict };
      if (verdict.code === 'DEADLINE' && !error.isSent) throw this.#outOfTime(attempts);
      if (verdict.reaction === 'give-up') throw concordErrorOf(error, verdict, about);
      if (verdict.reaction === 'authenticate') {
        if (attempts.hasRefreshed || !this.canRefresh) throw concordErrorOf(error, verdict, about);
        attempts.hasRefreshed = true;
        await this.#tokens.refresh(generation);
      } else {
        (attempts.tried ??= new Set()).add(upstream);
      }
      throw new TryAgain(verdict);
    }
  }

  /** Goes on after a first attempt that failed. */
  async #again<Request, Response>(
    attempts: Attempts<Request, Response>,
    first: TryAgain,
  ): Promise<Response> {
    const policy = retry(
      handleWhen((error) => error instanceof TryAgain),
      {
        maxAttempts: ATTEMPTS_MAX,
        backoff: new DelegateBackoff(() => this.#backoffMs(attempts)),
      },
    );
    let isFirst = true;
    try {
      return await policy.execute(() => {
        if (!isFirst) return this.#attempt(attempts);
        isFirst = false;
        throw first;
      });
    } catch (error) {
      throw error instanceof TryAgain ? this.#outOfTime(attempts) : error;
    }
  }

  #rounds = new WeakMap<object, number>();

  /** Nothing while there is an endpoint left to try; then longer and longer. */
  #backoffMs(attempts: Attempts<never, unknown> | Attempts<unknown, unknown>): number {
    const { tried, last } = attempts;
    if (last?.verdict.reaction === 'authenticate') return 0;
    if (last?.verdict.reaction === 'elsewhere' && (tried?.size ?? 0) < this.balancer.size) return 0;
    tried?.clear();
    const round = this.#rounds.get(attempts) ?? 0;
    this.#rounds.set(attempts, round + 1);
    const leftMs = attempts.deadlineMs - performance.now();
    const backoffMs = Math.min(BACKOFF_MS_MIN * 2 ** round, BACKOFF_MS_MAX);
    return Math.max(0, Math.min(backoffMs * (0.5 + Math.random() / 2), leftMs));
  }

  /** The deadline passed between two attempts, or before the request was sent: the last failure says why. */
  #outOfTime(attempts: Attempts<never, unknown> | Attempts<unknown, unknown>): ConcordError {
    const { about, last } = attempts;
    if (this.balancer.upstreams.every(({ health }) => health.state === 'failing')) {
      return this.balancer.unreachable(about.operation, last?.failure);
    }
    if (last !== undefined && last.verdict.code !== 'DEADLINE') {
      return concordErrorOf(last.failure, last.verdict, about);
    }
    return new ConcordError('DEADLINE', {
      operation: about.operation,
      subject: about.subject,
      problem: `no endpoint took the request in time: ${this.balancer.describe()}`,
      remedy: 'check the endpoints, or give a longer timeout',
      outcome: 'not-applied',
    });
  }
}
