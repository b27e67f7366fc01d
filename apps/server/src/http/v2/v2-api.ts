/**
 * etcd's v2 API (`--enable-v2`), an adapter over the member's own v3 services: the tree of keys, members, statistics.
 * What differs from etcd, and why, is in docs/v2-api.md.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Metadata, peerCertificateOf } from '@concord/grpc-server';
import { OWN_METADATA } from '../../auth/authenticator.ts';
import type { ByteString } from '@concord/protocol';
import type { V2Counts } from '../../metrics/v2-families.ts';
import type { LocalCaller, LocalCalls } from '../../rpc/local-call.ts';
import { answerLate } from '../http-server.ts';
import type { Mount } from '../router.ts';
import { answerAuth } from './auth-handler.ts';
import { BasicLogins } from './basic-logins.ts';
import { EventFeed } from './event-feed.ts';
import { ExpirySweep } from './expiry-sweep.ts';
import { FollowerStats, type FollowerSample } from './follower-stats.ts';
import { KeyStore } from './key-store.ts';
import { KeysHandler } from './keys-handler.ts';
import { KeyError } from './key-error.ts';
import { LocalCallError, LocalStore } from './local-store.ts';
import { MembersHandler } from './members-handler.ts';
import { idText } from './members-json.ts';
import { json, methodNotAllowed, notFound, plain, sendReply, type V2Reply } from './reply.ts';
import { readRequestPath } from './request-path.ts';
import { SelfStats } from './self-stats.ts';
import { StoreStats } from './store-stats.ts';
import { Waiters } from './waiters.ts';

/** What the API shows of the member beside its services. */
export interface V2Member {
  readonly name: string;
  readonly id: bigint;
  readonly clusterId: bigint;
  /** `0n` when none is known. */
  leader(): bigint;
  /** How far the log has come. */
  raft(): { readonly index: number; readonly term: number };
  /** Of all other members. */
  followers(): readonly FollowerSample[];
  clientUrls(): readonly string[];
  isRemoved(id: bigint): boolean;
  /** Whether it matters who asks, and when users and roles have changed last. */
  auth(): { readonly isOn: boolean; readonly revision: number };
}

export interface V2ApiOptions {
  readonly calls: LocalCalls;
  readonly member: V2Member;
  /** `--max-txn-ops`. */
  readonly txnOpsMax: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Between looks at who leads, and how far away the followers are. */
const OBSERVE_MS = 500;

/** The member asks for itself: to follow the history, and to remove what has expired. */
const ownCaller: LocalCaller = {
  metadata: OWN_METADATA,
  peer: 'v2',
  tlsPeerCertificate: undefined,
};

export class V2Api {
  readonly mount: Mount;
  readonly #options: V2ApiOptions;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #waiters = new Waiters();
  readonly #storeStats = new StoreStats();
  readonly #followerStats = new FollowerStats();
  readonly #selfStats: SelfStats;
  readonly #feed: EventFeed;
  readonly #sweep: ExpirySweep;
  readonly #keysHandler: KeysHandler;
  readonly #membersHandler: MembersHandler;
  readonly #logins: BasicLogins;
  readonly #observing: NodeJS.Timeout;
  /** What open waits were last found to be allowed by. */
  #authRevision = 0;

  constructor(options: V2ApiOptions) {
    const { calls, member, now } = options;
    this.#options = options;
    this.#logins = new BasicLogins(calls);
    this.#headers = { 'X-Etcd-Cluster-Id': idText(member.clusterId) };
    this.#selfStats = new SelfStats(now());
    this.#feed = new EventFeed(calls, ownCaller, this.#waiters);
    const store = new LocalStore(calls);
    const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
    const keys = new KeyStore(store, {
      now,
      sleep,
      name: idText(member.id),
      txnOpsMax: options.txnOpsMax,
    });
    this.#sweep = new ExpirySweep({
      store,
      keys,
      caller: ownCaller,
      isLeader: () => this.#isLeader,
      now,
      onExpired: () => this.#storeStats.succeeded('expire'),
      onFailure: (error) => options.onFailure('removing expired keys', error),
    });
    this.#keysHandler = new KeysHandler({
      store,
      keys,
      feed: this.#feed,
      waiters: this.#waiters,
      stats: this.#storeStats,
      now,
      raft: () => member.raft(),
      headers: this.#headers,
    });
    this.#membersHandler = new MembersHandler({
      calls,
      leader: () => member.leader(),
      isRemoved: (id) => member.isRemoved(id),
      headers: this.#headers,
    });
    this.#observing = setInterval(() => this.#observe(), OBSERVE_MS).unref();
    this.mount = {
      prefix: '/v2/',
      bodies: 'forms',
      listener: (request, response) => {
        this.#handle(request, response).catch((error: unknown) => {
          options.onFailure(request.url ?? '', error);
          sendReply(request, response, json(500, '{"message":"Internal Server Error"}'));
        });
      },
    };
  }

  get counts(): V2Counts {
    return {
      expired: this.#storeStats.expired,
      watchRequests: this.#waiters.joined,
      watchers: this.#waiters.count,
    };
  }

  /** Waits are looked at again when users or roles have changed. */
  #checkWaits(): void {
    const { isOn, revision } = this.#options.member.auth();
    const current = isOn ? revision : 0;
    if (current === this.#authRevision) return;
    this.#authRevision = current;
    void this.#keysHandler
      .endForbiddenWaits()
      .catch((error: unknown) => this.#options.onFailure('looking at open waits', error));
  }

  stop(): void {
    clearInterval(this.#observing);
    this.#sweep.stop();
    this.#feed.stop();
    this.#waiters.end();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = readRequestPath(request.url ?? '/', request.method);
    if ('status' in target) {
      sendReply(request, response, target);
      return;
    }
    const [, area = '', rest = ''] = /^\/v2\/([^/]*)(\/[^]*)?$/.exec(target.path) ?? [];
    if (area !== 'keys' || request.method !== 'GET') answerLate(request);
    const caller = await this.#callerOf(request).catch((error: unknown) => {
      if (!(error instanceof LocalCallError)) throw error;
      return error;
    });
    if (caller instanceof LocalCallError) {
      const reply = refusalOf(caller, area, this.#headers);
      sendReply(request, response, reply);
      return;
    }
    if (area === 'keys')
      return this.#keysHandler.handle(request, response, rest, target.query, caller);
    const reply = await this.#answer(request, area, rest, caller);
    sendReply(request, response, reply);
  }

  /** Passwords are looked at where they count: while authentication is off, anybody may send any. */
  async #callerOf(request: IncomingMessage): Promise<LocalCaller> {
    const { authorization } = request.headers;
    const known = callerOf(request);
    if (authorization === undefined || !this.#options.member.auth().isOn) return known;
    const anonymous = { ...known, metadata: NO_METADATA };
    return (await this.#logins.callerOf(authorization, anonymous)) ?? known;
  }

  async #answer(
    request: IncomingMessage,
    area: ByteString,
    rest: ByteString,
    caller: LocalCaller,
  ): Promise<V2Reply> {
    const { method = '' } = request;
    switch (area) {
      case 'members':
        return this.#membersHandler.answer(request, rest, caller);
      case 'auth':
        return answerAuth(method, rest, this.#headers);
      case 'machines':
        if (rest !== '') return notFound();
        if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed({ Allow: 'GET,HEAD' });
        return plain(this.#options.member.clientUrls().join(', '));
      case 'stats':
        return this.#answerStats(method, rest);
      default:
        return notFound();
    }
  }

  #answerStats(method: string, rest: ByteString): V2Reply {
    const isKnown = rest === '/self' || rest === '/leader' || rest === '/store';
    if (!isKnown) return notFound();
    if (method !== 'GET') return methodNotAllowed({ Allow: 'GET' });
    if (rest === '/store') return json(200, this.#storeStats.toJson(this.#waiters.count));
    const { member, now } = this.#options;
    if (rest === '/self') {
      const state = { name: member.name, id: member.id, leader: member.leader() };
      const body = this.#selfStats.toJson({ ...state, isLeader: this.#isLeader }, now());
      return json(200, body);
    }
    if (!this.#isLeader) return json(403, '{"message":"not current leader"}');
    return json(200, this.#followerStats.toJson(member.id));
  }

  get #isLeader(): boolean {
    const { member } = this.#options;
    return member.leader() === member.id;
  }

  #observe(): void {
    const { member, now } = this.#options;
    this.#checkWaits();
    this.#selfStats.observe(member.leader(), now());
    this.#followerStats.sample(this.#isLeader ? member.followers() : []);
  }
}

const NO_METADATA = new Metadata([]);

/** In the words of the API that was asked. */
function refusalOf(
  error: LocalCallError,
  area: ByteString,
  headers: Readonly<Record<string, string>>,
): V2Reply {
  const { isRefusal } = error;
  if (area === 'keys') {
    const { status, body } = isRefusal
      ? new KeyError('unauthorized', 'Insufficient credentials')
      : new KeyError('raftInternal', error.message);
    return json(status, body, headers);
  }
  return isRefusal
    ? json(401, '{"message":"Insufficient credentials"}', headers)
    : json(500, '{"message":"Internal Server Error"}', headers);
}

/** Who asks: v3's token in `Authorization`, as the JSON gateway takes it, and the client's certificate. */
function callerOf(request: IncomingMessage): LocalCaller {
  const { socket, headers } = request;
  const token = headers.authorization?.replace(/^Bearer /i, '');
  return {
    metadata: new Metadata(token === undefined ? [] : ['token', token]),
    peer: `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`,
    tlsPeerCertificate: peerCertificateOf(socket),
  };
}
