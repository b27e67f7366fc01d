/** One request to a service, over as many instances as it takes to get a connection. */
import type { Dispatcher } from 'undici';
import type { Picked } from '../../balance/picked.ts';
import { failureOf, ofHttp } from '../../resilience/failure.ts';

/** What a request to a service needs from the dispatcher. */
export interface Attempts {
  /** Another instance, if there is one, and a retry is left. */
  next(tried: ReadonlySet<string>): Picked | undefined;
  send(picked: Picked, handler: Dispatcher.DispatchHandler): void;
}

/**
 * Hands everything on to the caller's handler, but for a failure to connect: then nothing was sent, and the request
 * goes to another instance without the caller noticing.
 */
export class ServiceRequest {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #attempts: Attempts;
  readonly #tried = new Set<string>();

  constructor(handler: Dispatcher.DispatchHandler, attempts: Attempts) {
    this.#handler = handler;
    this.#attempts = attempts;
  }

  start(picked: Picked): void {
    this.#tried.add(picked.instance.id);
    this.#attempts.send(picked, this.#attemptHandler(picked));
  }

  #attemptHandler(picked: Picked): Dispatcher.DispatchHandler {
    const handler = this.#handler;
    let isStarted = false;
    let status = 0;
    return {
      onRequestStart: (controller, context: unknown) => {
        isStarted = true;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...upgrade) => {
        picked.report('ok');
        handler.onRequestUpgrade?.(...upgrade);
      },
      onResponseStarted: () => handler.onResponseStarted?.(),
      onResponseStart: (controller, statusCode, headers, statusText) => {
        status = statusCode;
        handler.onResponseStart?.(controller, statusCode, headers, statusText);
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => {
        picked.report(ofHttp(status).outcome);
        handler.onResponseEnd?.(controller, trailers);
      },
      onResponseError: (controller, error) => {
        if (this.#isEnded(picked, error, isStarted)) handler.onResponseError?.(controller, error);
      },
      onBodySent: (chunk) => handler.onBodySent?.(chunk),
      onRequestSent: () => handler.onRequestSent?.(),
    };
  }

  /** Reports the failure. @returns false when the request goes on elsewhere */
  #isEnded(picked: Picked, error: Error, isStarted: boolean): boolean {
    if (isAbort(error)) {
      // The caller's own end says nothing about the instance.
      picked[Symbol.dispose]();
      return true;
    }
    const { outcome, mayBeSent } = failureOf(error);
    picked.report(outcome);
    if (isStarted || mayBeSent) return true;
    const next = this.#attempts.next(this.#tried);
    if (next === undefined) return true;
    this.start(next);
    return false;
  }
}

function isAbort(error: Error): boolean {
  return error.name === 'AbortError' || (error as { code?: unknown }).code === 'UND_ERR_ABORTED';
}
