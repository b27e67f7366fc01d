/** What was when. */
import { Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { ClusterModule } from '../cluster/cluster.module.ts';
import { Sampler } from '../cluster/sampler.ts';
import { LOG, type Log } from '../log.ts';
import { RevisionClock } from './revision-clock.ts';
import { RevisionsController } from './revisions.controller.ts';

@Module({
  imports: [ClusterModule],
  controllers: [RevisionsController],
  providers: [
    {
      provide: RevisionClock,
      inject: [CONCORD, Sampler, LOG],
      useFactory: ({ client }: Concord, sampler: Sampler, log: Log) =>
        new RevisionClock(client, () => sampler.moments, log),
    },
  ],
})
export class TimeTravelModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(@Inject(RevisionClock) private readonly clock: RevisionClock) {}

  onApplicationBootstrap(): void {
    this.clock.start();
  }

  onModuleDestroy(): void {
    this.clock.close();
  }
}
