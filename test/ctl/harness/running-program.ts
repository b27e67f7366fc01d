/** A command line at work, in a process of its own or in this one. */
import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import type { Environment, Terminal } from '../../../apps/ctl/src/concordctl/command.ts';
import { runChildCommand } from '../../../apps/ctl/src/concordctl/child-command.ts';
import { askPassword } from '../../../apps/ctl/src/concordctl/password.ts';
import { runConcordctl } from '../../../apps/ctl/src/concordctl/program.ts';

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunningProgram {
  /** Resolves when it has written `count` lines, or has ended. */
  lines(count: number): Promise<void>;
  write(text: string): void;
  endStdin(): void;
  interrupt(): void;
  readonly outcome: Promise<Outcome>;
}

export type StartProgram = (words: readonly string[], environment: Environment) => RunningProgram;

/** What a program has written, and who waits for more of it. */
class Output {
  readonly #chunks: Buffer[] = [];
  #lineCount = 0;
  #isEnded = false;
  #waiting: (() => void)[] = [];

  add(chunk: string | Uint8Array): void {
    const bytes = Buffer.from(chunk as Uint8Array);
    this.#chunks.push(bytes);
    this.#lineCount += bytes.filter((byte) => byte === 0x0a).length;
    this.#wake();
  }

  end(): Buffer {
    this.#isEnded = true;
    this.#wake();
    return Buffer.concat(this.#chunks);
  }

  async lines(count: number): Promise<void> {
    while (this.#lineCount < count && !this.#isEnded) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** @param command - the program, and words before those of each start */
export const processProgram =
  (...[command = '', ...first]: readonly string[]): StartProgram =>
  (words, environment) => {
    const child = spawn(command, [...first, ...words], { env: environment });
    const output = new Output();
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => output.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
    // A program that does not read is no failure of this one.
    child.stdin.on('error', () => undefined);
    return {
      lines: (count) => output.lines(count),
      write: (text) => void child.stdin.write(text),
      endStdin: () => void child.stdin.end(),
      interrupt: () => void child.kill('SIGINT'),
      outcome: new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (exitCode) => resolve({ exitCode, stdout: output.end(), stderr }));
      }),
    };
  };

/** concordctl in this process: a hundred times faster to start, and the same code. */
export const concordctlHere: StartProgram = (words, environment) => {
  const output = new Output();
  const stdin = new PassThrough();
  const interruption = new AbortController();
  let stderr = '';
  const stdout = (chunk: string | Uint8Array): void =>
    output.add(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  const questions = new PassThrough();
  questions.on('data', stdout);
  const terminal: Terminal = {
    stdin,
    stdout,
    stderr: (text) => (stderr += text),
    environment,
    signal: interruption.signal,
    askPassword: (prompt) => askPassword(prompt, stdin as never, questions),
    runCommand: (command, surroundings) => runChildCommand(command, surroundings, stdout),
  };
  return {
    lines: (count) => output.lines(count),
    write: (text) => void stdin.write(text),
    endStdin: () => void stdin.end(),
    interrupt: () => interruption.abort(130),
    outcome: runConcordctl(words, terminal).then((exitCode) => {
      stdin.destroy();
      return { exitCode, stdout: output.end(), stderr };
    }),
  };
};
