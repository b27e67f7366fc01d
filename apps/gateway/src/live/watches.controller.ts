/** `/v1/watches`: who follows what at this gateway. */
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Administrator } from '../access/permission.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { LiveSources } from './live-sources.ts';
import { PlainStreams } from './plain-streams.ts';

const watchListSchema = z.object({
  subscribers: z.int().describe('by SSE and WebSocket, at this gateway'),
  plainStreams: z.int().describe('of raw keys and of the state of the cluster, at this gateway'),
  items: z.array(
    z.object({
      prefix: z.string().describe('of the keys that are followed'),
      subject: z.string(),
      subscribers: z.int(),
      behind: z.int().describe('subscribers that have not been told of the newest change yet'),
      blocked: z.int().describe('subscribers whose connection takes nothing at the moment'),
      revision: z.int().describe('of the newest change'),
      slowestRevision: z.int().describe('what the slowest subscriber knows'),
    }),
  ),
});

@ApiTags('watches')
@ApiProblems()
@Administrator()
@AnswersFromMemory()
@Controller('v1/watches')
export class WatchesController {
  constructor(
    @Inject(LiveSources) private readonly sources: LiveSources,
    @Inject(PlainStreams) private readonly streams: PlainStreams,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who follows what at this gateway, and how far behind they are' })
  @ApiOkResponse({ standardSchema: watchListSchema })
  listWatches(): z.output<typeof watchListSchema> {
    return {
      subscribers: this.sources.subscribers,
      plainStreams: this.streams.size,
      items: this.sources.audiences(),
    };
  }
}
