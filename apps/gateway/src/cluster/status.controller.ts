/** `/v1/cluster/status`, `/samples`, `/alarms`: how the cluster is doing. */
import { Controller, Delete, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { InjectConcord } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Administrator, SignedIn } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { PlainStreams } from '../live/plain-streams.ts';
import { memberIdOf } from './membership.ts';
import * as schemas from './member-schemas.ts';
import { SAMPLE_INTERVAL_MS, Sampler } from './sampler.ts';
import { StatusBoard } from './status-board.ts';

type AlarmList = z.output<typeof schemas.alarmListSchema>;

@ApiTags('cluster')
@ApiProblems()
@SignedIn()
@Controller('v1/cluster')
export class StatusController {
  constructor(
    @InjectConcord() private readonly concord: Concord,
    @Inject(StatusBoard) private readonly board: StatusBoard,
    @Inject(Sampler) private readonly sampler: Sampler,
    @Inject(PlainStreams) private readonly streams: PlainStreams,
  ) {}

  @Get('status')
  @ApiOperation({ summary: 'How each member is doing, asked now' })
  @ApiOkResponse({ standardSchema: schemas.clusterStatusSchema })
  getClusterStatus(): Promise<schemas.ClusterStatus> {
    return this.board.look();
  }

  @Get('samples')
  @ApiOperation({ summary: 'Rates and latencies of the last ten minutes' })
  @ApiOkResponse({ standardSchema: schemas.sampleListSchema })
  listSamples(): z.output<typeof schemas.sampleListSchema> {
    return { intervalMs: SAMPLE_INTERVAL_MS, items: [...this.sampler.samples] };
  }

  @Get('watch')
  @AnswersFromMemory()
  @ApiOperation({
    summary: 'Follows the state of the cluster as server-sent events',
    description:
      '`status` every two seconds: `{ status, sample }`, as the operations beside this answer them.',
  })
  @ApiProduces('text/event-stream')
  watchCluster(@Res() reply: FastifyReply): void {
    const stream = this.streams.open(reply);
    this.sampler.events.on(
      'sampled',
      ({ sample, status }) => stream.send('status', sample.at, { status, sample }),
      { signal: stream.signal },
    );
  }

  @Get('alarms')
  @ApiOperation({ summary: 'What keeps the cluster from working as it should' })
  @ApiOkResponse({ standardSchema: schemas.alarmListSchema })
  async listAlarms(): Promise<AlarmList> {
    const alarms = await this.concord.client.maintenance.alarms();
    return {
      alarms: alarms.map(({ memberId, kind }) => ({ member: memberId.toString(16), kind })),
    };
  }

  @Delete('alarms')
  @Administrator()
  @ApiOperation({ summary: 'Takes alarms back, once their cause is gone' })
  @ApiOkResponse({ standardSchema: schemas.alarmListSchema })
  async disarmAlarms(
    @Query({ schema: schemas.disarmQuery }) { member, kind }: z.output<typeof schemas.disarmQuery>,
  ): Promise<AlarmList> {
    tellAudit({ subject: 'alarms', after: { member, kind } });
    const isOne = member !== undefined && kind !== undefined;
    await this.concord.client.maintenance.disarm(
      isOne ? { memberId: memberIdOf(member), kind } : undefined,
    );
    return this.listAlarms();
  }
}
