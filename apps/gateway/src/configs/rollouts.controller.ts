/** `…/rollout`: a release in steps, to a few clients first. */
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { addressOf } from './item-path.ts';
import * as items from './item-schemas.ts';
import { RolloutDesk } from './rollout-desk.ts';
import * as schemas from './rollout-schemas.ts';

@ApiTags('configuration')
@ApiProblems(404, 409)
@SignedIn()
@Controller('v1/configs')
export class RolloutsController {
  constructor(@Inject(RolloutDesk) private readonly desk: RolloutDesk) {}

  @Get(':namespace/:path/rollout')
  @ApiOperation({
    summary: 'The rollout of an item: how far it is, and what its clients made of it',
  })
  @ApiOkResponse({ standardSchema: schemas.rolloutSchema })
  getConfigRollout(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
  ): Promise<schemas.RolloutDocument> {
    return this.desk.get(actor, addressOf({ namespace, path }));
  }

  @Post(':namespace/:path/rollout')
  @ApiOperation({
    summary: 'Releases content, or the draft, to the clients of the first step',
    description:
      'A gateway watches over it and goes on, or halts; when it goes away another one takes over. The first rejection halts it unless `rejectedOver` allows some.',
  })
  @ApiCreatedResponse({ standardSchema: schemas.rolloutSchema })
  @ApiProblems(413, 422, 507)
  startConfigRollout(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Body({ schema: schemas.startRolloutBody }) body: schemas.StartRollout,
  ): Promise<schemas.RolloutDocument> {
    return this.desk.start(actor, addressOf({ namespace, path }), body);
  }

  @Patch(':namespace/:path/rollout')
  @ApiOperation({
    summary: 'Pauses a rollout, goes on with it, takes the next step, or ends it for everybody',
  })
  @ApiOkResponse({ standardSchema: schemas.rolloutSchema })
  changeConfigRollout(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Body({ schema: schemas.changeRolloutBody })
    { action, comment }: z.output<typeof schemas.changeRolloutBody>,
  ): Promise<schemas.RolloutDocument> {
    return this.desk.change(actor, addressOf({ namespace, path }), action, comment);
  }

  @Delete(':namespace/:path/rollout')
  @HttpCode(204)
  @ApiOperation({ summary: 'Aborts a rollout: the gray track goes, and its clients go back' })
  @ApiNoContentResponse()
  abortConfigRollout(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Query({ schema: schemas.abortQuery }) { track, comment }: z.output<typeof schemas.abortQuery>,
  ): Promise<void> {
    return this.desk.abort(actor, addressOf({ namespace, path }), track, comment);
  }
}
