/** Hashes and checks passwords in a thread of its own, a bounded number at a time. */
import { Worker } from 'node:worker_threads';
import type { HashFunction } from './password-hash.ts';
import type { PasswordJob, PasswordResult, PasswordTask } from './password-thread.ts';

/** Passwords that may wait: with 40 ms each, the last of them waits as long as any request may. */
const WAITING_MAX = 100;
/** A thread that has nothing to do for so long is ended: it holds some 30 MB. */
const IDLE_MS = 60_000;

/** There is more to hash than there is time for. */
export class TooManyPasswords extends Error {
  override readonly name = 'TooManyPasswords';

  constructor() {
    super(`${WAITING_MAX} passwords wait to be hashed: the next one has to come later`);
  }
}

interface Waiting {
  resolve(result: string | boolean): void;
  reject(error: Error): void;
}

export class Passwords {
  readonly #how: HashFunction;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextNumber = 1;
  /** What the password of a user who does not exist is compared with, so that it takes as long. */
  #decoy: Promise<string> | undefined;

  constructor(how: HashFunction) {
    this.#how = how;
  }

  get kind(): HashFunction['kind'] {
    return this.#how.kind;
  }

  /** Rejects with `TooManyPasswords`. */
  async hash(password: string): Promise<string> {
    return (await this.#perform({ kind: 'hash', password, how: this.#how })) as string;
  }

  /**
   * Whether `hash` is of this password. Without a hash the answer is false, after as much work. Rejects with
   * `TooManyPasswords`.
   */
  async matches(password: string, hash: string | undefined): Promise<boolean> {
    if (hash === undefined) {
      this.#decoy ??= this.hash('').catch((error: unknown) => {
        this.#decoy = undefined;
        throw error;
      });
      await this.#perform({ kind: 'check', password, hash: await this.#decoy });
      return false;
    }
    return (await this.#perform({ kind: 'check', password, hash })) as boolean;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#thread?.terminate();
  }

  #perform(job: PasswordJob): Promise<string | boolean> {
    if (this.#waiting.size >= WAITING_MAX) return Promise.reject(new TooManyPasswords());
    clearTimeout(this.#idle);
    this.#thread ??= this.#startThread();
    const task: PasswordTask = { number: this.#nextNumber++, job };
    return new Promise((resolve, reject) => {
      this.#waiting.set(task.number, { resolve, reject });
      this.#thread?.postMessage(task);
    });
  }

  #startThread(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const thread = new Worker(new URL(`./password-thread.${extension}`, import.meta.url));
    // A member that has nothing else to do may end.
    thread.unref();
    thread.on('message', ({ number, result }: PasswordResult) => {
      this.#waiting.get(number)?.resolve(result);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) this.#endWhenIdle(thread);
    });
    thread.on('error', (error: Error) => this.#failed(thread, error));
    thread.on('exit', () => this.#failed(thread, new Error('the password thread has ended')));
    return thread;
  }

  #endWhenIdle(thread: Worker): void {
    this.#idle = setTimeout(() => {
      if (this.#thread === thread) this.#thread = undefined;
      void thread.terminate();
    }, IDLE_MS).unref();
  }

  /** Whoever waited is told; the next password starts another thread. */
  #failed(thread: Worker, error: Error): void {
    if (this.#thread === thread) this.#thread = undefined;
    else if (this.#thread !== undefined) return;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
