/** What stands between requests and a cluster that may be away. */
import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { AwayInterceptor } from './away-interceptor.ts';
import { ClusterCircuit } from './cluster-circuit.ts';
import { LastKnown } from './last-known.ts';

@Module({
  providers: [
    { provide: ClusterCircuit, useFactory: () => new ClusterCircuit() },
    { provide: LastKnown, useFactory: () => new LastKnown() },
    {
      provide: APP_INTERCEPTOR,
      inject: [Reflector, ClusterCircuit, LastKnown],
      useFactory: (reflector: Reflector, circuit: ClusterCircuit, lastKnown: LastKnown) =>
        new AwayInterceptor(reflector, circuit, lastKnown),
    },
  ],
  exports: [ClusterCircuit],
})
export class ClusterLinkModule {}
