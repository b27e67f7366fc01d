/**
 * etcd's v3 API with raw requests and answers, over the endpoints that the flags name: one that fails is left for the next.
 * A write is sent again only where no member can have taken it.
 */
import { Auth, etcdErrors, StatusCode, type MethodDescriptor } from '@concord/protocol';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import {
  MemberConnection,
  type CallHeaders,
  type RpcStream,
  type StreamListener,
} from './member-connection.ts';
import { DeadlineError, RpcError } from './rpc-error.ts';

/** Users and roles may be changed again meanwhile. */
const AUTH_ATTEMPTS_MAX = 10;
/** etcd's client gives up after so many attempts, so far apart. */
const ATTEMPTS_MAX = 100;
const ATTEMPTS_APART_MS = 25;

export interface ConnectOptions {
  /** Instead of those of `--endpoints`. */
  readonly endpoints?: readonly string[];
  /** No token is asked for: for what is answered without one. */
  readonly isAnonymous?: boolean;
}

export interface CallOptions {
  /** Milliseconds; what is left of `--command-timeout` by default. */
  readonly timeoutMs?: number;
  /** What may be sent twice without harm. */
  readonly isRepeatable?: boolean;
  readonly signal?: AbortSignal;
}

export class EtcdClient {
  readonly settings: ConnectionSettings;
  readonly #connections: readonly MemberConnection[];
  readonly #deadlineMs: number;
  #next = 0;
  #isClosed = false;
  #token = '';

  private constructor(settings: ConnectionSettings) {
    this.settings = settings;
    this.#deadlineMs = performance.now() + settings.commandTimeoutMs;
    this.#connections = settings.endpoints.map(
      (endpoint) => new MemberConnection(endpoint, settings.connection),
    );
  }

  /** A client that the members know, if there is a user. Throws `CommandError`. */
  static async open(
    settings: ConnectionSettings,
    options: ConnectOptions = {},
  ): Promise<EtcdClient> {
    const client = new EtcdClient(settings);
    if (settings.credentials === undefined || options.isAnonymous === true) return client;
    try {
      await client.#authenticate();
    } catch (error) {
      client.close();
      if (!(error instanceof RpcError || error instanceof DeadlineError)) throw error;
      throw new CommandError(error.message, exitCodes.badConnection);
    }
    return client;
  }

  /** The endpoints, as they were given. */
  get endpoints(): readonly string[] {
    return this.settings.endpoints.map(({ text }) => text);
  }

  /** Calls a method that has one answer. Throws `RpcError` or `DeadlineError`. */
  async call<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    options: CallOptions = {},
  ): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempts(method, request, options);
      } catch (error) {
        if (attempt === AUTH_ATTEMPTS_MAX || !this.#isTokenStale(error)) throw error;
        await this.#authenticate();
      }
    }
  }

  /** Opens a stream with an endpoint that can be reached. It is not opened again when it breaks. */
  open<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    listener: StreamListener<Response>,
    headers: CallHeaders = {},
  ): RpcStream<Request> {
    return this.#connection().open(method, { ...this.#headers(), ...headers }, listener);
  }

  /** The next call goes to another endpoint. */
  rotate(): void {
    this.#next = (this.#next + 1) % this.#connections.length;
  }

  /** Nobody may open a stream again. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#connections) connection.close();
  }

  #headers(): CallHeaders {
    return this.#token === '' ? {} : { token: this.#token };
  }

  #connection(): MemberConnection {
    return this.#connections[this.#next] as MemberConnection;
  }

  async #attempts<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response> {
    const deadlineMs =
      options.timeoutMs === undefined ? this.#deadlineMs : performance.now() + options.timeoutMs;
    // A call may take its time where a member has it; to find one that takes it may not.
    const connectedByMs = Math.min(deadlineMs, this.#deadlineMs);
    let tried = 0;
    let before: RpcError | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(method, request, deadlineMs, options.signal);
      } catch (error) {
        // The time may end within an attempt, too.
        if (error instanceof DeadlineError && before !== undefined)
          throw this.#late(method, before);
        if (!(error instanceof RpcError) || error.code !== StatusCode.UNAVAILABLE) throw error;
        const mayRepeat = options.isRepeatable === true && attempt < ATTEMPTS_MAX;
        if (error.isSent && !mayRepeat) throw error;
        before = error;
        this.rotate();
        tried = (tried + 1) % this.#connections.length;
        if (tried !== 0) continue;
        if (performance.now() + ATTEMPTS_APART_MS > connectedByMs) throw this.#late(method, error);
        await new Promise((resolve) => setTimeout(resolve, ATTEMPTS_APART_MS));
      }
    }
  }

  /** The time is over; what went wrong until then is told as etcd's client logs it. */
  #late(method: MethodDescriptor, { message: error }: Error): DeadlineError {
    const msg = 'retrying of unary invoker failed';
    this.settings.tell(JSON.stringify({ level: 'warn', msg, method: method.path, error }));
    return new DeadlineError();
  }

  async #attempt<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    deadlineMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    if (deadlineMs === Infinity) {
      return await this.#connection().unary(method, request, this.#headers(), signal);
    }
    const ending = new AbortController();
    const leftMs = Math.max(0, deadlineMs - performance.now());
    const timer = setTimeout(() => ending.abort(), leftMs);
    const either = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
    const headers = { ...this.#headers(), 'grpc-timeout': `${Math.ceil(leftMs)}m` };
    try {
      return await this.#connection().unary(method, request, headers, either);
    } catch (error) {
      const isLate = error instanceof RpcError && error.code === StatusCode.DEADLINE_EXCEEDED;
      throw ending.signal.aborted || isLate ? new DeadlineError() : error;
    } finally {
      clearTimeout(timer);
    }
  }

  #isTokenStale(error: unknown): boolean {
    if (!(error instanceof RpcError)) return false;
    const { ErrInvalidAuthToken, ErrAuthOldRevision } = etcdErrors;
    // Rights were changed while the call was under way, which whoever is known by a certificate is told, too.
    if (error.details === ErrAuthOldRevision.message) return true;
    return error.details === ErrInvalidAuthToken.message && this.settings.credentials !== undefined;
  }

  /** A cluster that asks nobody who he is has no tokens either. */
  async #authenticate(): Promise<void> {
    const { credentials } = this.settings;
    if (credentials === undefined) return;
    const { authenticate } = Auth.methods;
    this.#token = '';
    try {
      const { token } = await this.#attempts(
        authenticate,
        authenticate.request.create(credentials),
        { isRepeatable: true, timeoutMs: this.settings.connection.dialTimeoutMs },
      );
      this.#token = token;
    } catch (error) {
      const isOff =
        error instanceof RpcError && error.details === etcdErrors.ErrAuthNotEnabled.message;
      if (!isOff) throw error;
    }
  }
}
