/** The gateway put together: one module a subject. */
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { ConcordModule } from '@concord/nestjs';
import { AccessGuard } from './access/access-guard.ts';
import { developer } from './access/actor.ts';
import { AuditModule } from './audit/audit.module.ts';
import type { ClientOptions } from '@concord/client';
import { CONNECTION_OPTIONS, connectionOptions } from './cluster-link/connection-options.ts';
import { ClusterLinkModule } from './cluster-link/cluster-link.module.ts';
import { ClusterModule } from './cluster/cluster.module.ts';
import { ConfigsModule } from './configs/configs.module.ts';
import { DoorsModule } from './doors/doors.module.ts';
import { KeysModule } from './keys/keys.module.ts';
import { LocksModule } from './locks/locks.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { ServicesModule } from './services/services.module.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { RequestValidation } from './http/validation.ts';
import { LOG, type Log } from './log.ts';
import type { GatewayOptions } from './options/options.ts';

/** What every module may ask for. */
@Module({})
class WorldModule {
  static of(connection: ClientOptions, log: Log): DynamicModule {
    return {
      module: WorldModule,
      global: true,
      providers: [
        { provide: LOG, useValue: log },
        { provide: CONNECTION_OPTIONS, useValue: connection },
      ],
      exports: [LOG, CONNECTION_OPTIONS],
    };
  }
}

@Module({})
export class GatewayModule {
  static of(options: GatewayOptions, log: Log): DynamicModule {
    const connection = connectionOptions(options);
    return {
      module: GatewayModule,
      imports: [
        WorldModule.of(connection, log),
        ClusterLinkModule,
        KeysModule,
        ConfigsModule,
        LocksModule,
        ClusterModule,
        OperationsModule,
        ServicesModule,
        DoorsModule.of(options),
        ConcordModule.forRoot({ ...connection }),
        AuditModule,
      ],
      providers: [
        { provide: APP_PIPE, useClass: RequestValidation },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(log) },
        {
          provide: APP_GUARD,
          inject: [Reflector],
          useFactory: (reflector: Reflector) =>
            new AccessGuard(reflector, { actorOf: () => Promise.resolve(developer) }),
        },
      ],
    };
  }
}
