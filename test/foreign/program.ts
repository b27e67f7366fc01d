/** Runs a foreign program to its end, or until it has printed enough, and says what it printed. */
import { spawn } from 'node:child_process';

/** A program that takes longer than this hangs. */
const PROGRAM_SECONDS_MAX = 180;

/** What a program left behind. */
export interface ProgramResult {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** How to run a program. */
export interface ProgramOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the program (SIGINT) once its output has so many lines: for those that run for ever. */
  readonly untilLines?: number;
  /** Called once the program has printed its first bytes or so much time has passed. */
  readonly secondsMax?: number;
}

/** Runs it. Rejects when it cannot be started or does not end in time. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    const seconds = options.secondsMax ?? PROGRAM_SECONDS_MAX;
    const patience = setTimeout(() => {
      child.kill('SIGKILL');
      const told = `its output so far:\n${output}${errors}`;
      reject(new Error(`${command} ${args.join(' ')} still runs after ${seconds} s; ${told}`));
    }, seconds * 1000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const lines = output.split('\n').length - 1;
      if (options.untilLines !== undefined && lines >= options.untilLines) child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.stdin.on('error', () => {
      // A program that ends without reading its input closes the pipe; its exit code says the rest.
    });
    child.on('error', (error) => {
      clearTimeout(patience);
      reject(error);
    });
    child.on('close', (exitCode) => {
      clearTimeout(patience);
      resolve({ exitCode, output, errors });
    });
    child.stdin.end(options.input ?? '');
  });
}
