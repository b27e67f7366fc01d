/** Servers and grpc-js clients for tests, closed when the test is over. */
import type { TestContext } from 'node:test';

import { Client, credentials } from '@grpc/grpc-js';
import type { ChannelCredentials, ClientOptions } from '@grpc/grpc-js';

import type { Method, StreamCall, StreamHandler, UnaryCall } from '../call.ts';
import type { GrpcServerOptions } from '../options.ts';
import { GrpcServer } from '../server.ts';

/** A running server and the calls that its handlers keep open. */
export interface TestServer {
  readonly server: GrpcServer;
  readonly port: number;
  /** Unary calls of `/test.Echo/Hold`, in order of arrival. */
  readonly held: UnaryCall[];
  /** Streams of `/test.Echo/Open`, in order of arrival, with what their handlers heard. */
  readonly streams: { readonly call: StreamCall; readonly heard: string[] }[];
}

export const ECHO = '/test.Echo/Unary';
export const HOLD = '/test.Echo/Hold';
export const BIDI = '/test.Echo/Bidi';
export const OPEN = '/test.Echo/Open';

/** A stream handler that only writes down what it hears. */
function listener(heard: string[]): StreamHandler {
  return {
    message: (bytes) => heard.push(`message ${Buffer.from(bytes).toString()}`),
    halfClose: () => heard.push('half-close'),
    closed: (reason) => heard.push(`closed ${reason}`),
    drain: () => heard.push('drain'),
  };
}

function echoStream(call: StreamCall): StreamHandler {
  return {
    message: (bytes) => {
      if (!call.write(bytes)) call.pause();
    },
    drain: () => {
      call.resume();
    },
    halfClose: () => {
      call.end();
    },
    closed: () => undefined,
  };
}

/** Starts a server with the four methods above and `more`. */
export async function startServer(
  context: Pick<TestContext, 'after'>,
  options: GrpcServerOptions = {},
  more: Readonly<Record<string, Method>> = {},
): Promise<TestServer> {
  const held: UnaryCall[] = [];
  const streams: TestServer['streams'] = [];
  const methods = new Map<string, Method>([
    [
      ECHO,
      {
        kind: 'unary',
        handle: (request, call) => {
          call.respond(request);
        },
      },
    ],
    [
      HOLD,
      {
        kind: 'unary',
        handle: (_request, call) => {
          held.push(call);
        },
      },
    ],
    [BIDI, { kind: 'stream', open: echoStream }],
    [
      OPEN,
      {
        kind: 'stream',
        open: (call) => {
          const heard: string[] = [];
          streams.push({ call, heard });
          return listener(heard);
        },
      },
    ],
    ...Object.entries(more),
  ]);
  const server = new GrpcServer(methods, options);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  if (typeof address === 'string') throw new Error('expected a TCP address');
  context.after(() => server.close(0));
  return { server, port: address.port, held, streams };
}

/** A grpc-js client that is closed when the test is over. */
export function connectClient(
  context: TestContext,
  port: number,
  channel: ChannelCredentials = credentials.createInsecure(),
  options: ClientOptions = {},
): Client {
  const client = new Client(`127.0.0.1:${String(port)}`, channel, options);
  context.after(() => {
    client.close();
  });
  return client;
}

/** Serialization of raw bytes. */
export const raw = (bytes: Buffer): Buffer => bytes;

/** Waits until `condition` holds, looking after every turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
}
