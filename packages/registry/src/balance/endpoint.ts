/** What a client keeps of one instance beside the instance itself: its load, its health as seen from here, its ramp. */
import type { Instance } from '../instance.ts';
import type { Breaker } from '../resilience/breaker.ts';
import { newRecord, type OutlierRecord } from '../resilience/outlier.ts';
import { newRamp, type Ramp } from '../resilience/slow-start.ts';
import { newLatencyRecord, type LatencyRecord } from './peak-latency.ts';

/** How much the newest latency counts in the mean that `explain()` shows. */
const LATENCY_DECAY = 0.1;

/** Lives as long as its instance is listed, over changes of weight, labels and state, and ends with its incarnation. */
export class Endpoint {
  readonly id: string;
  instance: Instance;
  /** Calls that were picked and have not ended. */
  active = 0;
  /** A moving mean, for people. */
  latencyMs: number | undefined;
  readonly latency: LatencyRecord = newLatencyRecord();
  readonly outliers: OutlierRecord = newRecord();
  ramp: Ramp = newRamp();
  /** Made at the first failure: most instances never need one. */
  breaker: Breaker | undefined;
  /** When the call that tries a half-open breaker began; undefined while none is on its way. */
  probeSinceMs: number | undefined;
  isListed = true;

  constructor(instance: Instance) {
    this.id = instance.id;
    this.instance = instance;
  }

  /** May be picked, were it healthy. Weight 0 takes no new calls, in panic neither. */
  get isCandidate(): boolean {
    return this.isListed && this.instance.state === 'serving' && this.instance.weight > 0;
  }

  get isHealthy(): boolean {
    return this.outliers.ejectedUntilMs === undefined && this.breaker?.state !== 'open';
  }

  measured(latencyMs: number): void {
    this.latencyMs =
      this.latencyMs === undefined
        ? latencyMs
        : this.latencyMs + LATENCY_DECAY * (latencyMs - this.latencyMs);
  }

  close(): void {
    this.isListed = false;
    this.breaker?.close();
    this.breaker = undefined;
  }
}
