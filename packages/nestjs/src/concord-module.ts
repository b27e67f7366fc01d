/** The modules: connect once at the root, then discover, register and configure where it is needed. */
import {
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type Provider,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, HttpAdapterHost, MetadataScanner } from '@nestjs/core';
import {
  connect,
  type Concord,
  type ConfigDefinition,
  type ConnectOptions,
  type DiscoverOptions,
  type ServiceDefinition,
} from '@concord/sdk';
import { ConfigListeners } from './config-listeners.ts';
import { Connection } from './connection.ts';
import { ConcordHealthIndicator } from './health-indicator.ts';
import { LeaderElections } from './leader-elections.ts';
import { OwnRegistration } from './own-registration.ts';
import { checkOwnOptions, type OwnRegistrationOptions } from './own-registration-options.ts';
import {
  checkedRoot,
  OPTIONS,
  optionsProviders,
  type ConcordModuleAsyncOptions,
  type ConcordModuleOptions,
} from './root-options.ts';
import { CONCORD, configToken, ELECTIONS, LOCKS, serviceToken } from './tokens.ts';

export class ConcordModule {
  /**
   * Connects to the cluster while the application starts. What `connect` rejects with, the application fails with.
   *
   * @throws ConcordError `INVALID_ARGUMENT` for what are no options at all
   * @example
   * ConcordModule.forRoot({ endpoints: ['127.0.0.1:2379'] })
   */
  static forRoot(given: ConcordModuleOptions): DynamicModule {
    const { isGlobal = true, ...options } = checkedRoot(given);
    return root(isGlobal, [{ provide: OPTIONS, useValue: options }]);
  }

  /**
   * As {@link ConcordModule.forRoot}, with options that come from elsewhere.
   *
   * @example
   * ConcordModule.forRootAsync({
   *   imports: [ConfigModule],
   *   inject: [ConfigService],
   *   useFactory: (config) => ({ endpoints: config.get('endpoints') }),
   * })
   * @throws ConcordError `INVALID_ARGUMENT` unless one of `useFactory`, `useClass` and `useExisting` is given
   */
  static forRootAsync(options: ConcordModuleAsyncOptions): DynamicModule {
    const { isGlobal = true, imports } = options;
    return root(isGlobal, optionsProviders(options), imports);
  }

  /**
   * Registers this application as an instance of a service, and lets the registration follow its life: `starting`
   * until it listens, `serving` from then on, drained before it stops listening. Needs
   * `app.enableShutdownHooks()` or `app.close()`. What `registry.register` rejects with, the start of the application
   * fails with: `app.listen()` of an HTTP application, and otherwise `app.init()`, which `listen()` begins with.
   *
   * @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed
   */
  static register(options: OwnRegistrationOptions): DynamicModule {
    const checked = checkOwnOptions(options);
    return feature([
      {
        provide: OwnRegistration,
        inject: [Connection, { token: HttpAdapterHost, optional: true }],
        useFactory: ({ concord, canStartAlone }: Connection, host?: HttpAdapterHost) =>
          new OwnRegistration(concord, checked, canStartAlone ? 'retry' : 'fail', host),
      },
    ]);
  }

  /** Provides the views of services, for `@InjectService`. The application starts when each is known. */
  static discover(
    services: readonly (string | ServiceDefinition)[],
    options: DiscoverOptions = {},
  ): DynamicModule {
    return feature(
      services.map((service) => ({
        provide: serviceToken(service),
        inject: [CONCORD],
        useFactory: (concord: Concord) => concord.discover(service, options),
      })),
    );
  }

  /** Provides live values of configuration, for `@InjectConfig`. The application starts when each has a valid value. */
  static configuration(items: readonly (string | ConfigDefinition)[]): DynamicModule {
    return feature(
      items.map((item) => ({
        provide: configToken(item),
        inject: [CONCORD],
        useFactory: (concord: Concord) => concord.config.watch(item as ConfigDefinition),
      })),
    );
  }
}

// By call instead of by syntax: the package runs as it is written, and Node has no decorators.
Module({})(ConcordModule);

function root(
  isGlobal: boolean,
  options: Provider[],
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  const providers: Provider[] = [
    ...options,
    {
      provide: Connection,
      inject: [OPTIONS],
      useFactory: async (given: ConnectOptions) =>
        new Connection(await connect(given), given.cacheDirectory !== undefined),
    },
    {
      provide: CONCORD,
      inject: [Connection],
      useFactory: ({ concord }: Connection) => concord,
    },
    { provide: LOCKS, inject: [CONCORD], useFactory: ({ lock }: Concord) => lock },
    { provide: ELECTIONS, inject: [CONCORD], useFactory: ({ election }: Concord) => election },
    { provide: ConcordHealthIndicator, inject: [CONCORD], useFactory: indicator },
    {
      provide: ConfigListeners,
      inject: [CONCORD, DiscoveryService, MetadataScanner],
      useFactory: (concord: Concord, discovery: DiscoveryService, scanner: MetadataScanner) =>
        new ConfigListeners(concord, discovery, scanner),
    },
    {
      provide: LeaderElections,
      inject: [CONCORD],
      useFactory: (concord: Concord) => new LeaderElections(concord),
    },
  ];
  return {
    module: ConcordModule,
    global: isGlobal,
    imports: [...imports, DiscoveryModule],
    providers,
    exports: [CONCORD, LOCKS, ELECTIONS, Connection, ConcordHealthIndicator, LeaderElections],
  };
}

const indicator = (concord: Concord): ConcordHealthIndicator => new ConcordHealthIndicator(concord);

/** A module of its own each time: Nest takes two dynamic modules of one class for the same if they look alike. */
function feature(providers: FactoryProvider[]): DynamicModule {
  class ConcordFeatureModule {}
  Module({})(ConcordFeatureModule);
  return {
    module: ConcordFeatureModule,
    providers,
    exports: providers.map(({ provide }) => provide),
  };
}
