/** `/v1/revisions`: from a moment to the revision that everything can be read at. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { RevisionClock } from './revision-clock.ts';

const momentQuery = z.strictObject({
  at: z.iso.datetime({ offset: true }).describe('a moment, such as 2026-11-26T14:05:00Z'),
});
const momentSchema = z.object({
  at: z.iso.datetime().describe('the newest known moment that is not later than what was asked'),
  revision: z.int().describe('of the store at that moment: `?revision=` of keys and instances'),
});

@ApiTags('keys')
@ApiProblems(404)
@SignedIn()
@Controller('v1/revisions')
export class RevisionsController {
  constructor(@Inject(RevisionClock) private readonly clock: RevisionClock) {}

  @Get()
  @ApiOperation({ summary: 'The revision that the store had at a moment, to the minute or better' })
  @ApiOkResponse({ standardSchema: momentSchema })
  async findRevision(
    @Query({ schema: momentQuery }) { at }: z.output<typeof momentQuery>,
  ): Promise<z.output<typeof momentSchema>> {
    const { atMs, revision } = await this.clock.at(Date.parse(at));
    return { at: new Date(atMs).toISOString(), revision };
  }
}
