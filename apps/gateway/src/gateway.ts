/** A running gateway. */
import { fastifyCookie } from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveConsole } from './console/console-files.ts';
import { routedConfigUrl } from './configs/item-path.ts';
import { GatewayModule } from './gateway.module.ts';
import { checkOrigins } from './http/origin-check.ts';
import { serveOpenApi } from './http/openapi.ts';
import { nestLog, type Log } from './log.ts';
import { GatewayMetrics } from './operations/request-metrics.ts';
import type { GatewayOptions } from './options/options.ts';

export interface Gateway {
  /** Where it listens. */
  readonly url: string;
  close(): Promise<void>;
}

/** A request's body at most: what fits into etcd's default request of 1.5 MiB, and its wrapping as JSON. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** A key in a path, every byte of it percent-encoded. */
const PARAMETER_LENGTH_MAX = 3 * 4096;

export async function startGateway(options: GatewayOptions, log: Log): Promise<Gateway> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    rewriteUrl: ({ url = '/' }) => routedConfigUrl(url),
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.of(options, log),
    adapter,
    { logger: nestLog(log), abortOnError: false },
  );
  app.get(GatewayMetrics).watch(adapter.getInstance());
  checkOrigins(adapter.getInstance(), {
    onlyLoopback: options.mode === 'development',
    allowed: [],
  });
  await app.register(fastifyCookie);
  serveOpenApi(app);
  await serveConsole(app);
  await app.listen(options.listenPort, options.listenHost);
  return { url: await app.getUrl(), close: () => app.close() };
}
