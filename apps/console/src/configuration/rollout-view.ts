/** A rollout and its acknowledgements as the bar and the steps that a page shows. */

export interface AcknowledgementCounts {
  readonly applied: number;
  readonly rejected: number;
  readonly pending: number;
  readonly offline: number;
  readonly unknown: number;
}

export interface BarPart {
  readonly state: keyof AcknowledgementCounts;
  readonly count: number;
  /** Of the bar, in percent. */
  readonly share: number;
}

/** A single instance among thousands can still be seen. */
const SHARE_MIN = 1.5;

/** The parts of the bar in the order in which they are read; none for states that nobody is in. */
export function barOf(counts: AcknowledgementCounts): readonly BarPart[] {
  const states = (['applied', 'rejected', 'pending', 'offline', 'unknown'] as const).filter(
    (state) => counts[state] > 0,
  );
  const total = states.reduce((sum, state) => sum + counts[state], 0);
  const shares = states.map((state) => Math.max(SHARE_MIN, (100 * counts[state]) / total));
  const sum = shares.reduce((one, other) => one + other, 0);
  return states.map((state, at) => ({
    state,
    count: counts[state],
    share: (100 * shares[at]!) / sum,
  }));
}

export type StepState = 'done' | 'running' | 'halted' | 'waiting';

/** The state of each step; `current` counts from 0, and is `steps` once all are through. */
export const stepStates = (
  steps: number,
  current: number,
  isHalted: boolean,
): readonly StepState[] =>
  Array.from({ length: steps }, (_, at) =>
    at < current ? 'done' : at > current ? 'waiting' : isHalted ? 'halted' : 'running',
  );
