/** `/v1/elections`: who leads what, and standing for it. */
import {
  Body,
  Controller,
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
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { clientGone } from '../http/client-gone.ts';
import { spanMs } from '../live/long-poll.ts';
import { LineDesk } from './line-desk.ts';
import { LiveSources } from '../live/live-sources.ts';
import { LockFeeds } from './lock-feeds.ts';
import { LockInspector } from './lock-inspector.ts';
import * as schemas from './lock-schemas.ts';
import { LockSessions } from './lock-sessions.ts';
import * as sessionSchemas from './session-schemas.ts';

const EXCLUSIVE = { mode: 'exclusive' } as const;

@ApiTags('locks')
@SignedIn()
@Controller('v1/elections')
export class ElectionsController {
  constructor(
    @Inject(LockInspector) private readonly inspector: LockInspector,
    @Inject(LockSessions) private readonly sessions: LockSessions,
    @Inject(LineDesk) private readonly desk: LineDesk,
    @Inject(LockFeeds) private readonly feeds: LockFeeds,
    @Inject(LiveSources) private readonly live: LiveSources,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The elections that somebody stands in and proclaims something' })
  @ApiOkResponse({ standardSchema: schemas.electionListSchema })
  @ApiProblems()
  async listElections(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.lockListQuery }) query: z.output<typeof schemas.lockListQuery>,
  ): Promise<z.output<typeof schemas.electionListSchema>> {
    const mayRead = (name: string): boolean => actor.may('read', { prefix: linePrefix(name) });
    const { elections, revision, nextCursor } = await this.inspector.elections(query, mayRead);
    return {
      items: [...elections],
      revision,
      isComplete: nextCursor === undefined,
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  @Get('watch')
  @ApiOperation({
    summary: 'Follows the elections: server-sent events, or a WebSocket',
    description:
      'First `snapshot` with all items, then `change` with `put` (items) and `deleted` (names); `resync` is a snapshot again. ' +
      'The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'events, as they come' })
  async watchElections(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.lineWatchQuery }) { prefix }: z.output<typeof schemas.lineWatchQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.live.stream(await this.feeds.elections(actor, prefix), request, reply);
  }

  @Get(':name')
  @ApiOperation({ summary: 'One election: who leads, what it proclaims, and who stands behind' })
  @ApiOkResponse({ standardSchema: schemas.electionSchema })
  @ApiProblems()
  async getElection(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
  ): Promise<schemas.ElectionDocument> {
    assertMay(actor, 'read', { prefix: linePrefix(name) });
    return this.inspector.election(name);
  }

  @Post(':name/campaign')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Stands for the leadership with a session, and waits for it if asked to',
  })
  @ApiOkResponse({ standardSchema: sessionSchemas.heldSchema })
  @ApiProblems(404, 409)
  async campaignInElection(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Body({ schema: sessionSchemas.campaignBody })
    body: z.output<typeof sessionSchemas.campaignBody>,
    @Req() request: FastifyRequest,
  ): Promise<sessionSchemas.HeldDocument> {
    assertMay(actor, 'write', { prefix: linePrefix(name) });
    const session = await this.sessions.find(actor, body.session);
    using gone = clientGone(request);
    const wanted = { claim: EXCLUSIVE, waitMs: spanMs(body.wait), value: body.value };
    const held = await this.desk.acquire(session, name, wanted, gone.signal);
    tellAudit({ subject: `election ${name}`, after: { lease: held.lease, token: held.token } });
    return held;
  }

  @Post(':name/proclaim')
  @HttpCode(200)
  @ApiOperation({ summary: 'Another value for observers, from the leader' })
  @ApiOkResponse({ standardSchema: sessionSchemas.heldSchema })
  @ApiProblems(404, 409)
  async proclaimAsLeader(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Body({ schema: sessionSchemas.proclaimBody })
    body: z.output<typeof sessionSchemas.proclaimBody>,
  ): Promise<sessionSchemas.HeldDocument> {
    assertMay(actor, 'write', { prefix: linePrefix(name) });
    tellAudit({ subject: `election ${name}` });
    const session = await this.sessions.find(actor, body.session);
    return this.desk.proclaim(session, name, body.value);
  }

  @Post(':name/resign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives up the leadership, or the candidacy' })
  @ApiOkResponse({ standardSchema: sessionSchemas.leftSchema })
  @ApiProblems(404)
  async resignFromElection(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Body({ schema: sessionSchemas.sessionBody }) body: z.output<typeof sessionSchemas.sessionBody>,
  ): Promise<z.output<typeof sessionSchemas.leftSchema>> {
    assertMay(actor, 'write', { prefix: linePrefix(name) });
    tellAudit({ subject: `election ${name}` });
    const session = await this.sessions.find(actor, body.session);
    return { outcome: await this.desk.release(session, name) };
  }

  @Get(':name/watch')
  @ApiOperation({
    summary: 'Follows one election: who leads, and what it proclaims',
    description: 'As the watch of all elections, with no item while nobody stands.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'events, as they come' })
  @ApiProblems()
  async observeElection(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: schemas.lockName }) name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertMay(actor, 'read', { prefix: linePrefix(name) });
    await this.live.stream(await this.feeds.elections(actor, name, name), request, reply);
  }
}
