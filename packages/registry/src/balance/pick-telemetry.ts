/**
 * What OpenTelemetry learns of picks: a counter, and attributes on the caller's span. A pick is too small for a span
 * of its own. Without an OpenTelemetry SDK all of it is nothing.
 */
import { metrics, trace, type Attributes, type Counter } from '@opentelemetry/api';
import type { Instance } from '../instance.ts';
import type { CallOutcome } from '../resilience/outcome.ts';
import type { PickListener } from './balancer.ts';
import type { PolicyName } from './policy.ts';

/**
 * - `concord.registry.picks`: picks, by `service` and `policy`.
 * - `concord.registry.outcomes`: calls reported, by `service` and `outcome`.
 * - On the active span: `concord.service`, `concord.instance`, `concord.zone`, `concord.policy` of the last pick.
 */
export class PickTelemetry implements PickListener {
  readonly #attributes: Attributes;
  readonly #spanAttributes: Attributes;
  readonly #outcomes = new Map<CallOutcome, Attributes>();
  readonly #picks: Counter;
  readonly #reports: Counter;

  constructor(service: string, policy: PolicyName) {
    // Here and not at import: whoever sets up OpenTelemetry does so before the first view is made.
    const meter = metrics.getMeter('@concord/registry');
    this.#attributes = { service, policy };
    this.#spanAttributes = { 'concord.service': service, 'concord.policy': policy };
    this.#picks = meter.createCounter('concord.registry.picks', {
      description: 'Instances picked for a call',
    });
    this.#reports = meter.createCounter('concord.registry.outcomes', {
      description: 'Outcomes of calls to picked instances',
    });
  }

  picked(instance: Instance): void {
    this.#picks.add(1, this.#attributes);
    const span = trace.getActiveSpan();
    if (span === undefined) return;
    span.setAttributes(this.#spanAttributes);
    span.setAttribute('concord.instance', instance.id);
    if (instance.zone !== undefined) span.setAttribute('concord.zone', instance.zone);
  }

  reported(instance: Instance, outcome: CallOutcome): void {
    let attributes = this.#outcomes.get(outcome);
    if (attributes === undefined) {
      attributes = { service: instance.service, outcome };
      this.#outcomes.set(outcome, attributes);
    }
    this.#reports.add(1, attributes);
  }
}
