/** The client: everything that it offers, over one set of connections. */
import * as grpc from '@grpc/grpc-js';
import { Auth as AuthService } from '@concord/protocol';
import { Auth } from './administration/auth.ts';
import { Cluster } from './administration/cluster.ts';
import { Maintenance } from './administration/maintenance.ts';
import { checkClientOptions, type AppOptions, type ClientOptions } from './client-options.ts';
import { ConcordError } from './errors.ts';
import { EventSource, type Events } from './events.ts';
import { KeySpace, type Key, type KeyRange } from './kv/key-space.ts';
import { KeyValues } from './kv/key-values.ts';
import { BootClock } from './lease/boot-clock.ts';
import { KeepAliveStream } from './lease/keep-alive-stream.ts';
import { Leases } from './lease/leases.ts';
import {
  closeTimeoutMs,
  Session,
  type CloseOptions,
  type SessionOptions,
} from './lease/session.ts';
import { WakeWatch } from './lease/wake-watch.ts';
import { silentLogger, type Logger } from './logger.ts';
import { Mirror, type MirrorOptions } from './mirror/mirror.ts';
import {
  callOptionNames,
  checkNames,
  invalid,
  show,
  timeoutMsOf,
  type CallOptions,
} from './options.ts';
import { Telemetry } from './telemetry.ts';
import { Balancer, pause } from './transport/balancer.ts';
import { Caller } from './transport/caller.ts';
import { tlsCredentials, TokenSource, type Credentials } from './transport/credentials.ts';
import type { Endpoint } from './transport/endpoint.ts';
import { Upstream, type UpstreamListener } from './transport/upstream.ts';
import { Watch, type WatchOptions } from './watch/watch.ts';
import { WatchStream } from './watch/watch-stream.ts';

/** How an endpoint is: `leaderless` members and `learner`s answer serializable reads alone. */
export interface ConnectionChange {
  readonly endpoint: string;
  readonly state: 'untried' | 'healthy' | 'leaderless' | 'learner' | 'failing';
  /** Why it fails. */
  readonly reason?: string;
}

/** What a client tells of itself. */
export interface ClientEvents {
  /** An endpoint's health changed. */
  connection: ConnectionChange;
  /** A listener of an event threw. */
  listenerFailed: { readonly event: string; readonly error: unknown };
}

/** What a client and its namespaces share. */
interface Shared {
  readonly caller: Caller;
  readonly watchStream: WatchStream;
  readonly keepAlive: KeepAliveStream;
  readonly wakeWatch: WakeWatch;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  readonly events: EventSource<ClientEvents>;
  readonly app: AppOptions | undefined;
  readonly endpoints: readonly string[];
  readonly closeables: Set<{ close(options: CloseOptions): Promise<void> }>;
}

/** A connection to a cluster, or a view of a part of its keys. See {@link Client.connect}. */
export class Client implements AsyncDisposable {
  readonly kv: KeyValues;
  readonly leases: Leases;
  readonly cluster: Cluster;
  readonly maintenance: Maintenance;
  readonly auth: Auth;
  readonly events: Events<ClientEvents>;
  readonly logger: Logger;
  readonly app: AppOptions | undefined;
  /** As they were given. */
  readonly endpoints: readonly string[];
  readonly #shared: Shared;
  readonly #space: KeySpace;
  readonly #isView: boolean;

  private constructor(shared: Shared, space: KeySpace, isView: boolean) {
    this.#shared = shared;
    this.#space = space;
    this.#isView = isView;
    this.kv = new KeyValues(shared.caller, space);
    this.leases = new Leases(shared.caller, space, shared.keepAlive);
    this.cluster = new Cluster(shared.caller);
    this.maintenance = new Maintenance(shared.caller);
    this.auth = new Auth(shared.caller, space);
    this.events = shared.events;
    this.logger = shared.logger;
    this.app = shared.app;
    this.endpoints = shared.endpoints;
  }

  /**
   * Connects to the cluster: resolves when one endpoint has answered and, where there are credentials, let us in.
   *
   * @throws ConcordError `INVALID_ARGUMENT` for options that can't be meant, `UNAVAILABLE` with each endpoint and why
   * where none answers in time, `UNAUTHENTICATED` for wrong credentials
   */
  static async connect(options: ClientOptions, call: CallOptions = {}): Promise<Client> {
    const operation = 'Client.connect';
    const { endpoints, timeoutMs } = checkClientOptions(options, operation);
    checkNames(call, callOptionNames, operation);
    const shared = share(options, endpoints, timeoutMs);
    const space = new KeySpace().within(options.namespace ?? '');
    const client = new Client(shared, space, false);
    try {
      const connectMs = timeoutMsOf(call, operation, timeoutMs);
      const startedAtMs = performance.now();
      await shared.caller.balancer.connect(operation, connectMs, call.signal);
      const leftMs = Math.max(1, connectMs - (performance.now() - startedAtMs));
      if (shared.caller.canRefresh) {
        await withinMs(shared.caller.refreshToken(0), leftMs, operation);
        shared.caller.balancer.probeUnknown();
      }
      return client;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /**
   * As {@link Client.connect}, without waiting for anybody: for who can do without the cluster for a while. Calls fail
   * with `UNAVAILABLE` until an endpoint answers.
   *
   * @throws ConcordError `INVALID_ARGUMENT` for options that can't be meant
   */
  static open(options: ClientOptions): Client {
    const { endpoints, timeoutMs } = checkClientOptions(options, 'Client.open');
    const space = new KeySpace().within(options.namespace ?? '');
    return new Client(share(options, endpoints, timeoutMs), space, false);
  }

  /**
   * Watches a key, a prefix or a range. The watch is there at once, its first batch when something changes; {@link
   * Watch.created} tells when the server has taken it.
   *
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  watch(range: KeyRange, options: WatchOptions = {}): Watch {
    return new Watch(this.#shared.watchStream, this.#space, range, options);
  }

  /**
   * Holds a range in memory, always the newest known.
   *
   * @throws ConcordError `INVALID_ARGUMENT`, `CLOSED`
   */
  mirror(range: KeyRange, options: MirrorOptions = {}): Mirror {
    const { closeables, caller, watchStream, logger, telemetry } = this.#shared;
    if (caller.isClosed) throw caller.closedError('client.mirror');
    const mirror: Mirror = new Mirror(
      {
        kv: this.kv,
        stream: watchStream,
        space: this.#space,
        logger,
        observer: {
          resynced: (_it, reason) => telemetry.resynced(reason),
          closed: (it) => void closeables.delete(it),
        },
      },
      range,
      options,
    );
    if (mirror.state !== 'closed') closeables.add(mirror);
    return mirror;
  }

  /**
   * A lease of its own, kept alive until it is closed.
   *
   * @throws ConcordError where the lease can't be had
   */
  async session(options: SessionOptions = {}): Promise<Session> {
    const { closeables, caller, keepAlive, wakeWatch, logger, telemetry } = this.#shared;
    const session = await Session.open(
      {
        leases: this.leases,
        keepAlive,
        isAway: () => caller.balancer.isAway,
        wakeWatch,
        logger,
        observer: {
          renewed: (_it, remainingMs, rttMs) => telemetry.renewed(remainingMs, rttMs),
          lost: (_it, cause) => telemetry.sessionLost(cause),
          closed: (it) => void closeables.delete(it),
        },
      },
      options,
    );
    if (caller.isClosed) {
      await session.close();
      throw caller.closedError('client.session');
    }
    closeables.add(session);
    return session;
  }

  /** How each endpoint was when it was last heard of; `events` tells of changes. */
  get connections(): readonly ConnectionChange[] {
    return this.#shared.caller.balancer.upstreams.map(({ endpoint, health }) => ({
      endpoint: endpoint.text,
      ...health,
    }));
  }

  /**
   * Whether every endpoint was found not to serve when it was last heard of: it fails, or has no leader. Such calls as can
   * do without an answer need not wait for one.
   */
  get isAway(): boolean {
    return this.#shared.caller.balancer.isAway;
  }

  /** A view of the keys that begin with `prefix`, which has it taken off. It shares our connections; closing it closes nothing. */
  namespace(prefix: Key): Client {
    if (
      (typeof prefix !== 'string' && !((prefix as unknown) instanceof Uint8Array)) ||
      prefix.length === 0
    ) {
      throw invalid(
        'client.namespace',
        `prefix is ${show(prefix)}`,
        'give a string that is not empty',
      );
    }
    return new Client(this.#shared, this.#space.within(prefix), true);
  }

  /**
   * Closes sessions (revoking their leases), mirrors, watches and connections. Calls in flight end with `CLOSED`. A cluster
   * that does not answer is waited for at most `timeout`, 2 s by default; leases run out then.
   *
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const timeoutMs = closeTimeoutMs(options, 'client.close');
    if (this.#isView) return;
    const { caller, closeables, keepAlive, watchStream, events } = this.#shared;
    if (caller.isClosed) return;
    const closing = [...closeables].map((it) => it.close({ timeout: timeoutMs }));
    const closed = new AbortController();
    // Whoever closed one of them before may have given it longer.
    await Promise.race([Promise.allSettled(closing), pause(timeoutMs, closed.signal)]);
    closed.abort();
    watchStream.close();
    keepAlive.close();
    caller.close();
    events.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function share(options: ClientOptions, endpoints: readonly Endpoint[], timeoutMs: number): Shared {
  const logger = options.logger ?? silentLogger;
  const events = new EventSource<ClientEvents>((error, event) => {
    logger.error('a listener of the client threw', { event, error });
    if (event !== 'listenerFailed') events.emit('listenerFailed', { event, error });
  });
  if (options.tls?.insecureSkipVerify === true) {
    logger.warn(
      'the certificates of members are not checked: option "tls" has "insecureSkipVerify"',
    );
  }
  const makeUpstreams = (listener: UpstreamListener): Upstream[] =>
    endpoints.map((endpoint) => {
      const credentials = endpoint.isTls
        ? tlsCredentials(options.tls ?? {}, endpoint.host, 'Client.connect')
        : grpc.credentials.createInsecure();
      const serverName = options.tls?.serverName;
      const channelOptions =
        serverName === undefined || !endpoint.isTls
          ? {}
          : { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName };
      return new Upstream(endpoint, credentials, channelOptions, listener, logger);
    });
  const balancer = new Balancer(makeUpstreams, {
    healthChanged: (endpoint, health) => events.emit('connection', { endpoint, ...health }),
    metadata: () => caller.metadata(true),
  });
  const { credentials } = options;
  const fetch =
    credentials === undefined
      ? undefined
      : (): Promise<string> => fetchToken(credentials, authenticator);
  const tokens = new TokenSource(fetch);
  const telemetry = new Telemetry();
  const caller: Caller = new Caller(balancer, tokens, timeoutMs, telemetry);
  // Carries no token: a stale one would be refused before the password is looked at.
  const authenticator = new Caller(balancer, new TokenSource(undefined), timeoutMs, telemetry);
  const clock = new BootClock();
  return {
    caller,
    watchStream: new WatchStream(caller, logger, telemetry),
    keepAlive: new KeepAliveStream(caller, clock, logger),
    wakeWatch: new WakeWatch(clock),
    logger,
    telemetry,
    events,
    app: options.app,
    endpoints: [...options.endpoints],
    closeables: new Set(),
  };
}

/** A token for `credentials`; an empty one where the cluster has authentication turned off. */
async function fetchToken(credentials: Credentials, caller: Caller): Promise<string> {
  if ('token' in credentials) {
    const { token } = credentials;
    return typeof token === 'string' ? token : await token();
  }
  const method = AuthService.methods.authenticate;
  const { username, password } = credentials;
  const request = method.request.create({ name: username, password });
  try {
    const about = { operation: 'auth.authenticate', subject: username, effect: 'read' } as const;
    return (await caller.call(method, request, about)).token;
  } catch (error) {
    if (ConcordError.is(error) && isNotEnabled(error)) return '';
    throw error;
  }
}

const isNotEnabled = (error: ConcordError): boolean =>
  error.code === 'CONFLICT' && error.message.includes('authentication is not enabled');

async function withinMs<T>(promise: Promise<T>, ms: number, operation: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new ConcordError('DEADLINE', {
          operation,
          problem: `no token in ${Math.round(ms)} ms`,
          outcome: 'not-applied',
        }),
      ),
    ms,
  );
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
