/** A Nest application that registers as `orders` and leaves upon SIGTERM. Arguments: namespace, endpoints. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ConcordModule } from '@concord/nestjs';
import { moduleOf } from './decorate.ts';

const [namespace = '', ...endpoints] = process.argv.slice(2);
const module = moduleOf({
  imports: [
    ConcordModule.forRoot({ endpoints, namespace }),
    ConcordModule.register({ name: 'orders', address: '127.0.0.1', linger: '1s' }),
  ],
});
const app = await NestFactory.create(module, { logger: ['error'] });
app.enableShutdownHooks(['SIGTERM']);
await app.listen(0, '127.0.0.1');
