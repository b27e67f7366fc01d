/** The registry by HTTP; its nouns are what gRPC, DNS and Prometheus stand on, too. */
import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
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
      inject: [LiveSources],
      useFactory: (sources: LiveSources) => new ServiceDirectory(sources),
    },
    ...[ServicePages, Picker, Timeline].map((Noun) => ({
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
export class ServicesModule implements OnModuleDestroy {
  readonly #owned: readonly Disposable[];

  constructor(
    @Inject(Picker) picker: Picker,
    @Inject(Timeline) timeline: Timeline,
    @Inject(OverrideJanitor) janitor: OverrideJanitor,
  ) {
    this.#owned = [picker, timeline, janitor];
  }

  onModuleDestroy(): void {
    for (const one of this.#owned) one[Symbol.dispose]();
  }
}
