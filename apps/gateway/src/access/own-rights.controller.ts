/** `/v1/session/permission`: what the caller may do, asked before it is tried. */
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ApiProblems } from '../http/api-problems.ts';
import type { Actor } from './actor.ts';
import { CurrentActor, SignedIn } from './permission.ts';
import * as schemas from './session-schemas.ts';

@ApiTags('access')
@ApiProblems()
@SignedIn()
@Controller('v1/session/permission')
export class OwnRightsController {
  @Get()
  @ApiOperation({
    summary: 'Whether the caller may read or write a key, or all or any keys below a prefix',
    description:
      'For pages that show what one may not do as such. Everything is decided again when it is done.',
  })
  @ApiOkResponse({ standardSchema: schemas.permissionSchema })
  checkPermission(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.permissionQuery })
    { verb, key, as }: z.output<typeof schemas.permissionQuery>,
  ): z.output<typeof schemas.permissionSchema> {
    if (as === 'key') return { isPermitted: actor.may(verb, key) };
    const below = { prefix: key };
    return {
      isPermitted: as === 'prefix' ? actor.may(verb, below) : actor.mayWithin(verb, below),
    };
  }
}
