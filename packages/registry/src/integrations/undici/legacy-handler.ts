/**
 * Handlers as undici 6 has them, made into those of undici 7 and later. The `fetch` of Node is an undici of its own,
 * often an older one than the application's, and hands its kind of handler to our dispatcher.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';

type Controller = Dispatcher.DispatchController;

interface LegacyHandler {
  onConnect?(abort: (reason?: Error) => void, context?: unknown): void;
  onUpgrade?(statusCode: number, rawHeaders: Buffer[], socket: Duplex): void;
  onResponseStarted?(): void;
  onHeaders?(
    statusCode: number,
    rawHeaders: Buffer[],
    resume: () => void,
    statusText: string,
  ): boolean;
  onData?(chunk: Buffer): boolean;
  onComplete?(rawTrailers: Buffer[]): void;
  onError?(error: Error): void;
  onBodySent?(chunk: Buffer): void;
  onRequestSent?(): void;
}

/** `handler` as it is where it is one of today's. */
export function modernHandler(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  if (typeof handler.onRequestStart === 'function') return handler;
  return fromLegacy(handler);
}

function fromLegacy(legacy: LegacyHandler): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => {
      legacy.onConnect?.((reason) => controller.abort(reason ?? new Error('aborted')), context);
    },
    onRequestUpgrade: (controller, statusCode, headers, socket) =>
      legacy.onUpgrade?.(statusCode, raw(controller.rawHeaders, headers), socket),
    onResponseStarted: () => legacy.onResponseStarted?.(),
    onResponseStart: (controller, statusCode, headers, statusText = '') => {
      const rawHeaders = raw(controller.rawHeaders, headers);
      const resume = (): void => controller.resume();
      pauseIf(controller, legacy.onHeaders?.(statusCode, rawHeaders, resume, statusText));
    },
    onResponseData: (controller, chunk) => pauseIf(controller, legacy.onData?.(chunk)),
    onResponseEnd: (controller, trailers) =>
      legacy.onComplete?.(raw(controller.rawTrailers, trailers)),
    onResponseError: (_controller, error) => legacy.onError?.(error),
    onBodySent: (chunk) => legacy.onBodySent?.(chunk),
    onRequestSent: () => legacy.onRequestSent?.(),
  };
}

function pauseIf(controller: Controller, mayGoOn: boolean | undefined): void {
  if (mayGoOn === false) controller.pause();
}

/** Names and values in turn, as the old handlers are given them. */
function raw(given: Controller['rawHeaders'], headers: IncomingHttpHeaders): Buffer[] {
  if (Array.isArray(given)) return given.map((part) => Buffer.from(part as string, 'latin1'));
  return Object.entries(given ?? headers).flatMap(([name, value]) =>
    [value ?? '']
      .flat()
      .flatMap((each) => [Buffer.from(name, 'latin1'), Buffer.from(each, 'latin1')]),
  );
}
