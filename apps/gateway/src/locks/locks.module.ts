/** Locks, elections, and sessions for programs that have no SDK. */
import { Inject, Module, type OnModuleDestroy, type Provider } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Client } from '@concord/client';
import type { Concord } from '@concord/sdk';
import { ElectionsController } from './elections.controller.ts';
import { LineDesk } from './line-desk.ts';
import { LockFeeds } from './lock-feeds.ts';
import { LockInspector } from './lock-inspector.ts';
import { LockSessions } from './lock-sessions.ts';
import { LocksController } from './locks.controller.ts';
import { SessionsController } from './sessions.controller.ts';

const madeOfClient = (noun: new (client: Client) => unknown): Provider => ({
  provide: noun,
  inject: [CONCORD],
  useFactory: ({ client }: Concord) => new noun(client),
});

@Module({
  controllers: [LocksController, ElectionsController, SessionsController],
  providers: [LockInspector, LockSessions, LineDesk, LockFeeds].map((noun) => madeOfClient(noun)),
  exports: [LockInspector, LockSessions, LineDesk, LockFeeds],
})
export class LocksModule implements OnModuleDestroy {
  constructor(@Inject(LockFeeds) private readonly feeds: LockFeeds) {}

  async onModuleDestroy(): Promise<void> {
    await this.feeds[Symbol.asyncDispose]();
  }
}
