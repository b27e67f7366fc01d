/** Keys and leases as they lie in the store. */
import { Module } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { KeyBrowser } from './key-browser.ts';
import { KeyFollower } from './key-follower.ts';
import { KeysController } from './keys.controller.ts';
import { LeaseBrowser } from './lease-browser.ts';
import { LeasesController } from './leases.controller.ts';

@Module({
  controllers: [KeysController, LeasesController],
  providers: [
    {
      provide: KeyBrowser,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new KeyBrowser(client),
    },
    {
      provide: KeyFollower,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new KeyFollower(client),
    },
    {
      provide: LeaseBrowser,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new LeaseBrowser(client),
    },
  ],
})
export class KeysModule {}
