/** Nest's TCP transport to a service with many instances: each message goes to the instance that is picked for it. */
import { ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { catchError, defer, finalize, tap, throwError, type Observable } from 'rxjs';
import type { Instance, ServiceView } from '@concord/sdk';

/** How often a message that reached nobody is tried with another instance. */
const ELSEWHERE_MAX = 2;

/** The connection to one instance. Invariant: it is closed only when nothing waits for an answer on it. */
interface Line {
  readonly proxy: ClientProxy;
  pending: number;
  isRetired: boolean;
}

export class DiscoveredTcpClient extends ClientProxy {
  readonly #view: ServiceView;
  readonly #lines = new Map<string, Line>();
  readonly #listening: Disposable;

  constructor(view: ServiceView) {
    super();
    this.#view = view;
    this.#listening = view.onUpdate(({ removed }) => {
      for (const { instance } of removed) this.#retire(instance.endpoint);
    });
  }

  /** Nothing to do: connections are made when an instance is first picked. */
  connect(): Promise<void> {
    return Promise.resolve();
  }

  /** Nest calls it while the application shuts down. */
  async close(): Promise<void> {
    this.#listening[Symbol.dispose]();
    for (const endpoint of [...this.#lines.keys()]) this.#retire(endpoint);
    await this.#view[Symbol.asyncDispose]();
  }

  /** The view of the service: there is no one socket to hand out. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as the base class has it
  unwrap<T>(): T {
    return this.#view as T;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as the base class has it
  override send<Result, Input>(pattern: unknown, data: Input): Observable<Result> {
    return this.#through((proxy) => proxy.send<Result, Input>(pattern, data));
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as the base class has it
  override emit<Result, Input>(pattern: unknown, data: Input): Observable<Result> {
    return this.#through((proxy) => proxy.emit<Result, Input>(pattern, data));
  }

  protected publish(): never {
    throw new Error('messages are published by the connection of the instance that was picked');
  }

  protected dispatchEvent(): never {
    throw new Error('events are sent by the connection of the instance that was picked');
  }

  /** Picks, sends, tells the view what came of it; one that refused the connection has taken nothing, so another may. */
  #through<R>(
    exchange: (proxy: ClientProxy) => Observable<R>,
    exclude: ReadonlySet<string> = new Set(),
  ): Observable<R> {
    return defer(() => {
      const picked = this.#view.pick({ exclude });
      const { instance } = picked;
      const line = this.#line(instance);
      line.pending++;
      return exchange(line.proxy).pipe(
        tap({ complete: () => picked.report('ok') }),
        catchError((error: unknown) => {
          const isUnsent = isRefusal(error);
          picked.report(isUnsent ? 'connect-failed' : 'error');
          if (!isUnsent || exclude.size >= ELSEWHERE_MAX) return throwError(() => error);
          return this.#through(exchange, new Set([...exclude, instance.id]));
        }),
        finalize(() => {
          picked[Symbol.dispose]();
          line.pending--;
          this.#closeIfIdle(line);
        }),
      );
    });
  }

  #line({ endpoint, address, port }: Instance): Line {
    const known = this.#lines.get(endpoint);
    if (known !== undefined) return known;
    const proxy = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: address, port },
    });
    const line: Line = { proxy, pending: 0, isRetired: false };
    this.#lines.set(endpoint, line);
    return line;
  }

  #retire(endpoint: string): void {
    const line = this.#lines.get(endpoint);
    if (line === undefined) return;
    this.#lines.delete(endpoint);
    line.isRetired = true;
    this.#closeIfIdle(line);
  }

  #closeIfIdle(line: Line): void {
    if (line.isRetired && line.pending === 0) void line.proxy.close();
  }
}

/** Nobody listens there: nothing of the message has left. */
const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ECONNREFUSED';
