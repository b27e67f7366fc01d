/** Picks for callers that have no client of their own, by the registry's balancers, so that both choose alike. */
import {
  createBalancer,
  type Balancer,
  type Instance,
  type PickExplanation,
  type PolicyName,
} from '@concord/registry';
import { parseSelector } from '@concord/registry/records';
import { Problem } from '../http/problem.ts';
import type { ServiceDirectory } from './service-directory.ts';

/** Balancers that are kept, one for each service and policy; the one not asked for longest goes first. */
const BALANCERS_MAX = 1000;

export interface PickDemand {
  readonly policy: PolicyName;
  readonly zone?: string | undefined;
  readonly key?: string | undefined;
  /** A selector over labels. */
  readonly label?: string | undefined;
}

interface Kept {
  readonly balancer: Balancer;
  /** Of the service, as it has taken it in. */
  version: number | undefined;
}

export class Picker implements Disposable {
  readonly #directory: ServiceDirectory;
  readonly #kept = new Map<string, Kept>();

  constructor(directory: ServiceDirectory) {
    this.#directory = directory;
  }

  /**
   * `count` picks. What becomes of the calls is not known here: nobody is left out for having failed.
   *
   * @throws Problem `not-found`, `no-instances`
   */
  pick(service: string, demand: PickDemand, count: number): readonly Instance[] {
    const balancer = this.#balancer(service, demand);
    const picks: Instance[] = [];
    for (let at = 0; at < count; at++) {
      // A simulation of a hashing policy shows what different keys get, unless it is given one.
      using picked = balancer.pick(contextOf(demand));
      if (picked === undefined) throw this.#nobody(service, balancer, demand);
      picks.push(picked.instance);
    }
    return picks;
  }

  explain(service: string, demand: PickDemand): PickExplanation {
    return this.#balancer(service, demand).explain(contextOf(demand));
  }

  [Symbol.dispose](): void {
    for (const { balancer } of this.#kept.values()) balancer[Symbol.dispose]();
    this.#kept.clear();
  }

  #balancer(service: string, demand: PickDemand): Balancer {
    if (demand.label !== undefined) assertSelector(demand.label);
    const name = `${demand.policy} ${service}`;
    const kept = this.#kept.get(name) ?? {
      balancer: createBalancer({ policy: demand.policy, outlier: false, breaker: false }),
      version: undefined,
    };
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > BALANCERS_MAX && oldest !== undefined) {
      this.#kept.get(oldest)?.balancer[Symbol.dispose]();
      this.#kept.delete(oldest);
    }
    this.#bringUpToDate(service, kept);
    return kept.balancer;
  }

  #bringUpToDate(service: string, kept: Kept): void {
    const version = this.#directory.version(service);
    if (kept.version === version) return;
    const instances = this.#directory.instances(service).map(({ instance }) => instance);
    kept.balancer.update(instances, performance.now());
    kept.version = version;
  }

  #nobody(service: string, balancer: Balancer, demand: PickDemand): Problem {
    const { instances } = balancer.explain(contextOf(demand));
    if (instances.length === 0) {
      return new Problem('not-found', {
        detail: `service "${service}" has no instances: register one with PUT /v1/services/${service}/instances/{instance}`,
      });
    }
    const why = instances.slice(0, 5).map(({ instance, detail }) => `${instance.id}: ${detail}`);
    return new Problem('no-instances', {
      detail: `none of the ${instances.length} instances of "${service}" can be picked: ${why.join('; ')}`,
    });
  }
}

function contextOf({ zone, key, label }: PickDemand): {
  zone?: string;
  hashKey?: string;
  where?: string;
} {
  return {
    ...(zone !== undefined && { zone }),
    ...(key !== undefined && { hashKey: key }),
    ...(label !== undefined && label.trim() !== '' && { where: label }),
  };
}

/** @throws Problem `invalid-request` */
export function assertSelector(label: string): ReturnType<typeof parseSelector> {
  try {
    return parseSelector('the query', 'label', label);
  } catch (cause) {
    const message = (cause as Error).message;
    throw new Problem('invalid-request', {
      detail: `query.label: ${message}`,
      errors: [{ field: 'query.label', message }],
      cause,
    });
  }
}
