/**
 * Sessions that wait for each other in a circle: each holds a lock that the one before waits for. They can be told where a
 * session stands in several lines, as those of REST and of Go do; the SDK's have a session for each line, and take several
 * locks with `all`, in one order.
 */
import type { Place } from '@concord/lock/records';

export interface WaitingLine {
  readonly name: string;
  readonly holders: readonly Pick<Place, 'lease'>[];
  readonly waiters: readonly Pick<Place, 'lease'>[];
}

export type Cycle = { lease: string; waitsFor: string }[];

interface Wait {
  readonly name: string;
  readonly holders: readonly bigint[];
}

/** Each circle once, from its lowest lease on. */
export function findCycles(lines: readonly WaitingLine[]): Cycle[] {
  const waits = waitsOf(lines);
  const done = new Set<bigint>();
  const cycles: Cycle[] = [];
  for (const start of [...waits.keys()].sort((a, b) => (a < b ? -1 : 1))) {
    const cycle = cycleFrom(start, waits, done);
    if (cycle !== undefined) cycles.push(cycle);
  }
  return cycles;
}

/** For everybody who waits and holds something themselves: what for. Nobody else can be in a circle. */
function waitsOf(lines: readonly WaitingLine[]): Map<bigint, Wait[]> {
  const holding = new Set(lines.flatMap(({ holders }) => holders.map(({ lease }) => lease)));
  const waits = new Map<bigint, Wait[]>();
  for (const { name, holders, waiters } of lines) {
    for (const { lease } of waiters) {
      if (!holding.has(lease)) continue;
      const wait = { name, holders: holders.map((holder) => holder.lease) };
      waits.set(lease, [...(waits.get(lease) ?? []), wait]);
    }
  }
  return waits;
}

/** A walk along the waits; whoever it has passed without a circle is in none that is not yet told. */
function cycleFrom(
  start: bigint,
  waits: ReadonlyMap<bigint, readonly Wait[]>,
  done: Set<bigint>,
): Cycle | undefined {
  const path: { lease: bigint; name: string; next: { lease: bigint; name: string }[] }[] = [];
  const nextOf = (lease: bigint): { lease: bigint; name: string }[] =>
    (waits.get(lease) ?? []).flatMap(({ name, holders }) =>
      holders.map((holder) => ({ lease: holder, name })),
    );
  if (done.has(start)) return undefined;
  done.add(start);
  path.push({ lease: start, name: '', next: nextOf(start) });
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    const step = last.next.pop();
    if (step === undefined) {
      path.pop();
      continue;
    }
    last.name = step.name;
    const at = path.findIndex(({ lease }) => lease === step.lease);
    if (at >= 0) {
      return path
        .slice(at)
        .map(({ lease, name }) => ({ lease: lease.toString(16), waitsFor: name }));
    }
    if (done.has(step.lease) || !waits.has(step.lease)) continue;
    done.add(step.lease);
    path.push({ lease: step.lease, name: '', next: nextOf(step.lease) });
  }
  return undefined;
}
