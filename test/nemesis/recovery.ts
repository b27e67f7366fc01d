/** How long the cluster was without writes after its leader was killed. */
import { isKind, type History } from './history.ts';

/** etcd's default, and Concord's. */
export const ELECTION_MS = 1_000;

/** For each kill, the milliseconds until the first write that was asked for after it was acknowledged. */
export function recoveryTimesMs(history: History, killsAtMs: readonly number[]): number[] {
  const writes = history.operations
    .filter((operation) => operation.outcome.kind === 'ok' && isKind(operation, 'put'))
    .sort((a, b) => a.completedAtMs - b.completedAtMs);
  return killsAtMs
    .map((killedAtMs) => {
      const first = writes.find(({ invokedAtMs }) => invokedAtMs > killedAtMs);
      return first === undefined ? Infinity : first.completedAtMs - killedAtMs;
    })
    .sort((a, b) => a - b);
}

/** Of sorted numbers, the one that a share of them does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
