/** concordctl as a process of its own, as it was built: it can be killed at any point. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const program = resolve(import.meta.dirname, '../../apps/ctl/dist/concordctl.js');

/** What hangs is killed, and seen by its status. */
const RUN_MS_MAX = 60_000;

/** For what only a server can be asked. */
const POLL_MS = 5;

export interface Ended {
  /** -1 where a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class RunningConcordctl {
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment };
    this.#child = spawn(process.execPath, [program, ...words], { env, stdio: 'pipe' });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#heard('stdout', chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#heard('stderr', chunk));
    const limit = AbortSignal.timeout(RUN_MS_MAX);
    limit.addEventListener('abort', () => this.#child.kill('SIGKILL'));
    this.ended = once(this.#child, 'close').then(([code]: unknown[]) => {
      for (const listener of this.#listeners) listener();
      return { status: (code as number | null) ?? -1, stdout: this.stdout, stderr: this.stderr };
    });
  }

  /** Resolves when stderr has it, or the process has ended. */
  async says(text: string): Promise<void> {
    while (!this.stderr.includes(text) && this.#child.exitCode === null) {
      await new Promise<void>((wake) => {
        const listener = (): void => {
          this.#listeners.delete(listener);
          wake();
        };
        this.#listeners.add(listener);
      });
    }
  }

  /** Resolves when it is so. Throws where the process has ended before. */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) {
      if (this.#child.exitCode !== null) throw new Error(`it has ended: ${this.stderr}`);
      await setTimeout(POLL_MS);
    }
  }

  async kill(signal: 'SIGKILL' | 'SIGINT'): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }

  #heard(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    this[stream] += chunk.toString();
    for (const listener of [...this.#listeners]) listener();
  }
}

export const concordctl = (...words: readonly string[]): Promise<Ended> =>
  new RunningConcordctl(words).ended;
