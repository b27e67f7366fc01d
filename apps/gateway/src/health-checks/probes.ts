/** One check of one instance: whether it is well, and what it said. */
import { Client as GrpcClient, credentials, status } from '@grpc/grpc-js';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect, isIP, isIPv6 } from 'node:net';
import type { NetworkGuard } from './network-guard.ts';
import type { HealthCheckBody } from './health-check-schemas.ts';
import { spanMs } from '../live/long-poll.ts';

export interface Verdict {
  readonly isUp: boolean;
  /** In words. */
  readonly detail: string;
}

/** Where an instance says that it is. */
export interface ProbeTarget {
  readonly address: string;
  readonly port: number;
}

export type NetworkCheck = Exclude<HealthCheckBody, { kind: 'ttl' }>;

const down = (detail: string): Verdict => ({ isUp: false, detail });
const up = (detail: string): Verdict => ({ isUp: true, detail });

/** Never rejects: what goes wrong is what it finds. */
export async function probe(
  check: NetworkCheck,
  target: ProbeTarget,
  guard: NetworkGuard,
): Promise<Verdict> {
  const timeoutMs = spanMs(check.timeout);
  const signal = AbortSignal.timeout(timeoutMs);
  const port = check.port ?? target.port;
  try {
    const address = await withSignal(guard.addressOf(target.address, port), signal);
    switch (check.kind) {
      case 'tcp':
        return await probeTcp(address, port, signal);
      case 'http':
        return await probeHttp(check, target.address, address, port, signal);
      case 'grpc':
        return await probeGrpc(check.service, address, port, timeoutMs);
    }
  } catch (error) {
    if (signal.aborted) return down(`no answer in ${timeoutMs} ms`);
    return down(error instanceof Error ? error.message : String(error));
  }
}

function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true });
    work.then(resolve, reject);
  });
}

function probeTcp(address: string, port: number, signal: AbortSignal): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve(up('connected'));
    });
  });
}

/** Asks the address that was judged, by the name that it has; takes the head of the answer, and follows nothing. */
function probeHttp(
  { scheme, path, host, statuses }: Extract<NetworkCheck, { kind: 'http' }>,
  name: string,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Verdict> {
  const asked = host ?? (isIPv6(name) ? `[${name}]:${port}` : `${name}:${port}`);
  const request = scheme === 'https' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: address,
        port,
        path,
        method: 'GET',
        headers: { host: asked, 'user-agent': 'concord-health-check' },
        agent: false,
        signal,
        ...(scheme === 'https' && isIP(host ?? name) === 0 && { servername: host ?? name }),
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.destroy();
        const isWell = statuses?.includes(statusCode) ?? (statusCode >= 200 && statusCode < 300);
        resolve(isWell ? up(`HTTP ${statusCode}`) : down(`HTTP ${statusCode}`));
      },
    );
    sent.once('error', reject);
    sent.end();
  });
}

/** `SERVING` of grpc.health.v1.HealthCheckResponse. */
const SERVING = 1;

/** Two messages of one field each: that is all there is of the protocol. */
const writeService = (service: string): Buffer => {
  const text = Buffer.from(service);
  if (text.length === 0) return Buffer.alloc(0);
  const head =
    text.length < 128 ? [0x0a, text.length] : [0x0a, (text.length & 127) | 128, text.length >> 7];
  return Buffer.concat([Buffer.from(head), text]);
};
const readStatus = (bytes: Buffer): number => (bytes[0] === 0x08 ? (bytes[1] ?? 0) : 0);

function probeGrpc(
  service: string,
  address: string,
  port: number,
  timeoutMs: number,
): Promise<Verdict> {
  const target = isIPv6(address) ? `ipv6:[${address}]:${port}` : `ipv4:${address}:${port}`;
  const client = new GrpcClient(target, credentials.createInsecure(), {
    'grpc.enable_retries': 0,
    'grpc.use_local_subchannel_pool': 1,
  });
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      '/grpc.health.v1.Health/Check',
      writeService,
      readStatus,
      service,
      { deadline: Date.now() + timeoutMs },
      (error, answered) => {
        client.close();
        if (error !== null) {
          resolve(down(`gRPC ${status[error.code]}: ${error.details}`));
        } else if (answered === SERVING) resolve(up('SERVING'));
        else resolve(down(`health status ${answered}, not SERVING`));
      },
    );
  });
}
