/**
 * The balancer of one service in one client: instances go in, picks come out, what became of them is reported back.
 * Synchronous, and pure but for what it is handed: time, chance, and circuit breakers, which have timers.
 *
 * A pick costs a choice, not a look at all instances. Candidates are kept as {@link Selection}s, one for each kind of
 * pick, and made anew when `#version` moves on: at an update, an ejection, a breaker's change, a step of a ramp.
 */
import type { Instance } from '../instance.ts';
import { opossumBreakers, type BreakerFactory } from '../resilience/breaker.ts';
import type { CallOutcome } from '../resilience/outcome.ts';
import { OutlierDetector } from '../resilience/outlier.ts';
import { nextRampStepMs, rampFactor, rampFrom } from '../resilience/slow-start.ts';
import {
  balanceSettings,
  type BalanceOptions,
  type BalanceSettings,
  type Where,
} from './balance-options.ts';
import type { Demand } from './candidates.ts';
import type { Draw } from './chooser.ts';
import { Endpoint } from './endpoint.ts';
import { explainPick, type PickExplanation } from './explain.ts';
import { hashText } from './hash.ts';
import { OwnedPick, type Picked, type PickOwner } from './picked.ts';
import { policyAtWork, policyName, type PolicyAtWork, type PolicyName } from './policy.ts';
import { Selection } from './selection.ts';
import { filterOf, whereKey, type Filter } from './where.ts';

/** What one pick asks for. */
export interface PickContext<M = unknown> {
  /** Hashing policies send the same key to the same instance. */
  readonly hashKey?: string | undefined;
  /** Ids of instances that this call has tried already. */
  readonly exclude?: ReadonlySet<string> | undefined;
  /** The zone to prefer for this pick, instead of the balancer's. */
  readonly zone?: string | undefined;
  /** Only these instances. Candidates are kept for each: hold on to a function, do not write it into the call. */
  readonly where?: Where<M> | undefined;
}

/** What a balancer is handed. */
export interface BalancerWorld {
  /** Monotonic, in milliseconds. */
  now(): number;
  /** From 0 up to 1, without it. */
  random(): number;
  /** opossum's by default. */
  readonly breakers?: BreakerFactory;
  /** Is told of picks and their outcomes. */
  readonly listener?: PickListener;
}

/** Whoever counts picks; must not throw. */
export interface PickListener {
  picked(instance: Instance): void;
  reported(instance: Instance, outcome: CallOutcome): void;
}

export const realWorld: BalancerWorld = { now: () => performance.now(), random: Math.random };

/** Kinds of picks whose candidates are kept: zones and selectors; the one not made for longest goes first. */
const SELECTIONS_MAX = 64;

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed */
export function createBalancer<M = unknown>(
  options: BalanceOptions<M> = {},
  world: BalancerWorld = realWorld,
  operation = 'registry.discover',
): Balancer<M> {
  return new Balancer(balanceSettings(options, operation), world, operation);
}

export class Balancer<M = unknown> implements Disposable, PickOwner {
  readonly policy: PolicyName;
  readonly #settings: BalanceSettings<M>;
  readonly #world: BalancerWorld;
  readonly #operation: string;
  readonly #policy: PolicyAtWork;
  readonly #breakers: BreakerFactory | undefined;
  readonly #outliers: OutlierDetector<Endpoint> | undefined;
  readonly #endpoints = new Map<string, Endpoint>();
  /** Every pick without a zone or `where` of its own. */
  readonly #ordinary: Selection;
  readonly #byKey = new Map<string, Selection>();
  readonly #byFunction = new WeakMap<Filter<M>, Map<string, Selection>>();
  #candidates: readonly Endpoint[] = [];
  #version = 1;
  /** When time alone changes something: a ramp's step, the end of an ejection. */
  #dueMs = Infinity;
  #activeTotal = 0;
  /** One for all picks, which end before the next begins. */
  readonly #draw: { -readonly [Field in keyof Draw]: Draw[Field] } = {
    hash: 0,
    refused: 0,
    activeTotal: 0,
    nowMs: 0,
  };
  #isUpdated = false;

  constructor(settings: BalanceSettings<M>, world: BalancerWorld, operation: string) {
    this.policy = policyName(settings.policy);
    this.#settings = settings;
    this.#world = world;
    this.#operation = operation;
    this.#policy = policyAtWork(settings.policy);
    const { breaker, outlier } = settings;
    this.#breakers =
      breaker === undefined ? undefined : (world.breakers ?? opossumBreakers(breaker));
    this.#outliers =
      outlier === undefined
        ? undefined
        : new OutlierDetector(outlier, world.random, () => peersOf(this.#candidates));
    this.#ordinary = this.#selection(undefined, undefined);
  }

  /** `'panic'` while health is disregarded because too few instances are healthy, as of the newest candidates. */
  get degraded(): 'panic' | undefined {
    return this.prepare() && this.#current(this.#ordinary).elected.isPanic ? 'panic' : undefined;
  }

  /** Calls on their way. */
  get active(): number {
    return this.#activeTotal;
  }

  /**
   * Takes in the list of instances, whole. Those that stay keep their health and load; another incarnation is another
   * instance. Those that come after the first update start slowly.
   */
  update(instances: readonly Instance<M>[], nowMs: number): void {
    const gone = new Set(this.#endpoints.keys());
    for (const instance of instances) {
      gone.delete(instance.id);
      this.#put(instance, nowMs);
    }
    for (const id of gone) this.#remove(id);
    this.#isUpdated = true;
    this.#membersChanged(nowMs);
  }

  /** The same as an update, for whoever knows what has changed. */
  change(put: Iterable<Instance<M>>, removed: Iterable<string>, nowMs: number): void {
    for (const id of removed) this.#remove(id);
    for (const instance of put) this.#put(instance, nowMs);
    this.#isUpdated = true;
    this.#membersChanged(nowMs);
  }

  /**
   * Does a part of the work of the first pick, for whoever has the time to do it in parts.
   *
   * @returns whether it is done
   */
  prepare(): boolean {
    return this.#ordinary.prepare(this.#endpoints.values(), this.#version, this.#world.now);
  }

  /** @returns undefined when there is nobody to pick: `explain()` says why */
  pick(context?: PickContext<M>): Picked<M> | undefined {
    const nowMs = this.#world.now();
    if (nowMs >= this.#dueMs) this.#due(nowMs);
    const selection = context === undefined ? this.#ordinary : this.#selectionOf(context);
    const draw = this.#drawFor(context, nowMs);
    let endpoint = this.#choose(selection, draw, context?.exclude, nowMs, false);
    if (endpoint === undefined && !selection.isCurrent(this.#version)) {
      endpoint = this.#choose(selection, draw, context?.exclude, nowMs, true);
    }
    if (endpoint === undefined) return undefined;
    endpoint.active += 1;
    this.#activeTotal += 1;
    if (endpoint.breaker?.state === 'half-open') endpoint.probeSinceMs = nowMs;
    this.#world.listener?.picked(endpoint.instance);
    return new OwnedPick(this, endpoint, nowMs);
  }

  /** For every instance, why it can or can't be picked, its effective weight and its share. */
  explain(context: PickContext<M> = {}): PickExplanation<M> {
    const nowMs = this.#world.now();
    if (nowMs >= this.#dueMs) this.#due(nowMs);
    const selection = this.#current(this.#selectionOf(context), true);
    return explainPick({
      policy: this.policy,
      endpoints: this.#endpoints.values(),
      selection,
      exclude: context.exclude,
      nowMs,
    });
  }

  reported(
    endpoint: Endpoint,
    outcome: CallOutcome,
    latencyMs: number | undefined,
    startMs: number,
  ): void {
    this.#world.listener?.reported(endpoint.instance, outcome);
    if (!endpoint.isListed) return;
    const nowMs = this.#world.now();
    const tookMs = latencyMs ?? nowMs - startMs;
    endpoint.measured(tookMs);
    this.#policy.latency?.record(endpoint.latency, outcome, tookMs, nowMs);
    if (this.#outliers?.record(endpoint, outcome, nowMs) === true) {
      this.#version += 1;
      this.#schedule(nowMs);
    }
    const isOk = outcome === 'ok';
    if (!isOk && endpoint.breaker === undefined) this.#makeBreaker(endpoint);
    endpoint.breaker?.record(isOk);
  }

  ended(endpoint: Endpoint): void {
    endpoint.active -= 1;
    this.#activeTotal -= 1;
    endpoint.probeSinceMs = undefined;
  }

  /** Lets go of all breakers. */
  [Symbol.dispose](): void {
    for (const id of [...this.#endpoints.keys()]) this.#remove(id);
    this.#membersChanged(this.#world.now());
  }

  #put(instance: Instance<M>, nowMs: number): void {
    const known = this.#endpoints.get(instance.id);
    if (known?.instance === instance) return;
    const isSame = known?.instance.incarnation === instance.incarnation;
    if (known !== undefined && !isSame) this.#remove(instance.id);
    const endpoint = known !== undefined && isSame ? known : new Endpoint(instance);
    const wasServing = endpoint === known && known.instance.state === 'serving';
    endpoint.instance = instance;
    this.#endpoints.set(instance.id, endpoint);
    if (instance.state === 'serving' && !wasServing && this.#isUpdated)
      this.#startSlowly(endpoint, nowMs);
  }

  #startSlowly(endpoint: Endpoint, nowMs: number): void {
    const { warmupMs } = endpoint.instance;
    endpoint.ramp = rampFrom(nowMs, warmupMs > 0 ? warmupMs : this.#settings.slowStartMs);
  }

  #remove(id: string): void {
    const endpoint = this.#endpoints.get(id);
    if (endpoint === undefined) return;
    this.#endpoints.delete(id);
    this.#outliers?.forget(endpoint);
    endpoint.close();
  }

  #membersChanged(nowMs: number): void {
    this.#candidates = [...this.#endpoints.values()].filter(({ isCandidate }) => isCandidate);
    this.#version += 1;
    this.#schedule(nowMs);
  }

  /** Time has come for something: ejected instances come back, slowly; ramps go on. */
  #due(nowMs: number): void {
    for (const endpoint of this.#outliers?.readmit(nowMs) ?? []) this.#startSlowly(endpoint, nowMs);
    this.#version += 1;
    this.#schedule(nowMs);
  }

  #schedule(nowMs: number): void {
    let due = this.#outliers?.nextReadmissionMs() ?? Infinity;
    for (const endpoint of this.#candidates) {
      if (endpoint.ramp.kind === 'warm') continue;
      if (rampFactor(endpoint.ramp, nowMs) === 1) endpoint.ramp = { kind: 'warm' };
      else due = Math.min(due, nextRampStepMs(endpoint.ramp, nowMs));
    }
    this.#dueMs = due;
  }

  #makeBreaker(endpoint: Endpoint): void {
    endpoint.breaker = this.#breakers?.(endpoint.id, () => {
      const nowMs = this.#world.now();
      if (endpoint.breaker?.state === 'closed') this.#startSlowly(endpoint, nowMs);
      this.#version += 1;
      this.#schedule(nowMs);
    });
  }

  /** Whether a member of a selection, which may be a little old, can take a call now. */
  #isFree(endpoint: Endpoint, selection: Selection, nowMs: number): boolean {
    if (!endpoint.isCandidate) return false;
    if (selection.elected.isPanic) return true;
    if (!endpoint.isHealthy) return false;
    if (endpoint.breaker?.state !== 'half-open' || endpoint.probeSinceMs === undefined) return true;
    // A probe that was never ended must not keep its instance out for ever.
    return nowMs - endpoint.probeSinceMs >= this.#settings.breaker!.resetMs;
  }

  #drawFor(context: PickContext<M> | undefined, nowMs: number): Draw {
    const key = context?.hashKey;
    const draw = this.#draw;
    draw.hash = key === undefined ? (this.#world.random() * 2 ** 32) >>> 0 : hashText(key);
    draw.activeTotal = this.#activeTotal;
    draw.nowMs = nowMs;
    return draw;
  }

  #choose(
    selection: Selection,
    draw: Draw,
    exclude: ReadonlySet<string> | undefined,
    nowMs: number,
    isForced: boolean,
  ): Endpoint | undefined {
    const first = this.#current(selection, isForced).first(draw);
    if (first === undefined) return undefined;
    if (exclude === undefined && this.#isFree(first, selection, nowMs)) return first;
    const isFree = (endpoint: Endpoint): boolean =>
      this.#isFree(endpoint, selection, nowMs) && exclude?.has(endpoint.id) !== true;
    return isFree(first) ? first : selection.another(draw, isFree);
  }

  #current(selection: Selection, isForced = false): Selection {
    if (selection.isCurrent(this.#version)) return selection;
    const { now } = this.#world;
    const endpoints = this.#endpoints.values();
    if (isForced) selection.rebuild(endpoints, this.#version, now);
    else selection.refresh(endpoints, this.#version, now);
    return selection;
  }

  #selectionOf({ zone, where }: PickContext<M>): Selection {
    if (zone === undefined && where === undefined) return this.#ordinary;
    if (typeof where === 'function') {
      const byZone = this.#byFunction.get(where) ?? new Map<string, Selection>();
      this.#byFunction.set(where, byZone);
      return this.#kept(byZone, zone ?? '', zone, where);
    }
    const key = `${zone ?? ''}/${where === undefined ? '' : whereKey(where)}`;
    return this.#kept(this.#byKey, key, zone, where);
  }

  #kept(
    kept: Map<string, Selection>,
    key: string,
    zone: string | undefined,
    where: Where<M> | undefined,
  ): Selection {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const selection = this.#selection(zone, where);
    if (kept.size >= SELECTIONS_MAX) kept.delete(kept.keys().next().value!);
    kept.set(key, selection);
    return selection;
  }

  #selection(zone: string | undefined, where: Where<M> | undefined): Selection {
    const settings = this.#settings;
    const demand: Demand = {
      filter: both(
        settings.where === undefined ? undefined : filterOf(settings.where, this.#operation),
        where === undefined ? undefined : filterOf(where, 'pick'),
      ),
      subset: settings.subset,
      zone: zone === undefined ? settings.zone : { prefer: zone, spillBelow: settings.spillBelow },
      panicBelow: settings.panicBelow,
    };
    return new Selection(demand, this.#policy.choosers, this.#world.random);
  }
}

function both<M>(
  first: Filter<M> | undefined,
  second: Filter<M> | undefined,
): Filter<M> | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return (instance) => first(instance) && second(instance);
}

function peersOf(endpoints: readonly Endpoint[]): Iterable<Endpoint> & { readonly size: number } {
  return { size: endpoints.length, [Symbol.iterator]: () => endpoints[Symbol.iterator]() };
}
