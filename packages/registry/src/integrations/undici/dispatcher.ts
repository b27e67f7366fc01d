/** A dispatcher that knows services by name, over one that knows addresses. */
import { Dispatcher } from 'undici';
import { ConcordError } from '@concord/client';
import { noInstances } from '../../balance/no-instances.ts';
import type { PickExplanation } from '../../balance/explain.ts';
import type { Picked } from '../../balance/picked.ts';
import { isName } from '../../options.ts';
import type { RetryBudget } from '../../resilience/retry-budget.ts';
import type { DiscoveredService } from '../discovery.ts';
import type { SharedViews, ViewUse } from '../shared-views.ts';
import { ServiceRequest } from './attempt.ts';
import { modernHandler } from './legacy-handler.ts';
import { hashKeyOf, type RequestHashKey } from './request-hash.ts';

export interface DispatcherSettings {
  readonly suffix: string;
  readonly retries: number;
  readonly budget: RetryBudget;
  readonly views: SharedViews;
  /** Sends to addresses. */
  readonly agent: Dispatcher;
  /** Whether the agent is closed with the dispatcher. */
  readonly ownsAgent: boolean;
  readonly hashKey: RequestHashKey;
}

type Callback = (error: Error | null, data: null) => void;

const OPERATION = 'registry.dispatch';

export class ServiceDispatcher extends Dispatcher implements AsyncDisposable {
  readonly #settings: DispatcherSettings;
  /** Kept from a service's first request to the end. */
  readonly #uses = new Map<string, ViewUse | Promise<ViewUse>>();
  #isClosed = false;

  constructor(settings: DispatcherSettings) {
    super();
    this.#settings = settings;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    given: Dispatcher.DispatchHandler,
  ): boolean {
    const handler = modernHandler(given);
    const url = this.#serviceUrl(options.origin);
    if (url === undefined) return this.#settings.agent.dispatch(options, handler);
    try {
      this.#dispatchTo(url, options, handler);
    } catch (error) {
      fail(handler, error);
    }
    return true;
  }

  override close(callback: () => void): void;
  override close(): Promise<void>;
  override close(callback?: () => void): void | Promise<void> {
    return settle(
      this.#end(() => this.#settings.agent.close()),
      callback,
    );
  }

  override destroy(error: Error | null, callback: () => void): void;
  override destroy(callback: () => void): void;
  override destroy(error?: Error | null): Promise<void>;
  override destroy(
    error?: Error | null | (() => void),
    callback?: () => void,
  ): void | Promise<void> {
    const reason = typeof error === 'function' ? null : (error ?? null);
    const ended = this.#end(() => this.#settings.agent.destroy(reason));
    return settle(ended, typeof error === 'function' ? error : callback);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Where the host's name ends like a service's. */
  #serviceUrl(origin: string | URL | undefined): URL | undefined {
    if (origin === undefined) return undefined;
    const url = typeof origin === 'string' ? new URL(origin) : origin;
    return url.hostname.endsWith(this.#settings.suffix) ? url : undefined;
  }

  #dispatchTo(
    url: URL,
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): void {
    const service = this.#serviceOf(url);
    const send = ({ view }: ViewUse): void => this.#begin(view, service, url, options, handler);
    const use = this.#use(service);
    if (!(use instanceof Promise)) send(use);
    else use.then(send).catch((error: unknown) => fail(handler, error));
  }

  /** @throws ConcordError `INVALID_ARGUMENT` for a name that no service can have, and for a port */
  #serviceOf({ hostname, port }: URL): string {
    const service = hostname.slice(0, -this.#settings.suffix.length);
    if (isName(service) && port === '') return service;
    const problem =
      port === ''
        ? `host "${hostname}" names no service`
        : `host "${hostname}" is a service, and the URL has port ${port}`;
    throw new ConcordError('INVALID_ARGUMENT', {
      operation: OPERATION,
      subject: hostname,
      problem,
      remedy: `write http://service${this.#settings.suffix}/path: the port is the instance's`,
    });
  }

  #use(service: string): ViewUse | Promise<ViewUse> {
    if (this.#isClosed) {
      throw new ConcordError('CLOSED', {
        operation: OPERATION,
        subject: service,
        problem: 'the dispatcher is closed',
      });
    }
    const known = this.#uses.get(service);
    if (known !== undefined) return known;
    const opening = this.#settings.views.use(service);
    this.#uses.set(service, opening);
    opening.then(
      (use) => this.#opened(service, use),
      // The request says why; the next one tries anew.
      () => this.#uses.delete(service),
    );
    return opening;
  }

  #opened(service: string, use: ViewUse): void {
    if (!this.#isClosed) this.#uses.set(service, use);
  }

  #begin(
    view: DiscoveredService,
    service: string,
    url: URL,
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): void {
    const { agent, budget } = this.#settings;
    let retries = this.#settings.retries;
    const hashKey = hashKeyOf(this.#settings.hashKey, service, options);
    const pick = (exclude: ReadonlySet<string>): Picked | undefined =>
      view.tryPick({ exclude, hashKey }) ?? undefined;
    const request = new ServiceRequest(handler, {
      isRepeatable: isRepeatable(options),
      next: (tried) => {
        if (retries === 0) return undefined;
        const picked = pick(tried);
        if (picked === undefined) return undefined;
        retries -= 1;
        if (budget.tryRetry()) return picked;
        picked[Symbol.dispose]();
        return undefined;
      },
      send: ({ instance }, attempt) => {
        agent.dispatch({ ...options, origin: `${url.protocol}//${instance.endpoint}` }, attempt);
      },
    });
    budget.called();
    const first = pick(new Set());
    if (first === undefined) {
      throw noInstances(OPERATION, service, view.explain() as PickExplanation);
    }
    request.start(first);
  }

  async #end(endAgent: () => Promise<void>): Promise<void> {
    this.#isClosed = true;
    if (this.#settings.ownsAgent) await endAgent();
    const uses = [...this.#uses.values()];
    this.#uses.clear();
    for (const use of uses) {
      const opened = await Promise.resolve(use).catch(() => undefined);
      await opened?.[Symbol.asyncDispose]();
    }
  }
}

/** Methods that RFC 9110 calls idempotent: a client may send them again by itself. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'TRACE',
]);

function isRepeatable({ method, body, idempotent }: Dispatcher.DispatchOptions): boolean {
  // A stream is gone once it was read.
  const isWhole =
    body === null || body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  return isWhole && (idempotent ?? IDEMPOTENT.has(method));
}

function fail(handler: Dispatcher.DispatchHandler, error: unknown): void {
  const reason = error instanceof Error ? error : new Error(String(error));
  // undici itself gives no controller for a request that never began.
  const none = null as unknown as Dispatcher.DispatchController;
  handler.onResponseError?.(none, reason);
}

/** As undici does it: by a callback where there is one. */
function settle(ended: Promise<void>, callback: (() => void) | undefined): void | Promise<void> {
  if (callback === undefined) return ended;
  const done = callback as Callback;
  ended.then(
    () => done(null, null),
    (error: unknown) => done(error as Error, null),
  );
}
