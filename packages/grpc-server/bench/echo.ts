/**
 * What a unary echo call and a stream message cost this package in CPU, and nothing else: the server
 * runs here, a raw pipelined HTTP/2 client in another process. Three loads: unary calls; one stream per
 * connection, as fast as it goes; and one message to each of many streams in turn, as watchers get them.
 *
 *   node --conditions=@concord/source bench/echo.ts [--connections 4] [--in-flight 250] [--bytes 256]
 *     [--seconds 3] [--turn]
 *
 * `--turn` answers at the end of the event-loop turn, as a replica that commits in batches does.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { GrpcServer } from '../src/index.ts';
import type { Method, StreamCall, UnaryCall } from '../src/index.ts';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '4' },
    'in-flight': { type: 'string', default: '250' },
    bytes: { type: 'string', default: '256' },
    seconds: { type: 'string', default: '3' },
    turn: { type: 'boolean', default: false },
  },
});

const waiting: { call: UnaryCall; answer: Uint8Array }[] = [];

/** Answers everything that came in one turn at its end. */
function answerLater(request: Uint8Array, call: UnaryCall): void {
  if (waiting.push({ call, answer: request.slice() }) > 1) return;
  setImmediate(() => {
    for (const { call: due, answer } of waiting.splice(0)) due.respond(answer);
  });
}

/** Sends messages as fast as the client takes them. */
function flood(call: StreamCall, bytes: number): void {
  const message = new Uint8Array(bytes);
  while (!call.cancelled && call.write(message));
}

const subscribers = new Set<StreamCall>();

/** One message to every subscriber that has taken the last one, each turn of the event loop. */
function publish(message: Uint8Array): void {
  for (const call of subscribers) if (call.pendingBytes === 0) call.write(message);
  if (subscribers.size > 0) setImmediate(publish, message);
}

const bytes = Number(values.bytes);
const methods = new Map<string, Method>([
  [
    '/bench.Echo/Unary',
    {
      kind: 'unary',
      handle: values.turn
        ? answerLater
        : (request, call) => {
            call.respond(request);
          },
    },
  ],
  [
    '/bench.Echo/Flood',
    {
      kind: 'stream',
      open: (call) => ({
        message: () => {
          flood(call, bytes);
        },
        drain: () => {
          flood(call, bytes);
        },
        halfClose: () => undefined,
        closed: () => undefined,
      }),
    },
  ],
  [
    '/bench.Echo/Subscribe',
    {
      kind: 'stream',
      open: (call) => {
        subscribers.add(call);
        if (subscribers.size === 1) setImmediate(publish, new Uint8Array(bytes));
        return {
          message: () => undefined,
          halfClose: () => undefined,
          closed: () => subscribers.delete(call),
        };
      },
    },
  ],
]);

const server = new GrpcServer(methods);
const address = await server.listen({ host: '127.0.0.1', port: 0 });
if (typeof address === 'string') throw new Error('expected a TCP address');
for (const mode of ['unary', 'flood', 'fan-out'] as const) {
  const script = fileURLToPath(new URL('raw-client.ts', import.meta.url));
  const client = fork(script, [
    mode,
    String(address.port),
    values.connections,
    values['in-flight'],
    values.bytes,
    values.seconds,
  ]);
  await nextMessage(client); // warm
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const perSecond = await nextMessage(client);
  const { user, system } = process.cpuUsage(before);
  // Both per second of their own clock: a busy server hears of the client's start late.
  const elapsedSeconds = (performance.now() - startedMs) / 1_000;
  const cost = (microseconds: number): string =>
    (microseconds / elapsedSeconds / perSecond).toFixed(2);
  process.stdout.write(
    `${mode}: ${perSecond.toFixed(0)}/s, ${cost(user + system)} us CPU each ` +
      `(user ${cost(user)}, system ${cost(system)})\n`,
  );
  client.kill();
}
await server.close(0);

function nextMessage(client: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    client.once('message', (message) => {
      resolve(Number(message));
    });
  });
}
