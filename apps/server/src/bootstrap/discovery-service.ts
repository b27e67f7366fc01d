/**
 * The running cluster where members of a new one meet: any that speaks etcd's v3 protocol. What discovery needs of it
 * is four calls on keys; how they get there, with which certificates and as which user, is settled here.
 */
import { readFileSync } from 'node:fs';
import type { SecureClientSessionOptions } from 'node:http2';
import type { AuthenticateRequest } from '@concord/protocol';
import {
  Auth,
  KV,
  PutRequest,
  RangeRequest,
  StatusCode,
  Watch,
  WatchCreateRequest,
  fromByteString,
  prefixEnd,
  toByteString,
  type MethodDescriptor,
} from '@concord/protocol';
import { ConfigurationError } from '../config/command-line.ts';
import type { FlagValues } from '../config/flags.ts';
import { GrpcError } from './grpc-call.ts';
import { GrpcClient, type Metadata } from './grpc-client.ts';
import { DiscoveryError, type Registration } from './registrations.ts';

/** What discovery asks of the service; every call throws `GrpcError`. */
export interface DiscoveryService {
  get(key: string): Promise<string | undefined>;
  /** The keys that begin with `prefix`, and the revision at which they were read. */
  list(
    prefix: string,
  ): Promise<{ readonly entries: readonly Registration[]; readonly revision: number }>;
  put(key: string, value: string): Promise<void>;
  /** Resolves once a key that begins with `prefix` has changed at `revision` or later. */
  changed(prefix: string, revision: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Throws `DiscoveryError` for an endpoint that is none and `ConfigurationError` for a file that cannot be read. */
export function connectToDiscovery(values: FlagValues): DiscoveryService {
  const tls = readTls(values);
  const secure =
    tls.cert !== undefined || tls.ca !== undefined || !values['discovery-insecure-transport'];
  const client = new GrpcClient({
    endpoints: values['discovery-endpoints']
      .split(',')
      .map((endpoint) => toUrl(endpoint.trim(), secure)),
    tls,
    dialTimeoutMs: values['discovery-dial-timeout'],
    requestTimeoutMs: values['discovery-request-timeout'],
    keepaliveMs: values['discovery-keepalive-time'],
    keepaliveTimeoutMs: values['discovery-keepalive-timeout'],
  });
  return new GrpcDiscoveryService(client, readUser(values));
}

function toUrl(endpoint: string, secure: boolean): string {
  const url = endpoint.includes('://') ? endpoint : `${secure ? 'https' : 'http'}://${endpoint}`;
  if (/^https?:\/\/(?:\[[^\]]+\]|[^/:]+):\d+\/?$/.test(url) && URL.canParse(url)) return url;
  throw new DiscoveryError(
    `discovery: bad discovery endpoint: ${endpoint}; write host:port, http://host:port or https://host:port`,
  );
}

function readTls(values: FlagValues): SecureClientSessionOptions {
  const read = (
    flag: 'discovery-cert' | 'discovery-key' | 'discovery-cacert',
  ): Buffer | undefined => {
    if (values[flag] === '') return undefined;
    try {
      return readFileSync(values[flag]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ConfigurationError(`--${flag} ${values[flag]}: ${reason}`);
    }
  };
  const [cert, key, ca] = [read('discovery-cert'), read('discovery-key'), read('discovery-cacert')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigurationError(
      `--discovery-cert and --discovery-key belong together; --discovery-${cert === undefined ? 'cert' : 'key'} is missing`,
    );
  }
  return {
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(ca !== undefined && { ca }),
    rejectUnauthorized: !values['discovery-insecure-skip-tls-verify'],
  };
}

/** `--discovery-user NAME` with a password, or `NAME:PASSWORD`. */
function readUser(values: FlagValues): AuthenticateRequest | undefined {
  const { 'discovery-user': user, 'discovery-password': password } = values;
  if (user === '') return undefined;
  if (password !== '') return { name: user, password };
  const [name = '', rest = ''] = user.split(/:(.*)/s);
  return { name, password: rest };
}

class GrpcDiscoveryService implements DiscoveryService {
  readonly #client: GrpcClient;
  readonly #user: AuthenticateRequest | undefined;
  #token: string | undefined;

  constructor(client: GrpcClient, user: AuthenticateRequest | undefined) {
    this.#client = client;
    this.#user = user;
  }

  async get(key: string): Promise<string | undefined> {
    const { kvs } = await this.#unary(KV.methods.range, RangeRequest.create({ key: bytes(key) }));
    return kvs[0] && text(kvs[0].value);
  }

  async list(
    prefix: string,
  ): Promise<{ readonly entries: readonly Registration[]; readonly revision: number }> {
    const { kvs, header } = await this.#unary(
      KV.methods.range,
      RangeRequest.create(rangeOf(prefix)),
    );
    const entries = kvs.map(({ key, value, createRevision }) => ({
      key: text(key),
      value: text(value),
      createRevision,
    }));
    return { entries, revision: header?.revision ?? 0 };
  }

  async put(key: string, value: string): Promise<void> {
    await this.#unary(KV.methods.put, PutRequest.create({ key: bytes(key), value: bytes(value) }));
  }

  async changed(prefix: string, revision: number, signal: AbortSignal): Promise<void> {
    const create = WatchCreateRequest.create({ ...rangeOf(prefix), startRevision: revision });
    const request = { requestUnion: { case: 'createRequest', value: create } } as const;
    const metadata = await this.#metadata();
    for await (const answer of this.#client.stream(
      Watch.methods.watch,
      request,
      metadata,
      signal,
    )) {
      // Of what was compacted meanwhile the list tells the outcome.
      if (answer.events.length > 0 || answer.compactRevision > 0) return;
      if (answer.canceled) throw new GrpcError(StatusCode.UNKNOWN, answer.cancelReason);
    }
    signal.throwIfAborted();
    throw new GrpcError(StatusCode.UNAVAILABLE, 'the watch ended');
  }

  close(): void {
    this.#client.close();
  }

  async #unary<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
  ): Promise<Response> {
    try {
      return await this.#client.unary(method, request, await this.#metadata());
    } catch (error) {
      // Tokens end after a while, and the wait for the other members may be long.
      const ended = error instanceof GrpcError && error.message.includes('invalid auth token');
      if (!ended || this.#token === undefined) throw error;
      this.#token = undefined;
      return this.#client.unary(method, request, await this.#metadata());
    }
  }

  async #metadata(): Promise<Metadata> {
    if (this.#user === undefined) return {};
    if (this.#token === undefined) {
      try {
        const { token } = await this.#client.unary(Auth.methods.authenticate, this.#user);
        this.#token = token;
      } catch (error) {
        // As etcd's client: a user is no obstacle where authentication is off.
        const off =
          error instanceof GrpcError &&
          error.code === StatusCode.FAILED_PRECONDITION &&
          error.message.includes('authentication is not enabled');
        if (!off) throw error;
        return {};
      }
    }
    return { token: this.#token };
  }
}

const bytes = (value: string): Buffer => Buffer.from(value, 'utf8');
const text = (value: Uint8Array): string => Buffer.from(value).toString('utf8');

function rangeOf(prefix: string): { readonly key: Buffer; readonly rangeEnd: Uint8Array } {
  const key = bytes(prefix);
  return { key, rangeEnd: fromByteString(prefixEnd(toByteString(key)) ?? '\0') };
}
