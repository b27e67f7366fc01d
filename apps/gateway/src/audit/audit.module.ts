/** The audit: recorded around every handler, kept in the cluster, told again by `/v1/audit`. */
import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { LOG, type Log } from '../log.ts';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { AuditArchive } from './audit-archive.ts';
import { AuditController } from './audit.controller.ts';
import { AuditInterceptor } from './audit-interceptor.ts';
import { AuditJanitor } from './audit-janitor.ts';
import { AuditStream } from './audit-stream.ts';
import { AuditTrail } from './audit-trail.ts';

/** The trail with its end: what waits is written when no request can come any more, and before the client closes. */
class KeptTrail extends AuditTrail implements OnApplicationShutdown {
  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}

@Module({
  controllers: [AuditController],
  providers: [
    {
      provide: AuditTrail,
      inject: [CONCORD, LOG],
      useFactory: ({ client }: Concord, log: Log) => new KeptTrail(client, log),
    },
    {
      provide: AuditArchive,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new AuditArchive(client),
    },
    {
      provide: AuditStream,
      inject: [CONCORD, AuditArchive],
      useFactory: ({ client }: Concord, archive: AuditArchive) => new AuditStream(client, archive),
    },
    {
      provide: AuditJanitor,
      inject: [AuditArchive, OPTIONS, LOG],
      useFactory: (archive: AuditArchive, options: GatewayOptions, log: Log) =>
        new AuditJanitor(archive, options, log),
    },
    {
      provide: APP_INTERCEPTOR,
      inject: [Reflector, AuditTrail],
      useFactory: (reflector: Reflector, trail: AuditTrail) =>
        new AuditInterceptor(reflector, trail),
    },
  ],
  exports: [AuditTrail],
})
export class AuditModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(AuditJanitor) private readonly janitor: AuditJanitor,
    @Inject(AuditStream) private readonly stream: AuditStream,
  ) {}

  onApplicationBootstrap(): void {
    this.janitor.start();
  }

  beforeApplicationShutdown(): void {
    this.janitor.close();
    this.stream.close();
  }
}
