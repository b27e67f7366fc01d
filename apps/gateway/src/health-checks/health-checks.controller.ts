/** `/v1/services/{service}/instances/{instance}/health-check`: checks of instances that cannot send heartbeats. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { MayReadService, MayWriteInstance } from '../services/service-access.ts';
import { nameSchema } from '../services/service-schemas.ts';
import { CheckBook } from './check-book.ts';
import * as schemas from './health-check-schemas.ts';

type Document = z.output<typeof schemas.healthCheckSchema>;

@ApiTags('health checks')
@ApiProblems(404)
@Controller('v1/services/:service/instances/:instance/health-check')
export class HealthChecksController {
  constructor(@Inject(CheckBook) private readonly book: CheckBook) {}

  @Put()
  @MayWriteInstance()
  @ApiOperation({
    summary: 'Has an instance checked, by HTTP, TCP, gRPC or for heartbeats',
    description:
      'A gateway keeps it registered, asks it every `interval`, and sets its state: `serving`, or `starting` while it is unhealthy. ' +
      'Addresses that are not public have to be allowed by `--health-check-networks`.',
  })
  @ApiOkResponse({ standardSchema: schemas.healthCheckSchema })
  async putHealthCheck(
    @CurrentActor() actor: Actor,
    @Param('service', { schema: nameSchema }) service: string,
    @Param('instance', { schema: nameSchema }) id: string,
    @Body({ schema: schemas.healthCheckBody }) body: schemas.HealthCheckBody,
  ): Promise<Document> {
    tellAudit({ subject: `health check ${service}/${id}`, after: body });
    return await this.book.put({ service, id }, body, actor.name);
  }

  @Get()
  @MayReadService()
  @ApiOperation({ summary: 'How an instance is checked, and what was found' })
  @ApiOkResponse({ standardSchema: schemas.healthCheckSchema })
  async getHealthCheck(
    @Param('service', { schema: nameSchema }) service: string,
    @Param('instance', { schema: nameSchema }) id: string,
  ): Promise<Document> {
    return await this.book.get({ service, id });
  }

  @Delete()
  @HttpCode(204)
  @MayWriteInstance()
  @ApiOperation({ summary: 'Ends the checks: the instance has to send heartbeats itself' })
  async removeHealthCheck(
    @Param('service', { schema: nameSchema }) service: string,
    @Param('instance', { schema: nameSchema }) id: string,
  ): Promise<void> {
    tellAudit({ subject: `health check ${service}/${id}` });
    await this.book.remove({ service, id });
  }
}
