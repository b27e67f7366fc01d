/** Active checks: the API that sets them, and the part that this gateway takes in running them. */
import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { LiveSources } from '../live/live-sources.ts';
import { LOG, type Log } from '../log.ts';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { Registrar } from '../services/registrar.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import { ServicesModule } from '../services/services.module.ts';
import { CheckBook } from './check-book.ts';
import { checkKeys } from './check-keys.ts';
import { CheckShards } from './check-shards.ts';
import { HealthChecksController } from './health-checks.controller.ts';
import { NetworkGuard } from './network-guard.ts';
import { Slots } from './slots.ts';

/** Checks at once: a slow network holds up other checks, never the gateway. */
const CHECKS_AT_ONCE = 64;

@Module({
  imports: [ServicesModule],
  controllers: [HealthChecksController],
  exports: [CheckBook],
  providers: [
    {
      provide: NetworkGuard,
      inject: [OPTIONS],
      useFactory: ({ healthCheckNetworks, healthCheckPorts }: GatewayOptions) =>
        new NetworkGuard({
          networks: healthCheckNetworks,
          ports: healthCheckPorts.map((range) => {
            const [from = 0, to = from] = range.split('-').map(Number);
            return { from, to };
          }),
        }),
    },
    {
      provide: CheckBook,
      inject: [CONCORD, ServiceDirectory, NetworkGuard],
      useFactory: (concord: Concord, directory: ServiceDirectory, guard: NetworkGuard) =>
        new CheckBook(concord.client, concord.election, directory, guard),
    },
    {
      provide: CheckShards,
      inject: [CONCORD, ServiceDirectory, Registrar, NetworkGuard, LiveSources, LOG],
      useFactory: (
        concord: Concord,
        directory: ServiceDirectory,
        registrar: Registrar,
        guard: NetworkGuard,
        sources: LiveSources,
        log: Log,
      ) =>
        new CheckShards(
          {
            client: concord.client,
            directory,
            registrar,
            guard,
            log,
            slots: new Slots(CHECKS_AT_ONCE),
            gateway: `${hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`,
          },
          concord.election,
          {
            checks: sources.of(checkKeys.all),
            results: sources.of(checkKeys.allResults),
          },
        ),
    },
  ],
})
export class HealthChecksModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #shards: CheckShards;
  readonly #options: GatewayOptions;

  constructor(@Inject(CheckShards) shards: CheckShards, @Inject(OPTIONS) options: GatewayOptions) {
    this.#shards = shards;
    this.#options = options;
  }

  onApplicationBootstrap(): void {
    if (this.#options.healthChecks) this.#shards.begin();
  }

  /** While the connection is still there: what it leads is handed on at once. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#shards[Symbol.asyncDispose]();
  }
}
