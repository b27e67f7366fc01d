/** An HTTP service that finds the payments by their name. Environment: CONCORD, PORT, WEIGHT. */
import 'reflect-metadata';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConcordClientsModule, ConcordModule } from '@concord/nestjs';
import { endpoints, port, weight } from '../environment.ts';
import { settings } from '../settings.ts';
import { OrdersController } from './orders.controller.ts';

@Module({
  imports: [
    ConcordModule.forRoot({ endpoints, app: { name: 'orders' } }),
    ConcordModule.register({ name: 'orders', address: '127.0.0.1', weight, ttl: '5s' }),
    ConcordModule.configuration([settings]),
    ConcordClientsModule.register([
      {
        transport: 'grpc',
        name: 'PAYMENTS',
        service: 'payments',
        options: {
          package: 'shop',
          protoPath: join(import.meta.dirname, '../shop/payments/payments.proto'),
        },
      },
    ]),
  ],
  controllers: [OrdersController],
})
class OrdersModule {}

const app = await NestFactory.create(OrdersModule, { logger: ['warn', 'error'] });
app.enableShutdownHooks();
await app.listen(port, '127.0.0.1');
