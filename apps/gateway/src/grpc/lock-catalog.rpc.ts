/** `concord.lock.v1.LockService`: who holds what and who waits, for people and programs that look after others. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { linePrefix } from '@concord/lock/records';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import type { Feed } from '../live/feed.ts';
import { assertMayRevoke } from '../locks/force-release.ts';
import { LineDesk } from '../locks/line-desk.ts';
import { LockFeeds } from '../locks/lock-feeds.ts';
import { LockInspector } from '../locks/lock-inspector.ts';
import * as schemas from '../locks/lock-schemas.ts';
import { LockSessions } from '../locks/lock-sessions.ts';
import { revisionField } from './expected-revision.ts';
import { streamFeed, type FeedMessage } from './feed-stream.ts';
import { candidateMessage, placeMessage } from './lock-messages.ts';
import { pageOf, type PageRequest } from './page-request.ts';
import { checked, RpcDesk, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'LockService';

const listRequest = schemas.lockListQuery.pick({ prefix: true, search: true });
const prefixField = schemas.lineWatchQuery.shape.prefix;
const forceRequest = z.object({
  name: schemas.lockName,
  session: schemas.leaseId,
  reason: z.string().max(2_000).optional(),
  revoke: z.boolean().default(false),
});

interface WatchRequest {
  readonly prefix?: string;
  readonly afterRevision?: number;
}
type LockItem = Omit<schemas.LockDocument, 'revision'>;
type ElectionItem = Omit<schemas.ElectionDocument, 'revision'>;

@Controller()
export class LockCatalogRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(LockSessions) private readonly sessions: LockSessions,
    @Inject(LineDesk) private readonly desk: LineDesk,
    @Inject(LockInspector) private readonly inspector: LockInspector,
    @Inject(LockFeeds) private readonly feeds: LockFeeds,
  ) {}

  @GrpcMethod(SERVICE, 'GetSession')
  getSession(request: { readonly session?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const session = checked(schemas.leaseId, request.session, 'session');
      const { id, ttlMs, ...rest } = await this.sessions.get(actor, session);
      return { session: { id, ttlMs }, ...rest };
    });
  }

  @GrpcMethod(SERVICE, 'ListLocks')
  listLocks(request: PageRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const query = { ...checked(listRequest, request), ...pageOf(request) };
      const { locks, cycles, revision, nextCursor } = await this.inspector.list(
        query,
        readableBy(actor),
      );
      return {
        locks: locks.map(lockMessage),
        cycles: cycles.map((cycle) => ({
          waits: cycle.map(({ lease, waitsFor }) => ({ session: lease, waitsFor })),
        })),
        nextPageToken: nextCursor ?? '',
        revision,
      };
    });
  }

  @GrpcMethod(SERVICE, 'WatchLocks')
  watchLocks(request: WatchRequest, _: Metadata, call: StreamCall<object>): Observable<never> {
    return this.#watch(
      request,
      call,
      (actor, prefix) => this.feeds.locks(actor, prefix),
      lockMessage,
    );
  }

  @GrpcMethod(SERVICE, 'ForceRelease')
  forceRelease(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    const subject = `lock ${request.name}`;
    return this.rpc.write(call, 'forceReleaseLock', subject, async ({ actor }) => {
      const { name, session, reason, revoke } = checked(forceRequest, request);
      assertMay(actor, 'write', { prefix: linePrefix(name) });
      if (revoke) assertMayRevoke(actor);
      const { place, token } = await this.desk.force(name, session, revoke);
      const { app, label } = place.claim;
      tellAudit({ before: { lease: session, token, app, label }, after: { reason } });
      return { token };
    });
  }

  @GrpcMethod(SERVICE, 'ListElections')
  listElections(request: PageRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const query = { ...checked(listRequest, request), ...pageOf(request) };
      const { elections, revision, nextCursor } = await this.inspector.elections(
        query,
        readableBy(actor),
      );
      return {
        elections: elections.map(electionMessage),
        nextPageToken: nextCursor ?? '',
        revision,
      };
    });
  }

  @GrpcMethod(SERVICE, 'GetElection')
  getElection(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const name = checked(schemas.lockName, request.name, 'name');
      assertMay(actor, 'read', { prefix: linePrefix(name) });
      const { revision, ...election } = await this.inspector.election(name);
      return { election: electionMessage(election), revision };
    });
  }

  @GrpcMethod(SERVICE, 'WatchElections')
  watchElections(request: WatchRequest, _: Metadata, call: StreamCall<object>): Observable<never> {
    const feedOf = (actor: Actor, prefix: string) => this.feeds.elections(actor, prefix);
    return this.#watch(request, call, feedOf, electionMessage);
  }

  #watch(
    request: WatchRequest,
    call: StreamCall<object>,
    feedOf: (actor: Actor, prefix: string) => Promise<Feed>,
    message: (item: LockItem & ElectionItem) => object,
  ): Observable<never> {
    return this.rpc.stream(call, async ({ actor, signal }) => {
      const prefix = checked(prefixField, request.prefix, 'prefix');
      const from = checked(revisionField, request.afterRevision, 'after_revision');
      await streamFeed(await feedOf(actor, prefix), call, signal, {
        from,
        // What the actor may see is a part of the subject.
        mayStay: () => true,
        message: ({ put, ...told }: FeedMessage<LockItem & ElectionItem>) => ({
          ...told,
          put: put.map(message),
        }),
      });
    });
  }
}

const readableBy =
  (actor: Actor) =>
  (name: string): boolean =>
    actor.may('read', { prefix: linePrefix(name) });

const lockMessage = ({ holders, waiters, ...lock }: LockItem): object => ({
  ...lock,
  holders: holders.map(placeMessage),
  waiters: waiters.map(placeMessage),
});

const electionMessage = ({ leader, candidates, ...election }: ElectionItem): object => ({
  ...election,
  ...(leader !== undefined && { leader: candidateMessage(leader) }),
  candidates: candidates.map(candidateMessage),
});
