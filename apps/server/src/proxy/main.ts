/**
 * `concord gateway` and `concord grpc-proxy`: a program of its own beside the member's, started by the same executable, so
 * that neither loads what the other needs.
 */
import { ConfigurationError } from '../config/command-line.ts';
import { createLog, type Log } from '../log.ts';
import { ServiceManager } from '../service-manager.ts';
import { readFlags, takeVerb, type FlagTable, type ValuesOf } from './command-line.ts';
import { grpcProxyFlags } from './grpc/flags.ts';
import { helpOfStart, helpOfWord, type ProxySummary } from './help.ts';
import type { RunningProxy } from './running-proxy.ts';
import { gatewayFlags } from './tcp/flags.ts';

interface Proxy<Table extends FlagTable> extends ProxySummary {
  readonly flags: Table;
  start(values: ValuesOf<Table>, log: Log): Promise<RunningProxy>;
  isVerbose(values: ValuesOf<Table>): boolean;
}

const gateway: Proxy<typeof gatewayFlags> = {
  word: 'gateway',
  summary: 'start the gateway',
  flags: gatewayFlags,
  start: async (values, log) => (await import('./tcp/gateway.ts')).startGateway(values, log),
  isVerbose: () => false,
};

const grpcProxy: Proxy<typeof grpcProxyFlags> = {
  word: 'grpc-proxy',
  summary: 'start the grpc proxy',
  flags: grpcProxyFlags,
  start: async (values, log) => (await import('./grpc/grpc-proxy.ts')).startGrpcProxy(values, log),
  isVerbose: (values) => values.debug,
};

async function run<Table extends FlagTable>(
  proxy: Proxy<Table>,
  args: readonly string[],
): Promise<void> {
  const { verb, rest } = takeVerb(args);
  const [flag] = rest;
  if (verb === undefined) {
    if (flag !== undefined && flag !== '-h' && flag !== '--help') {
      throw new ConfigurationError(`unknown flag: ${flag}; flags are those of start`);
    }
    process.stdout.write(helpOfWord(proxy));
    return;
  }
  if (verb !== 'start') {
    throw new ConfigurationError(`unknown command "${verb}"; the only one is start`);
  }
  const values = readFlags(proxy.flags, rest);
  if (values === 'help') process.stdout.write(helpOfStart(proxy));
  else await serve(proxy, values);
}

async function serve<Table extends FlagTable>(
  proxy: Proxy<Table>,
  values: ValuesOf<Table>,
): Promise<void> {
  const level = proxy.isVerbose(values) ? 'debug' : 'info';
  const log = createLog({ level, format: 'json', outputs: ['default'] });
  process.on('uncaughtException', (error) => {
    log.fatal({ error: error.stack ?? error.message }, 'a broken invariant stops this proxy');
    process.exit(1);
  });
  const serviceManager = new ServiceManager({ log, environment: process.env });
  const starting = proxy.start(values, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      serviceManager.stopping();
      // A start that was given up has nothing to stop.
      const stopped = starting.then((running) => running.stop()).catch(() => undefined);
      void stopped.then(() => endBy(signal));
    });
  }
  await starting;
  serviceManager.ready();
}

/** Ends the process by the signal itself, as etcd does: whoever started it sees why it ended. */
function endBy(signal: NodeJS.Signals): void {
  if (process.pid === 1) process.exit(0);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

const [word, ...rest] = process.argv.slice(2);
try {
  await (word === 'gateway' ? run(gateway, rest) : run(grpcProxy, rest));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(
    `concord ${word ?? ''}: ${error.message}\nRun 'concord ${word ?? ''} start --help' for usage.\n`,
  );
  process.exit(1);
}
