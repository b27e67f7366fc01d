/** Clients of microservices whose addresses come from the registry. */
import type { DynamicModule, FactoryProvider, InjectionToken } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { ClientProxyFactory, Transport, type GrpcOptions } from '@nestjs/microservices';
import { ConcordError, type Concord, type DiscoverOptions } from '@concord/sdk';
import { installGrpc } from '@concord/sdk/grpc';
import { DiscoveredTcpClient } from './discovered-tcp-client.ts';
import { CONCORD } from './tokens.ts';

/** A gRPC client of a service, as `ClientsModule` has it, without its URL. */
export interface DiscoveredGrpcClientOptions {
  readonly transport: 'grpc';
  /** Token to inject the `ClientGrpc` by. */
  readonly name: InjectionToken;
  /** The service in the registry. */
  readonly service: string;
  /** Nest's options of gRPC clients: `package`, `protoPath`, `loader`, `credentials` and so on. */
  readonly options: Omit<GrpcOptions['options'], 'url'>;
}

/** A client of Nest's TCP transport. */
export interface DiscoveredTcpClientOptions {
  readonly transport: 'tcp';
  /** Token to inject the `ClientProxy` by. */
  readonly name: InjectionToken;
  readonly service: string;
  readonly discover?: DiscoverOptions;
}

export type DiscoveredClientOptions = DiscoveredGrpcClientOptions | DiscoveredTcpClientOptions;

/** In place of Nest's `ClientsModule`: the same clients, whose targets are found and balanced by the registry. */
export class ConcordClientsModule {
  /**
   * @example
   * ConcordClientsModule.register([{
   *   transport: 'grpc', name: 'PAYMENTS', service: 'payments',
   *   options: { package: 'payments', protoPath: 'payments.proto' },
   * }])
   * @throws ConcordError `INVALID_ARGUMENT` for another transport, and for what names no service
   */
  static register(clients: readonly DiscoveredClientOptions[]): DynamicModule {
    const providers = clients.map(provider);
    return {
      module: class extends ConcordClientsModule {},
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}

Module({})(ConcordClientsModule);

/** The URL of a service for any grpc-js client of this process, once `installGrpc` was called. */
export const grpcUrl = (service: string): string => `concord:///${service}`;

/** As a URL has it; `/grpc` names one of several ports. */
const SERVICE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,127})?$/;

/** Before anything is connected: a client that can't be meant would fail at its first call. */
function checkClient({ transport, service }: DiscoveredClientOptions): void {
  const refuse = (option: string, given: unknown, remedy: string): ConcordError =>
    new ConcordError('INVALID_ARGUMENT', {
      operation: 'ConcordClientsModule.register',
      subject: option,
      problem: `option "${option}" is ${JSON.stringify(given)}`,
      remedy,
    });
  if (!['grpc', 'tcp'].includes(transport)) {
    throw refuse('transport', transport, 'give "grpc" or "tcp"');
  }
  if (typeof service !== 'string' || !SERVICE.test(service)) {
    throw refuse('service', service, 'give the name of a service, such as "payments"');
  }
}

function provider(client: DiscoveredClientOptions): FactoryProvider {
  const { name: provide, service } = client;
  checkClient(client);
  if (client.transport === 'tcp') {
    const { discover = {} } = client;
    return {
      provide,
      inject: [CONCORD],
      useFactory: async (concord: Concord) =>
        new DiscoveredTcpClient(await concord.discover(service, discover)),
    };
  }
  return {
    provide,
    inject: [CONCORD],
    useFactory: (concord: Concord) => {
      const installed = installGrpc(concord.registry);
      const options = { ...client.options, url: grpcUrl(service) };
      const proxy = ClientProxyFactory.create({ transport: Transport.GRPC, options });
      // Nest's own ClientsModule ends its clients so; the next application of this process may serve the scheme.
      const onApplicationShutdown = (): void => {
        proxy.close();
        installed[Symbol.dispose]();
      };
      return Object.assign(proxy, { onApplicationShutdown });
    },
  };
}
