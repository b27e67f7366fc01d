/** The gateway put together: one module a subject. */
import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.ts';
import { ClusterLogin } from './access/cluster-login.ts';
import { OwnCredential } from './access/own-credential.ts';
import { AuditModule } from './audit/audit.module.ts';
import {
  CONNECTION_OPTIONS,
  connectionOptions,
  tlsOptions,
} from './cluster-link/connection-options.ts';
import { ConnectionModule } from './cluster-link/connection.module.ts';
import { ClusterLinkModule } from './cluster-link/cluster-link.module.ts';
import { ClusterModule } from './cluster/cluster.module.ts';
import { ConfigsModule } from './configs/configs.module.ts';
import { DoorsModule } from './doors/doors.module.ts';
import { HealthChecksModule } from './health-checks/health-checks.module.ts';
import { GrpcModule } from './grpc/grpc.module.ts';
import { KeysModule } from './keys/keys.module.ts';
import { LocksModule } from './locks/locks.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { HttpModule } from './http/http.module.ts';
import { ServicesModule } from './services/services.module.ts';
import { LOG, type Log } from './log.ts';
import { TimeTravelModule } from './time-travel/time-travel.module.ts';
import { OPTIONS, type GatewayOptions } from './options/options.ts';

/** What every module may ask for. */
@Module({})
class WorldModule {
  static of(options: GatewayOptions, log: Log): DynamicModule {
    const own = new OwnCredential(options);
    const tls = tlsOptions(options);
    const login = new ClusterLogin({ endpoints: options.endpoints, tls }, own);
    const connection = connectionOptions(options, () => login.ownToken());
    return {
      module: WorldModule,
      global: true,
      providers: [
        { provide: LOG, useValue: log },
        { provide: OPTIONS, useValue: options },
        { provide: OwnCredential, useValue: own },
        { provide: ClusterLogin, useValue: login },
        { provide: CONNECTION_OPTIONS, useValue: connection },
      ],
      exports: [LOG, OPTIONS, OwnCredential, ClusterLogin, CONNECTION_OPTIONS],
    };
  }
}

@Module({})
export class GatewayModule {
  static of(options: GatewayOptions, log: Log): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        WorldModule.of(options, log),
        ClusterLinkModule,
        KeysModule,
        ConfigsModule,
        LocksModule,
        ClusterModule,
        OperationsModule,
        TimeTravelModule,
        ServicesModule,
        HealthChecksModule,
        DoorsModule,
        { module: ConnectionModule, global: true },
        HttpModule,
        AccessModule,
        AuditModule,
        // Last: it stands on the subjects of the others.
        GrpcModule,
      ],
    };
  }
}
