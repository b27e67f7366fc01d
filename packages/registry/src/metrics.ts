/** What the registry tells OpenTelemetry. Without an SDK in the process, all of this is nothing. */
import type { Attributes, Meter, ObservableResult } from '@opentelemetry/api';
import { metrics } from '@opentelemetry/api';

/** What is observed whenever somebody collects. */
export interface ViewGauge {
  readonly service: string;
  /** How many instances there are in a state; `held` counts apart. */
  sizes(): Readonly<Record<string, number>>;
  staleMs(): number;
}

const milliseconds = { unit: 'ms' };

export class RegistryMetrics {
  readonly #meter: Meter = metrics.getMeter('@concord/registry');
  readonly #views = new Set<ViewGauge>();
  readonly #size = this.#meter.createObservableGauge('concord.registry.view.size', {
    description: 'Instances in the views of this process, by service and state',
  });
  readonly #stale = this.#meter.createObservableGauge('concord.registry.view.stale', {
    description: 'How long a view has not been known to be current',
    ...milliseconds,
  });
  readonly #lag = this.#meter.createHistogram('concord.registry.view.lag', {
    description: 'From a change that arrived to the view that has it',
    ...milliseconds,
  });
  readonly #invalid = this.#meter.createCounter('concord.registry.view.invalid', {
    description: 'Values that could not be read and were skipped',
  });
  readonly #reRegistrations = this.#meter.createCounter('concord.registry.reregistrations', {
    description: 'Registrations that had to be made anew',
  });
  readonly #margin = this.#meter.createHistogram('concord.registry.heartbeat.margin', {
    description: 'What was left of the lease when a heartbeat was answered',
    ...milliseconds,
  });
  readonly #drainWait = this.#meter.createHistogram('concord.registry.drain.wait', {
    description: 'How long consumers took to acknowledge that an instance drains',
    ...milliseconds,
  });
  readonly #observeSize = (result: ObservableResult): void => {
    for (const view of this.#views) {
      for (const [state, count] of Object.entries(view.sizes())) {
        result.observe(count, { service: view.service, state });
      }
    }
  };
  readonly #observeStale = (result: ObservableResult): void => {
    for (const view of this.#views) result.observe(view.staleMs(), { service: view.service });
  };

  constructor() {
    this.#size.addCallback(this.#observeSize);
    this.#stale.addCallback(this.#observeStale);
  }

  addView(view: ViewGauge): void {
    this.#views.add(view);
  }

  removeView(view: ViewGauge): void {
    this.#views.delete(view);
  }

  viewLag(service: string, lagMs: number): void {
    this.#lag.record(lagMs, { service });
  }

  invalidValue(service: string): void {
    this.#invalid.add(1, { service });
  }

  reRegistered(service: string, cause: string): void {
    this.#reRegistrations.add(1, { service, cause });
  }

  heartbeat(service: string, marginMs: number): void {
    this.#margin.record(marginMs, { service });
  }

  drained(service: string, outcome: string, waitedMs: number): void {
    const attributes: Attributes = { service, outcome };
    this.#drainWait.record(waitedMs, attributes);
  }

  close(): void {
    this.#size.removeCallback(this.#observeSize);
    this.#stale.removeCallback(this.#observeStale);
    this.#views.clear();
  }
}
