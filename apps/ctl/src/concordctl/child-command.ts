/** Runs the commands that users give to `watch` and `lock`. */
import { spawn, type StdioOptions } from 'node:child_process';
import type { Environment } from './command.ts';

/** How a command ended, as Go says it. */
export interface CommandEnd {
  /** Its status; 255 where a signal ended it, 1 where it could not be started. */
  readonly exitCode: number;
  /** What went wrong; undefined after success. */
  readonly problem: string | undefined;
}

/** @param output - where it writes to; where this process does by default */
export function runChildCommand(
  [command = '', ...args]: readonly string[],
  environment: Environment,
  output?: (chunk: Uint8Array) => void,
): Promise<CommandEnd> {
  const stdio: StdioOptions =
    output === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'inherit'];
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio, env: environment });
    if (output !== undefined) child.stdout?.on('data', output);
    child.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'ENOENT'
          ? `exec: "${command}": executable file not found in $PATH`
          : error.message;
      resolve({ exitCode: 1, problem: reason });
    });
    child.once('close', (code, signal) => {
      if (code === 0) return resolve({ exitCode: 0, problem: undefined });
      if (code !== null) return resolve({ exitCode: code, problem: `exit status ${code}` });
      const name = signalNames.get(signal ?? '') ?? String(signal);
      resolve({ exitCode: 255, problem: `signal: ${name}` });
    });
  });
}

const signalNames = new Map([
  ['SIGKILL', 'killed'],
  ['SIGTERM', 'terminated'],
  ['SIGINT', 'interrupt'],
  ['SIGHUP', 'hangup'],
  ['SIGSEGV', 'segmentation fault'],
  ['SIGABRT', 'aborted'],
]);
