/** Configuration: items, drafts, releases, gray rollouts, and what clients made of them. */
import { hostname } from 'node:os';
import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { CONCORD } from '@concord/nestjs';
import { Configuration } from '@concord/config';
import { KeyRing, type KeyRingOptions } from '@concord/config/records';
import type { Concord } from '@concord/sdk';
import { LOG, type Log } from '../log.ts';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { readSecretKeys, SECRET_KEYS } from './secret-keys.ts';
import { DraftDesk } from './draft-desk.ts';
import { DraftReleases } from './draft-releases.ts';
import { DraftsController } from './drafts.controller.ts';
import { FeedbackController } from './feedback.controller.ts';
import { FeedbackDesk } from './feedback-desk.ts';
import { RolloutConductor } from './rollout-conductor.ts';
import { RolloutDesk } from './rollout-desk.ts';
import { RolloutStore } from './rollout-store.ts';
import { RolloutsController } from './rollouts.controller.ts';
import { SchemaJudge } from './schema-judge.ts';
import { ValidationDesk } from './validation-desk.ts';
import { BundleDesk } from './bundle-desk.ts';
import { BundleImport } from './bundle-import.ts';
import { BundlesController } from './bundles.controller.ts';
import { ConfigsController } from './configs.controller.ts';
import { ItemDesk } from './item-desk.ts';
import { LiveSources } from '../live/live-sources.ts';
import { ItemFeeds } from './item-feeds.ts';
import { ItemReader } from './item-reader.ts';
import { ReleaseDesk } from './release-desk.ts';

/** Token of the ring that opens and seals secrets; undefined where the gateway has none. */
const CONFIG_KEYS: unique symbol = Symbol('concord.gateway.config-keys');

@Module({
  controllers: [
    BundlesController,
    ConfigsController,
    DraftsController,
    FeedbackController,
    RolloutsController,
  ],
  providers: [
    {
      provide: Configuration,
      inject: [CONCORD, SECRET_KEYS],
      useFactory: ({ client }: Concord, keys: KeyRingOptions | undefined) =>
        new Configuration(client, {
          environment: false,
          acknowledge: false,
          publishSchemas: false,
          ...(keys !== undefined && { keys }),
        }),
    },
    {
      provide: SECRET_KEYS,
      inject: [OPTIONS],
      useFactory: ({ configKeys }: GatewayOptions) => readSecretKeys(configKeys),
    },
    {
      provide: CONFIG_KEYS,
      inject: [SECRET_KEYS],
      useFactory: (keys: KeyRingOptions | undefined) => keys && new KeyRing('--config-keys', keys),
    },
    {
      provide: ItemReader,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new ItemReader(client),
    },
    {
      provide: ReleaseDesk,
      inject: [Configuration],
      useFactory: (config: Configuration) => new ReleaseDesk(config),
    },
    {
      provide: ItemDesk,
      inject: [ItemReader, ReleaseDesk, CONFIG_KEYS],
      useFactory: (reader: ItemReader, desk: ReleaseDesk, keys: KeyRing | undefined) =>
        new ItemDesk(reader, desk, keys),
    },
    {
      provide: DraftDesk,
      inject: [CONCORD, ItemReader, CONFIG_KEYS],
      useFactory: ({ client }: Concord, reader: ItemReader, keys: KeyRing | undefined) =>
        new DraftDesk(client, reader, keys),
    },
    {
      provide: ValidationDesk,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new ValidationDesk(client, new SchemaJudge()),
    },
    {
      provide: DraftReleases,
      inject: [ItemDesk, DraftDesk, ReleaseDesk, ValidationDesk, CONFIG_KEYS],
      useFactory: (
        items: ItemDesk,
        drafts: DraftDesk,
        releases: ReleaseDesk,
        validation: ValidationDesk,
        keys: KeyRing | undefined,
      ) => new DraftReleases({ items, drafts, releases, validation, keys }),
    },
    {
      provide: FeedbackDesk,
      inject: [CONCORD, ItemReader, ValidationDesk],
      useFactory: ({ client }: Concord, reader: ItemReader, validation: ValidationDesk) =>
        new FeedbackDesk(client, reader, validation),
    },
    {
      provide: RolloutStore,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new RolloutStore(client),
    },
    {
      provide: RolloutDesk,
      inject: [Configuration, RolloutStore, DraftDesk, FeedbackDesk],
      useFactory: (
        config: Configuration,
        store: RolloutStore,
        drafts: DraftDesk,
        feedback: FeedbackDesk,
      ) => new RolloutDesk(config, store, drafts, feedback),
    },
    {
      provide: RolloutConductor,
      inject: [CONCORD, Configuration, RolloutStore, LOG],
      useFactory: (
        { client, election }: Concord,
        config: Configuration,
        store: RolloutStore,
        log: Log,
      ) =>
        new RolloutConductor(client, election, config, store, log, `${hostname()}:${process.pid}`),
    },
    {
      provide: BundleDesk,
      inject: [ItemReader],
      useFactory: (reader: ItemReader) => new BundleDesk(reader),
    },
    {
      provide: BundleImport,
      inject: [ItemReader, ReleaseDesk],
      useFactory: (reader: ItemReader, releases: ReleaseDesk) => new BundleImport(reader, releases),
    },
    {
      provide: ItemFeeds,
      inject: [CONCORD, LiveSources],
      useFactory: ({ client }: Concord, live: LiveSources) => new ItemFeeds(client, live),
    },
  ],
  exports: [
    BundleDesk,
    BundleImport,
    DraftDesk,
    DraftReleases,
    FeedbackDesk,
    ItemDesk,
    ItemFeeds,
    ItemReader,
    RolloutDesk,
    ValidationDesk,
  ],
})
export class ConfigsModule implements OnModuleDestroy {
  constructor(
    @Inject(ItemFeeds) private readonly feeds: ItemFeeds,
    @Inject(RolloutConductor) private readonly conductor: RolloutConductor,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.feeds[Symbol.asyncDispose]();
    await this.conductor[Symbol.asyncDispose]();
  }
}
