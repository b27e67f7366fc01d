/** `/health/live` and `/health/ready`, as Kubernetes and load balancers ask them. */
import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConcordHealthIndicator } from '@concord/nestjs';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../access/permission.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { ClusterConnection } from '../cluster-link/cluster-connection.ts';
import { Problem } from '../http/problem.ts';
import { Drain } from './drain.ts';

@ApiTags('operations')
@Public()
@AnswersFromMemory()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(ConcordHealthIndicator) private readonly cluster: ConcordHealthIndicator,
    @Inject(ClusterConnection) private readonly connection: ClusterConnection,
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
  async checkReady(): Promise<HealthCheckResult> {
    try {
      return await this.#check();
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const report = error.getResponse() as HealthCheckResult;
      throw new Problem('not-ready', {
        detail:
          this.drain.phase === 'serving'
            ? 'no member of the cluster has answered since this gateway started: it is asked on and on'
            : 'this gateway stops: ask another one',
        headers: { 'retry-after': '1' },
        extensions: { ...report },
      });
    }
  }

  #check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => ({ gateway: { status: this.drain.phase === 'serving' ? 'up' : 'down' } }),
      () => this.#checkCluster(),
    ]);
  }

  /** Until it has answered once there is nothing to answer from. */
  async #checkCluster(): ReturnType<ConcordHealthIndicator['check']> {
    const result = await this.cluster.check('cluster', {
      requireLive: !this.connection.hasAnswered,
    });
    if (result['cluster']?.['isLive'] === true) this.connection.noteAnswer();
    return result;
  }
}
