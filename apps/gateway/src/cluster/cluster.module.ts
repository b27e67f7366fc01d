/** Members, their state, and an operator's chores. */
import {
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Inject,
} from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import type { ClientOptions } from '@concord/client';
import { CONNECTION_OPTIONS } from '../cluster-link/connection-options.ts';
import { LOG, type Log } from '../log.ts';
import { MaintenanceController } from './maintenance.controller.ts';
import { MemberClients } from './member-clients.ts';
import { MembersController } from './members.controller.ts';
import { Membership } from './membership.ts';
import { Sampler } from './sampler.ts';
import { StatusBoard } from './status-board.ts';
import { StatusController } from './status.controller.ts';

@Module({
  controllers: [MembersController, StatusController, MaintenanceController],
  providers: [
    {
      provide: Membership,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new Membership(client),
    },
    {
      provide: MemberClients,
      inject: [CONNECTION_OPTIONS],
      useFactory: (options: ClientOptions) => new MemberClients(options),
    },
    {
      provide: StatusBoard,
      inject: [CONCORD, MemberClients],
      useFactory: ({ client }: Concord, members: MemberClients) => new StatusBoard(client, members),
    },
    {
      provide: Sampler,
      inject: [CONCORD, StatusBoard, CONNECTION_OPTIONS, LOG],
      useFactory: ({ client }: Concord, board: StatusBoard, { tls }: ClientOptions, log: Log) =>
        new Sampler({ client, board, tls, log }),
    },
  ],
  exports: [StatusBoard, Sampler],
})
export class ClusterModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(Sampler) private readonly sampler: Sampler,
    @Inject(MemberClients) private readonly members: MemberClients,
  ) {}

  onApplicationBootstrap(): void {
    this.sampler.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.sampler.close();
    await this.members.close();
  }
}
