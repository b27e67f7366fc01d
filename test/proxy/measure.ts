/**
 * What a gRPC proxy costs: the same load on a member, and on it through Concord's proxy and etcd's in turn, several rounds on
 * one machine. Needs a build, and `--etcd PATH` for etcd's; `--seconds S` (default 4), `--rounds N` (default 3).
 *
 *     node_modules/.bin/node --conditions=@concord/source test/proxy/measure.ts --etcd /usr/bin/etcd
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateLoad } from '../bench/generator-process.ts';
import { KEY_SPACE_DEFAULT } from '../bench/key-space.ts';
import type { Measurement } from '../bench/measured-window.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { Server } from '../conformance/harness/server.ts';

const { values: options } = parseArgs({
  options: {
    etcd: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
  },
});

const LOADS = [
  { scenario: 'put', callers: 1 },
  { scenario: 'put', callers: 100 },
  { scenario: 'get', callers: 1 },
  { scenario: 'get', callers: 100 },
] as const;
const WARM_UP_SECONDS = 1;
const concord = join(import.meta.dirname, '../../apps/server/bin/concord');

const member = await Server.start({ name: 'concord', executable: concord });
/** By name: where its clients connect, and whose CPU counts. */
const targets = new Map([['member itself', { port: member.clientPort, pid: member.pid }]]);
const proxies: ChildProcess[] = [];
for (const [name, executable] of [
  ['through concord', concord],
  ['through etcd', options.etcd],
] as const) {
  if (executable === undefined) continue;
  const [port = 0] = await freePorts(1);
  const child = spawn(
    executable,
    [
      ...['grpc-proxy', 'start', `--endpoints=${member.endpoint}`],
      ...[`--listen-addr=127.0.0.1:${port}`, `--advertise-client-url=127.0.0.1:${port}`],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  proxies.push(child);
  await new Promise<void>((ready) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('started gRPC proxy')) ready();
    });
  });
  targets.set(name, { port, pid: child.pid ?? 0 });
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

try {
  for (const load of LOADS) {
    const found = new Map<string, Measurement[]>();
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const [name, { port, pid }] of targets) {
        const job = {
          ...load,
          host: '127.0.0.1',
          ports: [port],
          keySpace: KEY_SPACE_DEFAULT,
          warmUpSeconds: WARM_UP_SECONDS,
          seconds: Number(options.seconds),
          serverPids: [pid],
        };
        const measurement = await generateLoad(job, undefined);
        found.set(name, [...(found.get(name) ?? []), measurement]);
      }
    }
    for (const [name, measurements] of found) {
      const of = (read: (measurement: Measurement) => number): number =>
        median(measurements.map(read));
      console.log(
        `${load.scenario}, ${load.callers} callers, ${name.padEnd(16)}`,
        `${of((m) => m.operationsPerSecond)
          .toFixed(0)
          .padStart(7)} a second,`,
        `p50 ${of((m) => m.latency.p50Milliseconds).toFixed(3)} ms, p99 ${of((m) => m.latency.p99Milliseconds).toFixed(3)} ms,`,
        `its own CPU ${of((m) => m.serverCpuMicroseconds).toFixed(1)} µs a call`,
      );
    }
  }
} finally {
  for (const child of proxies) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  await member.stop();
}
