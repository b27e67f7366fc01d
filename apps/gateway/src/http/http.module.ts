/** What all endpoints have in common: checks of requests, problem documents, rate limits, idempotency keys. */
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { CONCORD } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { LOG, type Log } from '../log.ts';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { Idempotency } from './idempotency.ts';
import { IdempotencyInterceptor } from './idempotency-interceptor.ts';
import { ProblemFilter } from './problem-filter.ts';
import { RateLimit } from './rate-limit.ts';
import { RouteMethods } from './route-methods.ts';
import { RequestValidation } from './validation.ts';

/** How many seconds' worth a caller may ask at once. */
const BURST_SECONDS = 4;

@Module({
  providers: [
    { provide: RouteMethods, useFactory: () => new RouteMethods() },
    {
      provide: RateLimit,
      inject: [OPTIONS],
      useFactory: ({ rateLimit, mode }: GatewayOptions) =>
        new RateLimit({
          // Whoever is at this machine needs no network to be in its way.
          perSecond: mode === 'development' ? 0 : rateLimit,
          burst: rateLimit * BURST_SECONDS,
        }),
    },
    { provide: APP_PIPE, useClass: RequestValidation },
    {
      provide: APP_FILTER,
      inject: [LOG, RouteMethods],
      useFactory: (log: Log, routes: RouteMethods) => new ProblemFilter(log, routes),
    },
    {
      provide: APP_INTERCEPTOR,
      inject: [Reflector, CONCORD],
      useFactory: (reflector: Reflector, { client }: Concord) =>
        new IdempotencyInterceptor(reflector, new Idempotency(client)),
    },
  ],
  exports: [RateLimit, RouteMethods],
})
export class HttpModule {}
