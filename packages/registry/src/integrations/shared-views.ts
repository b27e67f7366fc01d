/** One view for each service, however many channels and requests ask for it; closed when nobody does any more. */
import { ConcordError } from '@concord/client';
import { chosenFor, type DiscoveredService, type Discovery, type ViewChoice } from './discovery.ts';

/** Services that are looked at at once: names come from requests, and each costs a list in memory. */
export const SHARED_VIEWS_MAX = 1000;

interface Shared {
  readonly service: string;
  readonly opening: Promise<DiscoveredService>;
  users: number;
}

/** A use of a view; disposing of it twice does nothing. */
export interface ViewUse extends AsyncDisposable {
  readonly view: DiscoveredService;
}

export class SharedViews {
  readonly #discovery: Discovery;
  readonly #operation: string;
  readonly #choice: ViewChoice;
  readonly #shared = new Map<string, Shared>();

  /** @param choice - the options of each view */
  constructor(discovery: Discovery, operation: string, choice: ViewChoice = {}) {
    this.#discovery = discovery;
    this.#operation = operation;
    this.#choice = choice;
  }

  /**
   * @throws ConcordError `QUOTA` for the 1,001st service, and whatever `discover` throws; the next use tries anew
   */
  async use(service: string): Promise<ViewUse> {
    const shared = this.#shared.get(service) ?? this.#open(service);
    shared.users += 1;
    let isEnded = false;
    const end = async (): Promise<void> => {
      if (isEnded) return;
      isEnded = true;
      await this.#release(shared);
    };
    try {
      return { view: await shared.opening, [Symbol.asyncDispose]: end };
    } catch (error) {
      await end();
      throw error;
    }
  }

  #open(service: string): Shared {
    if (this.#shared.size >= SHARED_VIEWS_MAX) {
      throw new ConcordError('QUOTA', {
        operation: this.#operation,
        subject: service,
        problem: `${SHARED_VIEWS_MAX} services are looked at already, so not service "${service}" as well`,
        remedy: 'look whether names of hosts are made up, or close what is not needed',
      });
    }
    const opening = this.#discovery.discover(service, chosenFor(this.#choice, service));
    const shared = { service, opening, users: 0 };
    this.#shared.set(service, shared);
    return shared;
  }

  async #release(shared: Shared): Promise<void> {
    shared.users -= 1;
    if (shared.users > 0) return;
    // It may have been replaced since, when opening failed.
    if (this.#shared.get(shared.service) === shared) this.#shared.delete(shared.service);
    const view = await shared.opening.catch(() => undefined);
    await view?.[Symbol.asyncDispose]();
  }
}
