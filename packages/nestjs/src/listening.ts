/** When an application listens: told by its HTTP server, or found out by asking the port. */
import { connect as dial } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks at whether a port is open: short beside the start of an application. */
const PROBE_MS = 50;

/** As Node's, however an adapter comes by it. */
export interface HttpServer {
  readonly listening: boolean;
  address(): AddressInfo | string | null;
  once(event: 'listening', listener: () => void): unknown;
}

/** Nest's adapter of an HTTP framework, as far as `app.listen()` uses it. */
export interface ListeningAdapter {
  listen(...args: unknown[]): unknown;
}

/**
 * Makes `app.listen()` wait for `ready` once the server listens, and fail as that does. Nest has no hook between
 * listening and the end of `listen()`; an error that the adapter answers with is what fails it.
 */
export function holdListen(adapter: ListeningAdapter, ready: () => Promise<unknown>): void {
  const listen = adapter.listen.bind(adapter);
  adapter.listen = (...args) => {
    const answer = args.at(-1);
    if (typeof answer !== 'function') return listen(...args);
    const tell = answer as (...result: unknown[]) => void;
    return listen(...args.slice(0, -1), (...result: unknown[]) => {
      if (result[0] instanceof Error) tell(...result);
      else ready().then(() => tell(...result), tell);
    });
  };
}

/** Resolves when something takes connections at each of the ports. */
export async function whenOpen(
  host: string,
  ports: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  for (const port of ports) {
    while (!(await isOpen(host, port))) await sleep(PROBE_MS, undefined, { signal });
  }
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ host, port });
    const end = (open: boolean) => (): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}
