/** Customers who send requests, and operators who change weights and settings: what makes the demo move. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConcordError, connect, type Concord } from '@concord/sdk';
import type { DemoInstance } from './services.ts';
import { checkoutSettings, poolSettings, searchSettings } from './settings.ts';

const REQUESTS_PER_SECOND = 20;
const WEIGHT_EVERY_MS = 7_000;
const RELEASE_EVERY_MS = 25_000;

export class Office {
  readonly #endpoints: readonly string[];
  readonly #instances: readonly DemoInstance[];

  constructor(endpoints: readonly string[], instances: readonly DemoInstance[]) {
    this.#endpoints = endpoints;
    this.#instances = instances;
  }

  /** Goes on until `signal` aborts. */
  async work(signal: AbortSignal): Promise<void> {
    await using concord = await connect({ endpoints: this.#endpoints, app: { name: 'customers' } });
    await this.#firstSettings(concord);
    await Promise.all([
      this.#buy(concord, signal),
      every(WEIGHT_EVERY_MS, signal, () => this.#changeWeight()),
      every(RELEASE_EVERY_MS, signal, () => this.#releaseSettings(concord)),
    ]);
  }

  async #buy(concord: Concord, signal: AbortSignal): Promise<void> {
    const storefront = await concord.discover('storefront');
    const buy = (): Promise<unknown> =>
      storefront
        .call(({ endpoint }, call) =>
          fetch(`http://${endpoint}/`, { signal: call }).then((response) => response.text()),
        )
        // The console shows what failed; a customer comes again.
        .catch(() => undefined);
    await every(1_000 / REQUESTS_PER_SECOND, signal, () => void buy());
  }

  async #changeWeight(): Promise<void> {
    const { registration } = oneOf(this.#instances);
    await registration.update({ weight: oneOf([25, 50, 100, 150, 200, 250]) });
  }

  /** A cluster that has seen the demo before goes on with what it had. */
  async #firstSettings({ config }: Concord): Promise<void> {
    const act = { comment: 'first settings', by: 'demo', base: 0 };
    const released = await Promise.allSettled([
      config.release(
        checkoutSettings,
        { currency: 'EUR', feePercent: 1.5, isExpressEnabled: false },
        act,
      ),
      config.release(poolSettings, { max: 20, idleSeconds: 30 }, act),
      config.release(searchSettings, { freshness: 0.4, popularity: 0.6 }, act),
    ]);
    for (const result of released) {
      if (result.status === 'rejected' && !ConcordError.is(result.reason, 'CONFLICT')) {
        throw result.reason;
      }
    }
  }

  async #releaseSettings({ config }: Concord): Promise<void> {
    const act = { by: oneOf(['mei', 'jonas', 'amara']) };
    await oneOf([
      () =>
        config.release(
          checkoutSettings,
          {
            currency: 'EUR',
            feePercent: oneOf([1, 1.5, 2]),
            isExpressEnabled: Math.random() > 0.5,
          },
          { ...act, comment: 'fees of the season' },
        ),
      () =>
        config.release(
          poolSettings,
          { max: oneOf([20, 40, 80]), idleSeconds: 30 },
          { ...act, comment: 'more load' },
        ),
      () =>
        config.release(
          searchSettings,
          { freshness: Math.round(Math.random() * 10) / 10, popularity: 0.6 },
          { ...act, comment: 'ranking experiment' },
        ),
    ])();
  }
}

/** Does `act` again and again; a cluster that is away for a while does not end the demo. */
async function every(ms: number, signal: AbortSignal, act: () => unknown): Promise<void> {
  while (await pause(ms, signal)) {
    try {
      await act();
    } catch (error) {
      if (!ConcordError.is(error)) throw error;
    }
  }
}

/** Whether there is still something to wait for. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal }).catch(() => false);

const oneOf = <T>(choices: readonly T[]): T => {
  const choice = choices[Math.floor(Math.random() * choices.length)];
  if (choice === undefined) throw new Error('there is nothing to choose from');
  return choice;
};
