/** Hands the connection to every module, and closes it when all of them have shut down. */
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONCORD, ConcordHealthIndicator } from '@concord/nestjs';
import type { ClientOptions } from '@concord/client';
import type { Concord } from '@concord/sdk';
import { LOG, type Log } from '../log.ts';
import { ClusterConnection } from './cluster-connection.ts';
import { CONNECTION_OPTIONS } from './connection-options.ts';

/** As a provider, so that Nest closes it where it would close any other: last. */
class ClosedConnection implements OnApplicationShutdown {
  readonly #concord: Concord;

  constructor(concord: Concord) {
    this.#concord = concord;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#concord.close();
  }
}

@Module({
  providers: [
    {
      provide: ClusterConnection,
      inject: [CONNECTION_OPTIONS, LOG],
      useFactory: (options: ClientOptions, log: Log) => ClusterConnection.open(options, log),
    },
    {
      provide: CONCORD,
      inject: [ClusterConnection],
      useFactory: ({ concord }: ClusterConnection) => concord,
    },
    {
      provide: ClosedConnection,
      inject: [CONCORD],
      useFactory: (concord: Concord) => new ClosedConnection(concord),
    },
    {
      provide: ConcordHealthIndicator,
      inject: [CONCORD],
      useFactory: (concord: Concord) => new ConcordHealthIndicator(concord),
    },
  ],
  exports: [CONCORD, ClusterConnection, ConcordHealthIndicator],
})
export class ConnectionModule {
  /** Injected so that it is there. */
  constructor(@Inject(ClosedConnection) readonly closed: ClosedConnection) {}
}
