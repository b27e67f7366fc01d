/** The connection of the application: closed when everything else has shut down. */
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Concord } from '@concord/sdk';

export class Connection implements OnApplicationShutdown {
  readonly concord: Concord;
  /** Whether the application is meant to start while the cluster is away. */
  readonly canStartAlone: boolean;

  constructor(concord: Concord, canStartAlone: boolean) {
    this.concord = concord;
    this.canStartAlone = canStartAlone;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.concord.close();
  }
}
