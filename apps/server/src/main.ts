/** `concord`: reads its configuration, starts a member, and stops it cleanly when it is told to. */
import { StorageError } from '@concord/storage';
import { GrpcError } from './bootstrap/grpc-call.ts';
import { ConfigurationError } from './config/command-line.ts';
import { configure, type Configuration } from './config/configuration.ts';
import { help } from './config/help.ts';
import { descriptorLimit, descriptorWarning } from './descriptors.ts';
import { createLog, logOptionsOf, type Log } from './log.ts';
import { startMember, type Member } from './member.ts';
import { podCommand, type MemberCompanion } from './pod/pod-command.ts';
import { ServiceManager } from './service-manager.ts';
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

/** Without a log there is nobody to tell but the terminal. */
function openLog(values: Configuration['values']): Log {
  try {
    return createLog(logOptionsOf(values));
  } catch (error) {
    process.stderr.write(`concord: ${textOf(error)}\n`);
    process.exit(1);
  }
}

/** Ends the process by the signal itself, as etcd does: whoever started it sees why it ended. */
function endBy(signal: NodeJS.Signals): void {
  if (process.pid === 1) process.exit(0);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Ends the member, also one that is still starting. The first call alone counts: it says how the process ends. */
function stopper(starting: Promise<Member>, giveUp: AbortController, log: Log) {
  return (end: () => void): void => {
    if (giveUp.signal.aborted) return;
    giveUp.abort();
    // A start that was given up has nothing to stop.
    const stopped = starting.catch(() => undefined).then((member) => member?.stop());
    void stopped.then(() => {
      log.info('stopped');
      end();
    });
  };
}

function onSignals(stop: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
}

async function run(configuration: Configuration, companion?: MemberCompanion): Promise<void> {
  const { values, warnings } = configuration;
  const log = openLog(values);
  const fail = (error: unknown, message: string): never => {
    log.fatal({ error: textOf(error) }, message);
    process.exit(1);
  };
  process.on('uncaughtException', (error) => fail(error, 'a broken invariant stops this member'));
  for (const warning of warnings) log.warn(warning);
  const fewDescriptors = descriptorWarning(descriptorLimit());
  if (fewDescriptors !== undefined) log.warn(fewDescriptors);
  const serviceManager = new ServiceManager({ log, environment: process.env });
  const giveUp = new AbortController();
  const events = {
    failed: (error: Error) => fail(error, 'this member cannot go on'),
    removed: () => {
      serviceManager.stopping();
      stop(() => process.exit(0));
    },
  };
  const prepared = companion?.prepare(configuration, log, giveUp.signal) ?? configuration;
  const starting = Promise.resolve(prepared).then((ready) =>
    startMember(ready, log, events, { signal: giveUp.signal }),
  );
  const stop = stopper(starting, giveUp, log);
  onSignals((signal) => {
    if (!giveUp.signal.aborted) {
      log.info({ signal }, 'stopping');
      serviceManager.stopping();
    }
    stop(() => endBy(signal));
  });
  try {
    await starting;
    if (giveUp.signal.aborted) return;
    serviceManager.ready();
    await companion?.settle(giveUp.signal);
  } catch (error) {
    if (!giveUp.signal.aborted) fail(error, 'this member could not start');
  }
}

/** What an operator can act on is told in its own words; anything else is a defect, and told with its place. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isKnown =
    error instanceof ConfigurationError ||
    error instanceof StorageError ||
    error instanceof GrpcError;
  return isKnown ? error.message : (error.stack ?? error.message);
}

async function runPod(args: readonly string[]): Promise<void> {
  const print = (text: string): void => void process.stdout.write(text);
  try {
    await podCommand(args, { environment: process.env, print, runMember: run });
  } catch (error) {
    process.stderr.write(`concord: ${textOf(error)}\n`);
    process.exit(1);
  }
}

async function runCommand(): Promise<void> {
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
}

const [subject, ...rest] = process.argv.slice(2);
await (subject === 'pod' ? runPod(rest) : runCommand());
