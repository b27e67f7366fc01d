/** `concord`: reads its configuration, starts a member, and stops it cleanly when it is told to. */
import { StorageError } from '@concord/storage';
import { ConfigurationError } from './config/command-line.ts';
import { configure, type Configuration } from './config/configuration.ts';
import { help } from './config/help.ts';
import { createLog, type Log } from './log.ts';
import { startMember, type Member } from './member.ts';
import { versionText } from './version.ts';

function readCommand(): ReturnType<typeof configure> {
  try {
    return configure(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`concord: ${error.message}\nRun 'concord --help' for usage.\n`);
    process.exit(error.exitCode);
  }
}

/** Ends the process by the signal itself, as etcd does: whoever started it sees why it ended. */
function endBy(signal: NodeJS.Signals): void {
  if (process.pid === 1) process.exit(0);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Stops the member at the first SIGTERM or SIGINT, also one that comes while it is still starting. */
function stopOnSignals(starting: Promise<Member>, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      void starting
        .then((member) => member.stop())
        .then(() => {
          log.info('stopped');
          endBy(signal);
        });
    });
  }
}

async function run(configuration: Configuration): Promise<void> {
  const { values, warnings } = configuration;
  const log = createLog({
    level: values['log-level'],
    format: values['log-format'],
    output: values['log-outputs'],
  });
  const fail = (error: unknown, message: string): never => {
    const known = error instanceof ConfigurationError || error instanceof StorageError;
    const text =
      error instanceof Error
        ? known
          ? error.message
          : (error.stack ?? error.message)
        : String(error);
    log.fatal({ error: text }, message);
    process.exit(1);
  };
  process.on('uncaughtException', (error) => fail(error, 'a broken invariant stops this member'));
  for (const warning of warnings) log.warn(warning);
  try {
    const starting = startMember(configuration, log, (error) =>
      fail(error, 'this member cannot go on'),
    );
    stopOnSignals(starting, log);
    await starting;
  } catch (error) {
    fail(error, 'this member could not start');
  }
}

const command = readCommand();
switch (command.kind) {
  case 'help':
    process.stdout.write(help());
    break;
  case 'version':
    process.stdout.write(versionText());
    break;
  case 'run':
    await run(command);
    break;
}
