/** A running gateway. */
import { fastifyCookie } from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveConsole } from './console/console-files.ts';
import { routedConfigUrl } from './configs/item-path.ts';
import { GatewayModule } from './gateway.module.ts';
import { grpcAddress, grpcOptions } from './grpc/grpc-server.ts';
import { lacksSlash, withoutBasePath } from './http/base-path.ts';
import { Connections } from './http/connections.ts';
import { logRequests } from './http/request-log.ts';
import { checkOrigins } from './http/origin-check.ts';
import { httpAdapter } from './http/http-server.ts';
import { serveOpenApi } from './http/openapi.ts';
import { RouteMethods } from './http/route-methods.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { nestLog, type Log } from './log.ts';
import { GatewayMetrics } from './operations/request-metrics.ts';
import type { GatewayOptions } from './options/options.ts';

export interface Gateway {
  /** Where it listens. */
  readonly url: string;
  /** Where it speaks gRPC: `host:port`. */
  readonly grpcUrl: string;
  close(): Promise<void>;
}

export async function startGateway(options: GatewayOptions, log: Log): Promise<Gateway> {
  const { basePath } = options;
  const adapter = httpAdapter({
    ...options,
    rewriteUrl: (url) => routedConfigUrl(withoutBasePath(url, basePath)),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.of(options, log),
    adapter,
    { logger: nestLog(log), abortOnError: false, bodyParser: false },
  );
  app.get(GatewayMetrics).watch(adapter.getInstance());
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, reply, next) => {
    if (lacksSlash(request.originalUrl, basePath)) void reply.redirect(`${basePath}/`, 308);
    else next();
  });
  const connections = new Connections(server.server);
  app.get(RouteMethods).watch(server);
  await setSecurityHeaders(server);
  logRequests(server, log);
  checkOrigins(server, {
    onlyLoopback: options.mode === 'development',
    allowed: options.corsOrigins,
  });
  await app.register(fastifyCookie);
  serveOpenApi(app);
  await serveConsole(app);
  const grpcUrl = await grpcAddress(options.listenHost, options.grpcPort);
  app.connectMicroservice(grpcOptions(grpcUrl), { inheritAppConfig: false });
  await app.startAllMicroservices();
  await app.listen(options.listenPort, options.listenHost);
  return {
    url: await app.getUrl(),
    grpcUrl,
    close: () => connections.endAround(() => app.close()),
  };
}
