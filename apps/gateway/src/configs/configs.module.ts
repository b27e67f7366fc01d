/** Configuration: items, drafts, releases, gray rollouts, and what clients made of them. */
import { Module } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import { Configuration } from '@concord/config';
import type { Concord } from '@concord/sdk';
import { ConfigsController } from './configs.controller.ts';
import { ItemDesk } from './item-desk.ts';
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
  ],
  exports: [ItemDesk],
})
export class ConfigsModule {}
