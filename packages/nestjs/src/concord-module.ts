/** The modules: connect once at the root, then discover, register and configure where it is needed. */
import {
  Module,
  type DynamicModule,
  type FactoryProvider,
  type InjectionToken,
  type ModuleMetadata,
  type OptionalFactoryDependency,
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
import { OwnRegistration, type OwnRegistrationOptions } from './own-registration.ts';
import { CONCORD, configToken, serviceToken } from './tokens.ts';

/** Options of `connect`, and whether every module of the application may inject what comes of it (the default). */
export type ConcordModuleOptions = ConnectOptions & { readonly isGlobal?: boolean };

export interface ConcordModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[];
  readonly isGlobal?: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is injected is Nest's affair
  readonly useFactory: (...dependencies: any[]) => ConnectOptions | Promise<ConnectOptions>;
}

const OPTIONS: unique symbol = Symbol.for('concord.nestjs.options') as never;

export class ConcordModule {
  /**
   * Connects to the cluster while the application starts. What `connect` rejects with, the application fails with.
   *
   * @example
   * ConcordModule.forRoot({ endpoints: ['127.0.0.1:2379'] })
   */
  static forRoot({ isGlobal = true, ...options }: ConcordModuleOptions): DynamicModule {
    return root(isGlobal, { provide: OPTIONS, useValue: options });
  }

  /** As {@link ConcordModule.forRoot}, with options that come from elsewhere. */
  static forRootAsync(options: ConcordModuleAsyncOptions): DynamicModule {
    const { isGlobal = true, imports, inject = [], useFactory } = options;
    return root(isGlobal, { provide: OPTIONS, inject, useFactory }, imports);
  }

  /**
   * Registers this application as an instance of a service, and lets the registration follow its life: `starting`
   * until it listens, `serving` from then on, drained before it stops listening. Needs
   * `app.enableShutdownHooks()` or `app.close()`.
   */
  static register(options: OwnRegistrationOptions): DynamicModule {
    return feature([
      {
        provide: OwnRegistration,
        inject: [CONCORD, { token: HttpAdapterHost, optional: true }],
        useFactory: (concord: Concord, host?: HttpAdapterHost) =>
          new OwnRegistration(concord, options, host),
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
  options: Provider,
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  const providers: Provider[] = [
    options,
    {
      provide: Connection,
      inject: [OPTIONS],
      useFactory: async (given: ConnectOptions) => new Connection(await connect(given)),
    },
    {
      provide: CONCORD,
      inject: [Connection],
      useFactory: ({ concord }: Connection) => concord,
    },
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
    exports: [CONCORD, ConcordHealthIndicator, LeaderElections],
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
