/** `/metrics` for Prometheus. */
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/permission.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { GatewayMetrics } from './request-metrics.ts';

@ApiTags('operations')
@Public()
@AnswersFromMemory()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(GatewayMetrics) private readonly metrics: GatewayMetrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'What the gateway counts about itself' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  getMetrics(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
