/** Runs a program while an instance is registered; without one, waits to be interrupted. */
import { spawn } from 'node:child_process';
import type { Registration } from '@concord/registry';
import { CommandError } from '../../command-error.ts';
import type { Environment } from '../command.ts';

interface Surroundings {
  readonly environment: Environment;
  /** Aborts when this command is interrupted: the program is told to end, and is waited for. */
  readonly signal: AbortSignal;
}

/**
 * Answers the status that the program ended with, 0 without one.
 *
 * @throws CommandError when the registration is lost for good, such as to somebody who took the id over
 */
export async function runWhileRegistered(
  registration: Registration,
  [file, ...args]: readonly string[],
  { environment, signal }: Surroundings,
): Promise<number> {
  const over = new AbortController();
  try {
    const lost = registration.events
      .once('ended', { signal: over.signal })
      .then(({ error }) => new CommandError(error.message));
    // The listening ends with the program.
    lost.catch(() => undefined);
    const ended =
      file === undefined
        ? interrupted(signal, over.signal)
        : programEnd(file, args, environmentOf(registration, environment), signal, over.signal);
    const first = await Promise.race([ended, lost]);
    if (first instanceof CommandError) throw first;
    return first;
  } finally {
    over.abort();
  }
}

const environmentOf = ({ service, id }: Registration, environment: Environment): Environment => ({
  ...environment,
  CONCORD_SERVICE: service,
  CONCORD_INSTANCE: id,
});

function interrupted(signal: AbortSignal, over: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(0);
    // Something has to keep the process where the registration alone would not.
    const staying = setInterval(() => undefined, 2 ** 30);
    over.addEventListener('abort', () => clearInterval(staying), { once: true });
    signal.addEventListener('abort', () => resolve(0), { once: true });
  });
}

function programEnd(
  file: string,
  args: readonly string[],
  environment: Environment,
  signal: AbortSignal,
  over: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env: environment });
    const end = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', end, { once: true });
    over.addEventListener('abort', end, { once: true });
    child.on('error', (error) => reject(new CommandError(`${file}: ${error.message}`)));
    // As a shell tells of a program that a signal ended.
    child.on('exit', (code, by) => resolve(code ?? (by === 'SIGTERM' ? 0 : 128)));
  });
}
