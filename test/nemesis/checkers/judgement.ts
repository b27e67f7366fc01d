/** All checkers over one history, in the order in which each can rely on the one before. */
import type { History } from '../history.ts';
import { checkLeases } from './leases.ts';
import { observationOf } from './observation.ts';
import { checkRealTime } from './real-time.ts';
import { replay, type Timeline } from './replay.ts';
import { checkWatches } from './watches.ts';

/** The name under which a history has the one whose watch tells the order of everything. */
export const OBSERVER = 'observer';

export interface Judgement {
  readonly timeline: Timeline;
  /** Events of watches, and ends of leases, that were judged. */
  readonly events: number;
  readonly leaseEnds: number;
}

/**
 * Throws a `Violation` where a promise was broken.
 *
 * @param lastRevision an acknowledged write's; what the observer saw beyond it counts too
 */
export function judge(history: History, lastRevision: number): Judgement {
  const observed = history.watches.filter(({ watcher }) => watcher === OBSERVER);
  const observation = observationOf(observed);
  const last = [...observation.keys()].reduce((a, b) => Math.max(a, b), lastRevision);
  const timeline = replay(history, observation, last);
  checkRealTime(history, timeline);
  const events = checkWatches(history, timeline);
  const leaseEnds = checkLeases(history, timeline);
  return { timeline, events, leaseEnds };
}
