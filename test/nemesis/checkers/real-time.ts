/**
 * Whether the order of revisions agrees with the order in time. What was answered before another call began has a
 * revision no newer than what that call saw; and nobody sees a revision before all changes up to it were asked for.
 */
import { isKind, nameOf, type History, type Operation } from '../history.ts';
import { changes, readsState } from './placement.ts';
import type { Timeline } from './replay.ts';
import { promised } from './violation.ts';

interface Point {
  readonly operation: Operation;
  readonly revision: number;
  readonly isWrite: boolean;
  /** Whether it must see everything that was answered before. */
  readonly isLinearizable: boolean;
}

export function checkRealTime(history: History, timeline: Timeline): void {
  const points = history.operations.flatMap((operation) => pointOf(operation, timeline) ?? []);
  checkNothingForgotten(points);
  checkNothingForeseen(points);
}

function pointOf(operation: Operation, { placed }: Timeline): Point | undefined {
  const placedAt = placed.get(operation);
  if (placedAt !== undefined) {
    return { operation, revision: placedAt, isWrite: true, isLinearizable: true };
  }
  if (operation.outcome.kind !== 'ok' || !readsState(operation)) return undefined;
  const revision = operation.outcome.response.header?.revision ?? 0;
  const isLinearizable = !isKind(operation, 'range') || !operation.request.serializable;
  return { operation, revision, isWrite: changes(operation), isLinearizable };
}

function checkNothingForgotten(points: readonly Point[]): void {
  const answered = points
    .filter(({ operation }) => operation.outcome.kind === 'ok')
    .sort((a, b) => a.operation.completedAtMs - b.operation.completedAtMs);
  const invoked = [...points].sort((a, b) => a.operation.invokedAtMs - b.operation.invokedAtMs);
  let newest: Point | undefined;
  let next = 0;
  for (const point of invoked) {
    const { operation, revision, isWrite, isLinearizable } = point;
    for (; next < answered.length; next++) {
      const before = answered[next] as Point;
      if (before.operation.completedAtMs >= operation.invokedAtMs) break;
      if (newest === undefined || before.revision > newest.revision) newest = before;
    }
    if (!isLinearizable || newest === undefined) continue;
    const known = newest;
    promised(
      isWrite ? revision > known.revision : revision >= known.revision,
      () =>
        `stale: ${nameOf(operation)} is of revision ${revision}; revision ${known.revision} had been told before by ${nameOf(known.operation)}`,
    );
  }
}

function checkNothingForeseen(points: readonly Point[]): void {
  const byRevision = [...points].sort(
    (a, b) => a.revision - b.revision || Number(b.isWrite) - Number(a.isWrite),
  );
  let latest: Point | undefined;
  for (const point of byRevision) {
    if (
      point.isWrite &&
      (latest === undefined || point.operation.invokedAtMs > latest.operation.invokedAtMs)
    ) {
      latest = point;
    }
    const write = latest;
    if (write === undefined || point.operation.outcome.kind !== 'ok') continue;
    promised(
      point.operation.completedAtMs >= write.operation.invokedAtMs,
      () =>
        `foreseen: ${nameOf(point.operation)} saw revision ${point.revision} before ${nameOf(write.operation)} of revision ${write.revision} was asked for`,
    );
  }
}
