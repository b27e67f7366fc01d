/**
 * The circuit breaker of one instance, by opossum. Calls are not run through it, they are reported to it when they
 * have ended: it decides alone whether the instance may be called.
 *
 * - One is made at an instance's first failure, and ends with the instance: healthy instances cost nothing, and none
 *   is left behind (opossum#365).
 * - Buckets of all breakers are rotated by one timer, which runs while there is a breaker, and holds no process up.
 */
import { EventEmitter } from 'node:events';
import CircuitBreaker from 'opossum';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  readonly state: BreakerState;
  record(isOk: boolean): void;
  /** Lets go of its timers. Nothing is reported any more. */
  close(): void;
}

/** @param onChange - called whenever its state is another */
export type BreakerFactory = (name: string, onChange: () => void) => Breaker;

export interface BreakerLimits {
  /** The part of the calls in the window, 0 to 1, that must fail for the breaker to open. */
  readonly errorThreshold: number;
  /** With fewer calls in the window it does not open. */
  readonly minVolume: number;
  /** How long calls are counted. */
  readonly windowMs: number;
  /** How long it is open before one call may try. */
  readonly resetMs: number;
}

const BUCKETS = 10;

/** Says "rotate" to all breakers of a balancer, as long as there are any. */
class Rotation {
  // A breaker is a listener here: the number is bounded by that of the instances.
  readonly emitter = new EventEmitter().setMaxListeners(0);
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #users = 0;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  acquire(): void {
    this.#users += 1;
    this.#timer ??= setInterval(() => this.emitter.emit('rotate'), this.#everyMs).unref();
  }

  release(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

class OpossumBreaker implements Breaker {
  readonly #circuit: CircuitBreaker<[boolean], void>;
  readonly #rotation: Rotation;
  #isClosed = false;

  constructor(name: string, limits: BreakerLimits, rotation: Rotation, onChange: () => void) {
    this.#rotation = rotation;
    rotation.acquire();
    this.#circuit = new CircuitBreaker(settle, {
      name,
      timeout: false,
      errorThresholdPercentage: limits.errorThreshold * 100,
      volumeThreshold: limits.minVolume,
      resetTimeout: limits.resetMs,
      rollingCountTimeout: limits.windowMs,
      rollingCountBuckets: BUCKETS,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      rotateBucketController: rotation.emitter,
    });
    this.#circuit.on('open', onChange).on('halfOpen', onChange).on('close', onChange);
  }

  get state(): BreakerState {
    if (this.#circuit.opened) return 'open';
    return this.#circuit.halfOpen ? 'half-open' : 'closed';
  }

  record(isOk: boolean): void {
    if (this.#isClosed) return;
    // opossum keeps the latency of every call of the window, which nobody reads here.
    const newest = this.#circuit.status.window[0];
    if (newest !== undefined) newest.latencyTimes.length = 0;
    // It rejects when it counts a failure, or is open: both are known.
    this.#circuit.fire(isOk).catch(() => undefined);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#circuit.shutdown();
    this.#rotation.release();
  }
}

const settle = (isOk: boolean): Promise<void> =>
  isOk ? Promise.resolve() : Promise.reject(new Error('reported as failed'));

export function opossumBreakers(limits: BreakerLimits): BreakerFactory {
  const rotation = new Rotation(limits.windowMs / BUCKETS);
  return (name, onChange) => new OpossumBreaker(name, limits, rotation, onChange);
}
