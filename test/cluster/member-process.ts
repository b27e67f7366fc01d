/**
 * One member as a process, on a data directory and addresses that outlive it: killed, stopped, paused and started
 * again. Whatever its command, it takes etcd's flags and says when it serves.
 *
 * Invariant: no process outlives this one, however this one ends: on Linux the kernel sees to it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const READY_LINE = 'ready to serve client requests';
/** A start without a leader waits for one; this long only where the machine does ten other things. */
const START_MS_MAX = 60_000;
/** A graceful stop may take etcd's request timeout, 7 s. */
const STOP_MS_MAX = 20_000;
const LOG_LINES_KEPT = 30;
/** Where the system has it; elsewhere a member outlives a test that is killed. */
const DIE_WITH_PARENT = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL'] : [];

export interface MemberCommand {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly logFile: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export class MemberProcess {
  /** Resolves when it says that it serves; rejects where it ends before, or takes too long. */
  readonly ready: Promise<void>;
  /** Resolves after its last line of output. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #lastLines: string[] = [];
  #isPaused = false;
  #isToEnd = false;

  constructor(command: MemberCommand) {
    const { executable, logFile, environment } = command;
    const [program, ...before]: readonly string[] = [...DIE_WITH_PARENT, executable];
    this.#child = spawn(program ?? executable, [...before, ...command.arguments], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    alive.add(this.#child);
    this.#child.once('exit', () => alive.delete(this.#child));
    this.exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#note(error.message, logFile);
        resolve({ code: 1, signal: null });
      });
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.ready = this.#untilReady(logFile);
    // Whoever does not wait for it does not want to hear of it.
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return alive.has(this.#child) && this.pid !== 0;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** The end of its log, for whoever has to explain a failure. */
  get lastWords(): string {
    return this.#lastLines.join('\n');
  }

  /** SIGKILL: as a crash of the process; the page cache stays. */
  async kill(): Promise<void> {
    this.#isToEnd = true;
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** SIGTERM, as an operator stops it; killed where it does not end. */
  async stop(): Promise<Exit> {
    this.#isToEnd = true;
    this.resume();
    this.#child.kill('SIGTERM');
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS_MAX);
    const exit = await this.exited;
    clearTimeout(patience);
    return exit;
  }

  /** What a test did to it leaves it no choice. */
  mayEnd(): void {
    this.#isToEnd = true;
  }

  /** Whether it has ended although nobody made it. */
  get hasFailed(): boolean {
    return !this.#isToEnd && !alive.has(this.#child);
  }

  pause(): void {
    this.#isPaused = this.#child.kill('SIGSTOP');
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#child.kill('SIGCONT');
  }

  #untilReady(logFile: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (what: string): void =>
        reject(new Error(`the member ${what}; its last words:\n${this.lastWords}`));
      const timer = setTimeout(() => fail(`was not ready in ${START_MS_MAX} ms`), START_MS_MAX);
      timer.unref();
      for (const input of [this.#child.stdout, this.#child.stderr]) {
        if (input === null) continue;
        createInterface({ input }).on('line', (line) => {
          this.#note(line, logFile);
          if (!line.includes(READY_LINE)) return;
          clearTimeout(timer);
          resolve();
        });
      }
      void this.exited.then(({ code, signal }) => {
        clearTimeout(timer);
        fail(`ended before it was ready (${signal ?? code})`);
      });
    });
  }

  #note(line: string, logFile: string): void {
    appendFileSync(logFile, `${line}\n`);
    this.#lastLines.push(line);
    if (this.#lastLines.length > LOG_LINES_KEPT) this.#lastLines.shift();
  }
}
