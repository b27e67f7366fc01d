/**
 * `npm start`: one member on this machine for whoever wants to try it, with a line to type. `concord` itself is
 * what one runs in production.
 *
 * Usage: npm start [-- --data-dir DIR] [--client-port PORT] [--members 1] [--no-gateway]
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const PEER_PORT_OFFSET = 1;

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '1' },
    'data-dir': { type: 'string', default: './.concord' },
    'client-port': { type: 'string', default: '2379' },
    'gateway-port': { type: 'string', default: '7379' },
    'no-gateway': { type: 'boolean', default: false },
  },
});

function refuse(message: string): never {
  console.error(`concord: ${message}`);
  process.exit(2);
}

if (values.members !== '1') {
  refuse(
    `--members ${values.members}: this version runs one member; leave the flag out or say --members 1`,
  );
}
const clientPort = Number(values['client-port']);
if (!Number.isInteger(clientPort) || clientPort < 1 || clientPort >= 65_535) {
  refuse(`--client-port ${values['client-port']}: expected a port from 1 to 65534`);
}
const client = `http://127.0.0.1:${clientPort}`;
const peer = `http://127.0.0.1:${clientPort + PEER_PORT_OFFSET}`;

const member = spawn(
  'apps/server/bin/concord',
  [
    ...['--data-dir', values['data-dir']],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ...['--initial-cluster', `default=${peer}`, '--log-format', 'console'],
  ],
  { stdio: ['ignore', 'inherit', 'pipe'] },
);

const lines = createInterface({ input: member.stderr });
lines.on('line', (line) => {
  console.error(line);
  if (!line.includes('ready to serve client requests')) return;
  console.log(`
  Concord is running.   clients  ${client}   (gRPC and HTTP: /health, /version, /metrics)
                        data     ${values['data-dir']}

  Try:   ETCDCTL_API=3 etcdctl --endpoints ${client.slice('http://'.length)} put greeting hello
         curl ${client}/health

  Ctrl-C stops it cleanly.
`);
});

// Ctrl-C reaches the member by the terminal; this process waits for it to end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => member.kill('SIGTERM'));
member.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 0;
});
