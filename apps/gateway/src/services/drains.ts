/** Taking instances out: marked as draining, waited for until every consumer has seen it, deleted if that is wanted. */
import { acknowledgedBy, registryKeys, type Acknowledged } from '@concord/registry/records';
import type { Precondition } from '../http/etag.ts';
import type { InstanceName, Registrar } from './registrar.ts';
import type { ServiceDirectory } from './service-directory.ts';
import type { DrainDocument } from './service-schemas.ts';

export interface DrainRequest {
  readonly precondition: Precondition;
  /** The longest wait for consumers; 0 does not wait. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

export class Drains {
  readonly #registrar: Registrar;
  readonly #directory: ServiceDirectory;

  constructor(registrar: Registrar, directory: ServiceDirectory) {
    this.#registrar = registrar;
    this.#directory = directory;
  }

  /** Marks it, and waits. It stays listed, and its owner may go on sending heartbeats. */
  async drain(name: InstanceName, request: DrainRequest): Promise<DrainDocument> {
    const startedAtMs = performance.now();
    const revision = await this.#registrar.drain(name, request.precondition);
    const isSeen = request.waitMs === 0 ? undefined : await this.#seen(name, revision, request);
    const { acknowledged, pending } = this.#acknowledged(name.service, revision);
    return {
      revision,
      outcome: isSeen === undefined ? 'skipped' : isSeen ? 'acknowledged' : 'timeout',
      acknowledged,
      pending: [...pending],
      waitedMs: Math.round(performance.now() - startedAtMs),
    };
  }

  /** Drains it first: that is how consumers tell who went in good order from who was lost. */
  async deregister(name: InstanceName, request: DrainRequest): Promise<DrainDocument> {
    const report = await this.drain(name, request);
    let revision: number | undefined = report.revision;
    // Whoever registers it anew meanwhile has the last word.
    revision = await this.#registrar.remove(name, revision);
    return revision === undefined ? report : { ...report, revision };
  }

  #acknowledged(service: string, revision: number): Acknowledged {
    return acknowledgedBy(
      registryKeys.observers(service),
      this.#directory.observers(service),
      revision,
    );
  }

  /** Whether all consumers have seen `revision` before the time is over. */
  async #seen(
    { service }: InstanceName,
    revision: number,
    { waitMs, signal }: DrainRequest,
  ): Promise<boolean> {
    const isSeen = (): boolean => this.#acknowledged(service, revision).pending.length === 0;
    if (isSeen()) return true;
    const observers = registryKeys.observers(service);
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        listening[Symbol.dispose]();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      const listening = this.#directory.source.onChange(({ keys }) => {
        if (keys.some((key) => key.startsWith(observers)) && isSeen()) finish();
      });
      if (signal.aborted) finish();
      else signal.addEventListener('abort', finish, { once: true });
    });
    return isSeen();
  }
}
