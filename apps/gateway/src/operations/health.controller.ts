/** `/health/live` and `/health/ready`, as Kubernetes and load balancers ask them. */
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConcordHealthIndicator } from '@concord/nestjs';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../access/permission.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { Drain } from './drain.ts';

@ApiTags('operations')
@Public()
@AnswersFromMemory()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(ConcordHealthIndicator) private readonly cluster: ConcordHealthIndicator,
    @Inject(Drain) private readonly drain: Drain,
  ) {}

  @Get('live')
  @HealthCheck()
  @ApiOperation({ summary: 'Whether this process works: restart it when it does not' })
  checkLive(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  /**
   * A cluster that is away does not make the gateway unready: it answers what it last knew, and taking all gateways out
   * of service at once would take that away too.
   */
  @Get('ready')
  @HealthCheck()
  @ApiOperation({ summary: 'Whether to send requests here; says of the cluster how it is' })
  checkReady(): Promise<HealthCheckResult> {
    return this.health.check([
      () => ({ gateway: { status: this.drain.phase === 'serving' ? 'up' : 'down' } }),
      () => this.cluster.check('cluster'),
    ]);
  }
}
