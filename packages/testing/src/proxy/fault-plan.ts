/**
 * Bad weather by the dice: which line fails when, how, and for how long. The plan is drawn whole, from a seed and before
 * it begins, so that a failure can be had again, and looked at without being carried out.
 */
import { Random } from '../random.ts';
import type { FaultProxy } from './fault-proxy.ts';

/** Something that is done to a line, and ended by `heal`. */
export type Fault =
  | { readonly kind: 'cut' | 'pause' | 'drop-replies' | 'break' }
  | { readonly kind: 'delay'; readonly ms: number; readonly jitterMs: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number };

export type FaultKind = Fault['kind'];

export interface PlannedFault {
  /** From the beginning of the plan. */
  readonly atMs: number;
  /** When the line is healed. */
  readonly untilMs: number;
  /** Which lines, counted from 0. */
  readonly lines: readonly number[];
  readonly fault: Fault;
}

export interface FaultPlanOptions {
  readonly seed: number;
  /** How many lines there are. */
  readonly lineCount: number;
  /** The last fault is healed by then. */
  readonly durationMs: number;
  /** Shortest and longest fault. Default 50 to 1,000 ms. */
  readonly faultMs?: readonly [number, number];
  /** Shortest and longest time between two faults. Default 50 to 1,000 ms. */
  readonly calmMs?: readonly [number, number];
  /** How many lines fail at the same time at most. Default: a minority of them, but one at least. */
  readonly togetherMax?: number;
  /** Default: all. */
  readonly kinds?: readonly FaultKind[];
}

const ALL_KINDS: readonly FaultKind[] = [
  'cut',
  'pause',
  'delay',
  'drop-replies',
  'throttle',
  'break',
];

/** The same options give the same plan, always. Faults don't overlap; each one may hit several lines. */
export function planFaults(options: FaultPlanOptions): readonly PlannedFault[] {
  const { seed, lineCount, durationMs, faultMs = [50, 1000], calmMs = [50, 1000] } = options;
  const { togetherMax = Math.max(1, Math.floor((lineCount - 1) / 2)), kinds = ALL_KINDS } = options;
  const random = new Random(seed);
  const lines = Array.from({ length: lineCount }, (_, i) => i);
  const plan: PlannedFault[] = [];
  for (let nowMs = 0; ;) {
    const atMs = nowMs + random.integer(...calmMs);
    const untilMs = atMs + random.integer(...faultMs);
    if (untilMs > durationMs) return plan;
    const hit = random.shuffled(lines).slice(0, random.integer(1, togetherMax)).sort();
    plan.push({ atMs, untilMs, lines: hit, fault: drawFault(random, random.pick(kinds)) });
    nowMs = untilMs;
  }
}

function drawFault(random: Random, kind: FaultKind): Fault {
  switch (kind) {
    case 'delay':
      return { kind, ms: random.magnitude(1, 500), jitterMs: random.magnitude(1, 100) };
    case 'throttle':
      return { kind, bytesPerSecond: random.magnitude(1000, 1_000_000) };
    default:
      return { kind };
  }
}

/** Does to a line what the fault says. */
export function inflict(proxy: FaultProxy, fault: Fault): void {
  switch (fault.kind) {
    case 'cut':
      return proxy.cut();
    case 'pause':
      return proxy.pause();
    case 'drop-replies':
      return proxy.dropReplies();
    case 'break':
      return proxy.breakConnections();
    case 'delay':
      return proxy.delay(fault.ms, fault.jitterMs);
    case 'throttle':
      return proxy.throttle(fault.bytesPerSecond);
  }
}
