/** Gives every subject the {@link LiveSources}, and ends them when the gateway stops. */
import {
  Global,
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import type { FastifyInstance } from 'fastify';
import type { Server } from 'node:http';
import { LiveSources } from './live-sources.ts';
import { PlainStreams } from './plain-streams.ts';
import { WatchesController } from './watches.controller.ts';
import { routeUpgrades } from './web-socket.ts';

@Global()
@Module({
  controllers: [WatchesController],
  providers: [
    {
      provide: LiveSources,
      inject: [CONCORD],
      useFactory: (concord: Concord) => new LiveSources(concord.client),
    },
    { provide: PlainStreams, useFactory: () => new PlainStreams() },
  ],
  exports: [LiveSources, PlainStreams],
})
export class LiveModule
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  readonly #sources: LiveSources;
  readonly #streams: PlainStreams;
  readonly #adapter: HttpAdapterHost;

  constructor(
    @Inject(LiveSources) sources: LiveSources,
    @Inject(PlainStreams) streams: PlainStreams,
    @Inject(HttpAdapterHost) adapter: HttpAdapterHost,
  ) {
    this.#sources = sources;
    this.#streams = streams;
    this.#adapter = adapter;
  }

  onApplicationBootstrap(): void {
    const { httpAdapter } = this.#adapter;
    routeUpgrades(
      httpAdapter.getHttpServer() as Server,
      httpAdapter.getInstance<FastifyInstance>(),
    );
  }

  onModuleDestroy(): void {
    this.#sources.endStreams();
    this.#streams.endAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#sources.close();
  }
}
