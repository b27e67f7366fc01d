/** The connection of the application: closed when everything else has shut down. */
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Concord } from '@concord/sdk';

export class Connection implements OnApplicationShutdown {
  readonly concord: Concord;

  constructor(concord: Concord) {
    this.concord = concord;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.concord.close();
  }
}
