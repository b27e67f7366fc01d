/**
 * A member for tests: `await using server = await startServer()` gives endpoints, and its end removes everything.
 * It runs in a thread of this process, with a data directory and a port of its own, so that tests need no set-up
 * and can run side by side.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface ServerOptions {
  /** Kept when given; otherwise a temporary directory that is removed at the end. */
  readonly dataDirectory?: string;
  /** Further flags of `concord`, such as `['--max-txn-ops', '16']`. */
  readonly flags?: readonly string[];
}

export interface TestServer extends AsyncDisposable {
  /** `host:port`, as clients take them. */
  readonly endpoints: readonly string[];
  readonly dataDirectory: string;
  stop(): Promise<void>;
}

type Report =
  | { readonly kind: 'ready'; readonly endpoints: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Rejects with the member's own words if it can't start. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const temporary = options.dataDirectory === undefined;
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'concord-')));
  const address = 'http://127.0.0.1:0';
  const flags = [
    ...['--data-dir', dataDirectory, '--log-level', 'error'],
    ...['--listen-client-urls', address, '--advertise-client-urls', address],
    ...['--listen-peer-urls', 'http://127.0.0.1:0'],
    ...(options.flags ?? []),
  ];
  const worker = new Worker(new URL(import.meta.resolve('@concord/server/embedded')), {
    workerData: flags,
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    worker.postMessage('stop');
    await exited;
    if (temporary) await rm(dataDirectory, { recursive: true, force: true });
  };
  const endpoints = await firstReport(worker);
  const stopOnce = (): Promise<void> => (stopping ??= stop());
  return { endpoints, dataDirectory, stop: stopOnce, [Symbol.asyncDispose]: stopOnce };
}

function firstReport(worker: Worker): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the member ended before it was ready')));
    worker.once('message', (report: Report) => {
      if (report.kind === 'ready') resolve(report.endpoints);
      else reject(new Error(report.message));
    });
  });
}
