/** The same subjects by gRPC: nothing is decided here that is not decided for HTTP, too. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { Identification } from '../access/identification.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { ConfigsModule } from '../configs/configs.module.ts';
import { HealthChecksModule } from '../health-checks/health-checks.module.ts';
import { LocksModule } from '../locks/locks.module.ts';
import { LOG, type Log } from '../log.ts';
import { ServicesModule } from '../services/services.module.ts';
import { ConfigCatalogRpc } from './config-catalog.rpc.ts';
import { ConfigRpc } from './config.rpc.ts';
import { DecisionsRpc } from './decisions.rpc.ts';
import { DraftsRpc } from './drafts.rpc.ts';
import { LockCatalogRpc } from './lock-catalog.rpc.ts';
import { LockRpc } from './lock.rpc.ts';
import { RegistryRpc } from './registry.rpc.ts';
import { ServiceCatalogRpc } from './service-catalog.rpc.ts';
import { RolloutsRpc } from './rollouts.rpc.ts';
import { RpcDesk } from './rpc-desk.ts';

@Module({
  imports: [
    AccessModule,
    AuditModule,
    ConfigsModule,
    HealthChecksModule,
    LocksModule,
    ServicesModule,
  ],
  controllers: [
    RegistryRpc,
    ServiceCatalogRpc,
    DecisionsRpc,
    ConfigRpc,
    ConfigCatalogRpc,
    DraftsRpc,
    RolloutsRpc,
    LockRpc,
    LockCatalogRpc,
  ],
  providers: [
    {
      provide: RpcDesk,
      inject: [Identification, AuditTrail, LOG],
      useFactory: (identification: Identification, trail: AuditTrail, log: Log) =>
        new RpcDesk(identification, trail, log),
    },
  ],
})
export class GrpcModule {}
