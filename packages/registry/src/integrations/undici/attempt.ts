/** One request to a service, over as many instances as it takes to have it answered. */
import type { Dispatcher } from 'undici';
import type { Picked } from '../../balance/picked.ts';
import { failureOf, ofHttp } from '../../resilience/failure.ts';
import { StandingController } from './controller.ts';

/** What a request to a service needs from the dispatcher. */
export interface Attempts {
  /** It may be sent twice: its method says so, and its body can be sent again. */
  readonly isRepeatable: boolean;
  /** Another instance, if there is one, and a retry is left. */
  next(tried: ReadonlySet<string>): Picked | undefined;
  send(picked: Picked, handler: Dispatcher.DispatchHandler): void;
}

/**
 * Hands everything on to the caller's handler, but for failures that leave the request as good as new: without a
 * connection nothing was sent; a connection that broke before the answer began may have brought the request through,
 * which does no harm where it may be repeated. It then goes to another instance without the caller noticing.
 */
export class ServiceRequest {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #attempts: Attempts;
  readonly #tried = new Set<string>();
  readonly #controller = new StandingController();
  #isStarted = false;

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
    const controller = this.#controller;
    /** 0 until the answer has begun. */
    let status = 0;
    return {
      onRequestStart: (own, context: unknown) => {
        controller.standFor(own);
        // The caller hears of the first try only.
        if (!this.#isStarted) handler.onRequestStart?.(controller, context);
        this.#isStarted = true;
      },
      onRequestUpgrade: (_own, ...upgrade) => {
        picked.report('ok');
        handler.onRequestUpgrade?.(controller, ...upgrade);
      },
      onResponseStarted: () => handler.onResponseStarted?.(),
      onResponseStart: (_own, statusCode, headers, statusText) => {
        status = statusCode;
        handler.onResponseStart?.(controller, statusCode, headers, statusText);
      },
      onResponseData: (_own, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (_own, trailers) => {
        picked.report(ofHttp(status).outcome);
        handler.onResponseEnd?.(controller, trailers);
      },
      onResponseError: (_own, error) => {
        const next = this.#afterFailure(picked, error, status !== 0);
        if (next !== undefined) this.start(next);
        else handler.onResponseError?.(controller, error);
      },
      onBodySent: (chunk) => handler.onBodySent?.(chunk),
      onRequestSent: () => handler.onRequestSent?.(),
    };
  }

  /** Reports the failure. @returns where the request goes on, if it does */
  #afterFailure(picked: Picked, error: Error, isAnswered: boolean): Picked | undefined {
    if (this.#controller.aborted || isAbort(error)) {
      // The caller's own end says nothing about the instance.
      picked[Symbol.dispose]();
      return undefined;
    }
    const { outcome, mayBeSent } = failureOf(error);
    picked.report(outcome);
    // Who is slow is slow elsewhere too, and the caller has waited already.
    const mayRepeat = this.#attempts.isRepeatable && outcome !== 'timeout';
    if (isAnswered || (mayBeSent && !mayRepeat)) return undefined;
    return this.#attempts.next(this.#tried);
  }
}

function isAbort(error: Error): boolean {
  return error.name === 'AbortError' || (error as { code?: unknown }).code === 'UND_ERR_ABORTED';
}
