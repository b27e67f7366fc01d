/** What whoever runs a gateway looks at: health, metrics, traces; and its end in order. */
import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { Drain } from './drain.ts';
import { HealthController } from './health.controller.ts';
import { MetricsController } from './metrics.controller.ts';
import { GatewayMetrics } from './request-metrics.ts';
import { Tracing } from './tracing.ts';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, MetricsController],
  providers: [
    {
      provide: Drain,
      inject: [OPTIONS],
      useFactory: ({ drainDelaySeconds }: GatewayOptions) => new Drain(drainDelaySeconds * 1000),
    },
    { provide: GatewayMetrics, useFactory: () => new GatewayMetrics() },
    { provide: APP_INTERCEPTOR, useFactory: () => new Tracing() },
  ],
  exports: [GatewayMetrics],
})
export class OperationsModule implements BeforeApplicationShutdown {
  constructor(@Inject(Drain) private readonly drain: Drain) {}

  beforeApplicationShutdown(): Promise<void> {
    return this.drain.begin();
  }
}
