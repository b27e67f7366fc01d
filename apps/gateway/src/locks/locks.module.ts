/** Locks, elections, and sessions for programs that have no SDK. */
import { Module } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { LockInspector } from './lock-inspector.ts';
import { LocksController } from './locks.controller.ts';

@Module({
  controllers: [LocksController],
  providers: [
    {
      provide: LockInspector,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new LockInspector(client),
    },
  ],
})
export class LocksModule {}
