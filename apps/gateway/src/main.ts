/** `concord-gateway`: reads its options, serves until it is told to stop. */
import 'reflect-metadata';
import { VERSION } from './http/openapi.ts';
import { startGateway } from './gateway.ts';
import { createLog } from './log.ts';
import { OptionsError, readOptions } from './options/command-line.ts';
import { helpText } from './options/help.ts';
import type { GatewayOptions } from './options/options.ts';
import { ServiceManager } from './operations/service-manager.ts';

/** What is asked for instead of a gateway. */
function tellAndExit(argv: readonly string[]): void {
  const told = argv.includes('--help') ? helpText() : argv.includes('--version') ? VERSION : '';
  if (told === '') return;
  process.stdout.write(`${told.trimEnd()}\n`);
  process.exit(0);
}

function optionsOrExit(): GatewayOptions {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    process.stderr.write(`concord-gateway: ${error.message}\n`);
    process.exit(2);
  }
}

tellAndExit(process.argv.slice(2));
const options = optionsOrExit();
const log = createLog(options);
try {
  const gateway = await startGateway(options, log);
  log.info({ url: gateway.url, grpcUrl: gateway.grpcUrl }, 'ready to serve requests');
  // On a line of its own, at any log level: for whoever starts it and waits.
  process.stdout.write(`concord-gateway: gRPC at ${gateway.grpcUrl}\n`);
  process.stdout.write(`concord-gateway: ready at ${gateway.url}\n`);
  const serviceManager = new ServiceManager({
    warn: (message) => log.warn(message),
    environment: process.env,
  });
  serviceManager.ready();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      serviceManager.stopping();
      void gateway.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  if (error instanceof OptionsError) {
    process.stderr.write(`concord-gateway: ${error.message}\n`);
    process.exit(2);
  }
  log.fatal({ err: error }, 'the gateway could not start');
  process.exit(1);
}
