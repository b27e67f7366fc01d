/** A member in a thread of this process: started, told what to do, and stopped. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What a test may ask of a member; the thread's side is `embedded-verbs.ts` of the server. */
export type MemberVerb =
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'expire-lease'; readonly id: bigint }
  | { readonly kind: 'leads' }
  | { readonly kind: 'compact-past'; readonly revision: number | undefined };

type Report =
  | { readonly kind: 'ready'; readonly endpoints: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly number: number; readonly value: number | undefined }
  | { readonly kind: 'refused'; readonly number: number; readonly message: string };

type Waiting = PromiseWithResolvers<number | undefined>;

export interface MemberStart {
  readonly flags: readonly string[];
  readonly time: 'real' | 'virtual';
}

export class EmbeddedMember {
  /** Where it listens for clients, once it is `ready`. */
  endpoints: readonly string[] = [];
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready = Promise.withResolvers<undefined>();
  #isReady = false;
  #failure: Error | undefined;
  #verbCount = 0;

  /** Starts the thread; `ready` tells when the member serves. */
  constructor(start: MemberStart) {
    // Whoever gives up before does not want to hear of it.
    this.#ready.promise.catch(() => undefined);
    // Loaders and the like of the test's own process are not for the member; which sources are meant is.
    const execArgv = process.execArgv.filter((flag) => flag.startsWith('--conditions='));
    this.#worker = new Worker(memberEntry(), { workerData: start, execArgv });
    this.#worker.on('message', (report: Report) => this.#hear(report));
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#fail(new Error('the member has stopped'));
        resolve();
      });
    });
  }

  static async start(start: MemberStart): Promise<EmbeddedMember> {
    const member = new EmbeddedMember(start);
    await member.ready;
    return member;
  }

  /** Resolves when it serves; with others of a new cluster, that takes a majority. Rejects with its own words. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Answers a number where there is one to tell. Rejects with what the member says to it. */
  tell(verb: MemberVerb): Promise<number | undefined> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const number = ++this.#verbCount;
    const waiting: Waiting = Promise.withResolvers();
    this.#waiting.set(number, waiting);
    this.#worker.postMessage({ ...verb, number });
    return waiting.promise;
  }

  /** Resolves once everything is stored and the thread has ended; one that doesn't serve yet is cut short. */
  async stop(): Promise<void> {
    if (!this.#isReady) await this.#worker.terminate();
    else if (this.#failure === undefined) this.#worker.postMessage('stop');
    await this.#exited;
  }

  #hear(report: Report): void {
    switch (report.kind) {
      case 'ready':
        this.endpoints = report.endpoints;
        this.#isReady = true;
        return this.#ready.resolve(undefined);
      case 'failed':
        return this.#fail(new Error(report.message));
      case 'done':
        return this.#take(report.number)?.resolve(report.value);
      case 'refused':
        return this.#take(report.number)?.reject(new Error(report.message));
    }
  }

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }

  /** The first reason counts. */
  #fail(error: Error): void {
    this.#failure ??= error;
    this.#ready.reject(error);
    for (const number of [...this.#waiting.keys()]) this.#take(number)?.reject(error);
  }
}

/**
 * Of the server that is installed beside this package, its optional peer: who only wants proxies and clocks needs none.
 *
 * @throws Error that says what to install
 */
function memberEntry(): URL {
  const server = '@concord/server';
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(`${server}/embedded`));
  } catch (cause) {
    const isThere = (cause as { code?: unknown }).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    const problem = isThere
      ? `the ${server} that is installed has no member for tests`
      : `the member to start is in ${server}, which is not installed`;
    const remedy = `npm install --save-dev ${server}, in the version of @concord/testing`;
    throw new Error(`${problem}: ${remedy}`, { cause });
  }
}
