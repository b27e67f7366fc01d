/** The registry by HTTP; its nouns are what gRPC, DNS and Prometheus stand on, too. */
import { hostname } from 'node:os';
import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { ClusterConnection } from '../cluster-link/cluster-connection.ts';
import { LiveModule } from '../live/live.module.ts';
import { LiveSources } from '../live/live-sources.ts';
import { LOG, type Log } from '../log.ts';
import { Drains } from './drains.ts';
import { Holds } from './holds.ts';
import { Heartbeats } from './heartbeats.ts';
import { InstancesController } from './instances.controller.ts';
import { OverrideJanitor } from './override-janitor.ts';
import { Overrides } from './overrides.ts';
import { Picker } from './picker.ts';
import { Registrar } from './registrar.ts';
import { ServiceDirectory } from './service-directory.ts';
import { ServicePages } from './service-pages.ts';
import { ServicesController } from './services.controller.ts';
import { Timeline } from './timeline.ts';
import { TimelineKeeper } from './timeline-keeper.ts';
import { TimelineRecord } from './timeline-record.ts';

const nouns = [
  ServiceDirectory,
  ServicePages,
  Registrar,
  Heartbeats,
  Drains,
  Overrides,
  Holds,
  Picker,
  Timeline,
];

@Module({
  imports: [LiveModule],
  controllers: [ServicesController, InstancesController],
  providers: [
    {
      provide: ServiceDirectory,
      inject: [LiveSources, ClusterConnection],
      useFactory: (sources: LiveSources, { hasAnswered }: ClusterConnection) =>
        new ServiceDirectory(sources, !hasAnswered),
    },
    ...[ServicePages, Picker].map((Noun) => ({
      provide: Noun,
      inject: [ServiceDirectory],
      useFactory: (directory: ServiceDirectory) => new Noun(directory),
    })),
    ...[Registrar, Heartbeats, Overrides, Holds].map((Noun) => ({
      provide: Noun,
      inject: [CONCORD, ServiceDirectory],
      useFactory: ({ client }: Concord, directory: ServiceDirectory) => new Noun(client, directory),
    })),
    {
      provide: TimelineRecord,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new TimelineRecord(client),
    },
    {
      provide: Timeline,
      inject: [ServiceDirectory, TimelineRecord],
      useFactory: (directory: ServiceDirectory, record: TimelineRecord) =>
        new Timeline(directory, record),
    },
    {
      provide: TimelineKeeper,
      inject: [CONCORD, TimelineRecord, Timeline],
      useFactory: ({ client, election }: Concord, record: TimelineRecord, timeline: Timeline) =>
        new TimelineKeeper(client, election, record, timeline, `${hostname()}:${process.pid}`),
    },
    {
      provide: Drains,
      inject: [Registrar, ServiceDirectory],
      useFactory: (registrar: Registrar, directory: ServiceDirectory) =>
        new Drains(registrar, directory),
    },
    {
      provide: OverrideJanitor,
      inject: [CONCORD, ServiceDirectory, LOG],
      useFactory: ({ client }: Concord, directory: ServiceDirectory, log: Log) =>
        new OverrideJanitor(client, directory, log),
    },
  ],
  exports: nouns,
})
export class ServicesModule implements BeforeApplicationShutdown, OnModuleDestroy {
  readonly #owned: readonly Disposable[];

  constructor(
    @Inject(Picker) picker: Picker,
    @Inject(Timeline) timeline: Timeline,
    @Inject(OverrideJanitor) janitor: OverrideJanitor,
    @Inject(TimelineKeeper) private readonly keeper: TimelineKeeper,
  ) {
    this.#owned = [picker, timeline, janitor];
  }

  /** While the connection is still there: another gateway goes on with the record at once. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.keeper[Symbol.asyncDispose]();
  }

  onModuleDestroy(): void {
    for (const one of this.#owned) one[Symbol.dispose]();
  }
}
