/** A gRPC service with as many instances as are started. Environment: CONCORD, PORT, WEIGHT. */
import 'reflect-metadata';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { ConcordModule } from '@concord/nestjs';
import { endpoints, port, weight } from '../environment.ts';
import { settings } from '../settings.ts';
import { PaymentsController } from './payments.controller.ts';

@Module({
  imports: [
    ConcordModule.forRoot({ endpoints, app: { name: 'payments' } }),
    ConcordModule.register({ name: 'payments', address: '127.0.0.1', port, weight, ttl: '5s' }),
    ConcordModule.configuration([settings]),
  ],
  controllers: [PaymentsController],
})
class PaymentsModule {}

const app = await NestFactory.createMicroservice<GrpcOptions>(PaymentsModule, {
  transport: Transport.GRPC,
  options: {
    package: 'shop',
    protoPath: join(import.meta.dirname, '../shop/payments/payments.proto'),
    url: `127.0.0.1:${port}`,
    gracefulShutdown: true,
  },
  logger: ['warn', 'error'],
});
app.enableShutdownHooks();
await app.listen();
