/** `/v1/locks`: who holds what, who waits, and taking part in it. */
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { linePrefix } from '@concord/lock/records';
import type { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tellAudit } from '../audit/audit-scope.ts';
import { clientGone } from '../http/client-gone.ts';
import { spanMs } from '../live/long-poll.ts';
import { claimOf } from './claim-request.ts';
import { assertMayRevoke } from './force-release.ts';
import { LineDesk } from './line-desk.ts';
import { LockSessions } from './lock-sessions.ts';
import * as sessionSchemas from './session-schemas.ts';
import { LiveSources } from '../live/live-sources.ts';
import { LockFeeds } from './lock-feeds.ts';
import { LockInspector } from './lock-inspector.ts';
import * as schemas from './lock-schemas.ts';

@ApiTags('locks')
@ApiProblems()
@SignedIn()
@Controller('v1/locks')
export class LocksController {
  constructor(
    @Inject(LockInspector) private readonly inspector: LockInspector,
    @Inject(LockSessions) private readonly sessions: LockSessions,
    @Inject(LineDesk) private readonly desk: LineDesk,
    @Inject(LockFeeds) private readonly feeds: LockFeeds,
    @Inject(LiveSources) private readonly live: LiveSources,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'The locks that somebody holds or waits for, of the SDK, of Go’s concurrency, of etcdctl',
  })
  @ApiOkResponse({ standardSchema: schemas.lockListSchema })
  async listLocks(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.lockListQuery }) query: z.output<typeof schemas.lockListQuery>,
  ): Promise<z.output<typeof schemas.lockListSchema>> {
    const mayRead = (name: string): boolean => actor.may('read', { prefix: linePrefix(name) });
    const { locks, cycles, revision, nextCursor } = await this.inspector.list(query, mayRead);
    return {
      items: [...locks],
      cycles: [...cycles],
      revision,
      isComplete: nextCursor === undefined,
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  @Get('watch')
  @ApiOperation({
    summary: 'Follows the locks: server-sent events, or a WebSocket',
    description:
      'First `snapshot` with all items, then `change` with `put` (items) and `deleted` (names); `resync` is a snapshot again. ' +
      'The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'events, as they come' })
  async watchLocks(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.lineWatchQuery }) { prefix }: z.output<typeof schemas.lineWatchQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.live.stream(await this.feeds.locks(actor, prefix), request, reply);
  }

  @Get(':name')
  @ApiOperation({
    summary: 'One lock: its holders, with their tokens and time left, and the queue',
  })
  @ApiOkResponse({ standardSchema: schemas.lockSchema })
  async getLock(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
  ): Promise<schemas.LockDocument> {
    assertMay(actor, 'read', { prefix: linePrefix(name) });
    return this.inspector.lock(name);
  }

  @Post(':name/acquire')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Takes a lock with a session, and waits for its turn if asked to; repeated, it answers the same token',
  })
  @ApiOkResponse({ standardSchema: sessionSchemas.heldSchema })
  @ApiProblems(404, 409)
  async acquireLock(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Body({ schema: sessionSchemas.acquireBody }) body: z.output<typeof sessionSchemas.acquireBody>,
    @Req() request: FastifyRequest,
  ): Promise<sessionSchemas.HeldDocument> {
    assertMay(actor, 'write', { prefix: linePrefix(name) });
    const claim = claimOf(body);
    const session = await this.sessions.find(actor, body.session);
    using gone = clientGone(request);
    const wanted = { claim, waitMs: spanMs(body.wait), label: body.label };
    const held = await this.desk.acquire(session, name, wanted, gone.signal);
    tellAudit({ subject: `lock ${name}`, after: { lease: held.lease, token: held.token } });
    return held;
  }

  @Post(':name/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives up what a session holds of a lock, or its place in the queue' })
  @ApiOkResponse({ standardSchema: sessionSchemas.leftSchema })
  @ApiProblems(404)
  async releaseLock(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Body({ schema: sessionSchemas.sessionBody }) body: z.output<typeof sessionSchemas.sessionBody>,
  ): Promise<z.output<typeof sessionSchemas.leftSchema>> {
    assertMay(actor, 'write', { prefix: linePrefix(name) });
    tellAudit({ subject: `lock ${name}` });
    const session = await this.sessions.find(actor, body.session);
    return { outcome: await this.desk.release(session, name) };
  }

  @Delete(':name/holders/:lease')
  @ApiOperation({
    summary:
      'Takes a lock, or a place in its queue, away from somebody: whoever follows has its turn',
    description:
      'The one who had it learns of it at once if it uses the SDK, and may still work: its token is no longer valid, and stores that check tokens refuse it.',
  })
  @ApiOkResponse({ standardSchema: sessionSchemas.forcedSchema })
  @ApiProblems(404)
  async forceReleaseLock(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Param('lease', { schema: schemas.leaseId }) id: string,
    @Query({ schema: sessionSchemas.forceQuery }) query: z.output<typeof sessionSchemas.forceQuery>,
  ): Promise<z.output<typeof sessionSchemas.forcedSchema>> {
    assertMay(actor, 'write', { prefix: linePrefix(name) });
    if (query.revoke) assertMayRevoke(actor);
    tellAudit({ subject: `lock ${name}` });
    const { place, ...forced } = await this.desk.force(name, id, query.revoke);
    const { claim } = place;
    tellAudit({
      before: { lease: id, token: forced.token, app: claim.app, label: claim.label },
      after: { reason: query.reason },
    });
    return forced;
  }
}
