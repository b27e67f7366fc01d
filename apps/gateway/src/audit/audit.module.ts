/** The audit: recorded around every handler, kept in the cluster, told again by `/v1/audit`. */
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { LOG, type Log } from '../log.ts';
import { AuditInterceptor } from './audit-interceptor.ts';
import { AuditTrail } from './audit-trail.ts';

/** The trail with its end: what waits is written when no request can come any more, and before the client closes. */
class KeptTrail extends AuditTrail implements OnApplicationShutdown {
  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}

@Module({
  providers: [
    {
      provide: AuditTrail,
      inject: [CONCORD, LOG],
      useFactory: ({ client }: Concord, log: Log) => new KeptTrail(client, log),
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
export class AuditModule {}
