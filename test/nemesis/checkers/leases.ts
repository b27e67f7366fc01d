/**
 * Leases live as long as was promised: none ends of itself before the time that its grant, or the last acknowledged
 * renewal, gave it. Counted on the client's clock from before the call to after the observer heard of the end, so
 * that no delay can make a good server look bad.
 */
import { isKind, nameOf, type History, type Operation } from '../history.ts';
import type { Timeline } from './replay.ts';
import { promised } from './violation.ts';

interface Biography {
  ttlMs: number;
  /** What promised it to live, in order of time. */
  readonly promises: Operation[];
  isRevoked: boolean;
}

/** Answers how many ends were judged. */
export function checkLeases(history: History, timeline: Timeline): number {
  const lives = biographiesOf(history);
  const ended = new Map(timeline.leaseEnds.map(({ lease, receivedAtMs }) => [lease, receivedAtMs]));
  let judged = 0;
  for (const [lease, life] of lives) {
    const endedAtMs = ended.get(lease);
    if (endedAtMs === undefined || life.isRevoked) continue;
    for (const operation of life.promises) {
      const promisedUntilMs = operation.invokedAtMs + life.ttlMs;
      promised(
        endedAtMs >= promisedUntilMs,
        () =>
          `lease ${lease} ended at ${endedAtMs.toFixed(0)} ms; ${nameOf(operation)} promised it until ${promisedUntilMs.toFixed(0)} ms`,
      );
    }
    judged += 1;
  }
  checkRefusedRenewals(history, lives);
  return judged;
}

function biographiesOf(history: History): Map<bigint, Biography> {
  const lives = new Map<bigint, Biography>();
  for (const operation of history.operations) {
    if (isKind(operation, 'lease-grant')) {
      const { ID, TTL } = operation.request;
      lives.set(ID, { ttlMs: TTL * 1000, promises: [operation], isRevoked: false });
      if (operation.outcome.kind === 'ok') {
        // A server may give more than was asked for (etcd does, below its minimum).
        (lives.get(ID) as Biography).ttlMs = operation.outcome.response.TTL * 1000;
      }
    } else if (isKind(operation, 'lease-keep-alive')) {
      if (operation.outcome.kind === 'ok' && operation.outcome.response.TTL > 0) {
        lives.get(operation.request.ID)?.promises.push(operation);
      }
    } else if (isKind(operation, 'lease-revoke')) {
      const life = lives.get(operation.request.ID);
      if (life !== undefined) life.isRevoked = true;
    }
  }
  return lives;
}

/** "It is gone", of a lease that nobody revoked, before its time. */
function checkRefusedRenewals(history: History, lives: ReadonlyMap<bigint, Biography>): void {
  for (const operation of history.operations) {
    if (!isKind(operation, 'lease-keep-alive') || operation.outcome.kind !== 'ok') continue;
    const life = lives.get(operation.request.ID);
    if (operation.outcome.response.TTL > 0 || life === undefined || life.isRevoked) continue;
    const before = life.promises.filter(
      ({ completedAtMs, outcome }) =>
        outcome.kind === 'ok' && completedAtMs < operation.invokedAtMs,
    );
    const last = before.at(-1);
    if (last === undefined) continue;
    const promisedUntilMs = last.invokedAtMs + life.ttlMs;
    promised(
      operation.completedAtMs >= promisedUntilMs,
      () =>
        `${nameOf(operation)} was told that the lease is gone; ${nameOf(last)} promised it until ${promisedUntilMs.toFixed(0)} ms`,
    );
  }
}
