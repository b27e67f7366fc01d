/** Configuration: items, drafts, releases, gray rollouts, and what clients made of them. */
import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import { Configuration } from '@concord/config';
import type { Concord } from '@concord/sdk';
import { ConfigsController } from './configs.controller.ts';
import { ItemDesk } from './item-desk.ts';
import { LiveSources } from '../live/live-sources.ts';
import { ItemFeeds } from './item-feeds.ts';
import { ItemReader } from './item-reader.ts';
import { ReleaseDesk } from './release-desk.ts';

@Module({
  controllers: [ConfigsController],
  providers: [
    {
      provide: Configuration,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) =>
        new Configuration(client, { environment: false, acknowledge: false }),
    },
    {
      provide: ItemReader,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new ItemReader(client),
    },
    {
      provide: ReleaseDesk,
      inject: [Configuration],
      useFactory: (config: Configuration) => new ReleaseDesk(config),
    },
    {
      provide: ItemDesk,
      inject: [ItemReader, ReleaseDesk],
      useFactory: (reader: ItemReader, desk: ReleaseDesk) => new ItemDesk(reader, desk, undefined),
    },
    {
      provide: ItemFeeds,
      inject: [CONCORD, LiveSources],
      useFactory: ({ client }: Concord, live: LiveSources) => new ItemFeeds(client, live),
    },
  ],
  exports: [ItemDesk],
})
export class ConfigsModule implements OnModuleDestroy {
  constructor(@Inject(ItemFeeds) private readonly feeds: ItemFeeds) {}

  async onModuleDestroy(): Promise<void> {
    await this.feeds[Symbol.asyncDispose]();
  }
}
