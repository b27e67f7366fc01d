/** The gateway put together: one module a subject. */
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { ConcordModule } from '@concord/nestjs';
import { AccessGuard } from './access/access-guard.ts';
import { developer } from './access/actor.ts';
import { AuditModule } from './audit/audit.module.ts';
import { MembersController } from './cluster/members.controller.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { RequestValidation } from './http/validation.ts';
import type { Log } from './log.ts';
import type { GatewayOptions } from './options/options.ts';

@Module({})
export class GatewayModule {
  static of(options: GatewayOptions, log: Log): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ConcordModule.forRoot({ endpoints: options.endpoints, app: { name: 'gateway' } }),
        AuditModule.of(log),
      ],
      controllers: [MembersController],
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
