/** `/v1/locks`: who holds what, who waits, and taking part in it. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { linePrefix } from '@concord/lock/records';
import type { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { LockInspector } from './lock-inspector.ts';
import * as schemas from './lock-schemas.ts';

@ApiTags('locks')
@ApiProblems()
@SignedIn()
@Controller('v1/locks')
export class LocksController {
  constructor(@Inject(LockInspector) private readonly inspector: LockInspector) {}

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
}
