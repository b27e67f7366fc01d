/** The port that speaks gRPC: the services of `proto/concord`, reflection, and the standard health service. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Server } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { HealthImplementation } from 'grpc-health-check';

/** Beside the built program. */
const DIRECTORY = join(import.meta.dirname, 'proto');
const SUBJECTS = ['registry', 'config', 'lock'] as const;
/** As by HTTP: what fits into a request of the cluster. */
const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

/** @param address - `host:port` */
export const grpcOptions = (address: string): GrpcOptions => ({
  transport: Transport.GRPC,
  options: {
    url: address,
    package: SUBJECTS.map((subject) => `concord.${subject}.v1`),
    protoPath: SUBJECTS.map((subject) => join(DIRECTORY, `concord/${subject}/v1/${subject}.proto`)),
    loader: {
      longs: Number,
      enums: String,
      defaults: true,
      arrays: true,
      includeDirs: [DIRECTORY],
    },
    maxReceiveMessageLength: MESSAGE_BYTES_MAX,
    onLoadPackageDefinition: (definition: PackageDefinition, server: Server) => {
      new ReflectionService(definition).addToServer(server);
      const services = SUBJECTS.map((subject) => `concord.${subject}.v1.${serviceOf(subject)}`);
      const serving = ['', ...services].map((name) => [name, 'SERVING'] as const);
      new HealthImplementation(Object.fromEntries(serving)).addToServer(server);
    },
  },
});

const serviceOf = (subject: string): string =>
  `${subject.charAt(0).toUpperCase()}${subject.slice(1)}Service`;

/** `host:port` to listen at; for port 0 one that is free, since grpc-js does not tell Nest which it took. */
export async function grpcAddress(host: string, port: number): Promise<string> {
  const named = host.includes(':') ? `[${host}]` : host;
  if (port !== 0) return `${named}:${port}`;
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return `${named}:${free}`;
}
