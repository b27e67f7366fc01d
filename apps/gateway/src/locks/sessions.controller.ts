/** `/v1/sessions`: leases to stand in lines with, for programs that have no SDK. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { NotAudited } from '../audit/audited.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { spanMs } from '../live/long-poll.ts';
import { leaseId } from './lock-schemas.ts';
import { LockSessions } from './lock-sessions.ts';
import * as schemas from './session-schemas.ts';

@ApiTags('locks')
@SignedIn()
@Controller('v1/sessions')
export class SessionsController {
  constructor(@Inject(LockSessions) private readonly sessions: LockSessions) {}

  @Post()
  @ApiOperation({ summary: 'Opens a session to stand in lines with' })
  @ApiCreatedResponse({ standardSchema: schemas.sessionSchema })
  @ApiProblems()
  async openSession(
    @CurrentActor() actor: Actor,
    @Body({ schema: schemas.openSessionBody }) body: z.output<typeof schemas.openSessionBody>,
  ): Promise<schemas.SessionDocument> {
    const session = await this.sessions.open(actor, { ttlMs: spanMs(body.ttl), label: body.label });
    tellAudit({ subject: `session ${session.id}` });
    return session;
  }

  @Get(':id')
  @ApiOperation({ summary: 'A session of the caller, with its places in lines' })
  @ApiOkResponse({ standardSchema: schemas.sessionSchema })
  @ApiProblems(404)
  getSessionOfLocks(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: leaseId }) id: string,
  ): Promise<schemas.SessionDocument> {
    return this.sessions.get(actor, id);
  }

  @Post(':id/keep-alive')
  @HttpCode(200)
  @NotAudited()
  @ApiOperation({ summary: 'A sign of life: the session lives for its whole span again' })
  @ApiOkResponse({ standardSchema: schemas.sessionSchema })
  @ApiProblems(404)
  keepSessionAlive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: leaseId }) id: string,
  ): Promise<schemas.SessionDocument> {
    return this.sessions.keepAlive(actor, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends a session, and gives up everything that it holds or waits for' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  async closeSession(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: leaseId }) id: string,
  ): Promise<void> {
    tellAudit({ subject: `session ${id}` });
    await this.sessions.close(actor, id);
  }
}
