/**
 * `npm run sim -- [--seed N] [--seeds N] [--seconds S] [--from N] [--twice] [--quiet]`: runs simulated worlds and
 * stops at the first that breaks a promise.
 *
 * `--seed N` replays one seed and tells what happens in it; `--seeds N` runs that many, `--seconds S` as many as
 * there is time for. `--twice` runs each seed a second time, which must be the same run.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { simulate, SimulationFailure, type RunReport } from './simulation.ts';

const SECONDS_DEFAULT = 30;
const SEEDS_FROM_MAX = 2 ** 31;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    seconds: { type: 'string' },
    from: { type: 'string' },
    twice: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});

type Sum = 'calls' | 'acknowledged' | 'entries' | 'lives' | 'steps' | 'watchEvents' | 'expiries';

/** Sums over all runs. */
class Tally {
  readonly #startedMs = performance.now();
  #seeds = 0;
  #simulatedMs = 0;
  readonly #sums: Record<Sum, number> = {
    calls: 0,
    acknowledged: 0,
    entries: 0,
    lives: 0,
    steps: 0,
    watchEvents: 0,
    expiries: 0,
  };
  readonly #counts = new Map<string, number>();

  get seconds(): number {
    return (performance.now() - this.#startedMs) / 1000;
  }

  get seeds(): number {
    return this.#seeds;
  }

  add(report: RunReport): void {
    this.#seeds++;
    this.#simulatedMs += report.simulatedMs;
    for (const name of Object.keys(this.#sums) as Sum[]) this.#sums[name] += report[name];
    for (const [name, count] of report.counts) {
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
    }
  }

  toString(): string {
    const { calls, acknowledged, entries, lives, steps, watchEvents, expiries } = this.#sums;
    const simulated = this.#simulatedMs / 1000;
    const perSecond = (count: number): string => (count / this.seconds).toFixed(0);
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      `${this.#seeds} seeds in ${this.seconds.toFixed(1)} s (${(this.#seeds / this.seconds).toFixed(1)} a second), ` +
        `${(simulated / 3600).toFixed(2)} simulated hours (${perSecond(simulated)} an hour), ` +
        `${steps} events (${perSecond(steps)} a second)`,
      `${calls} calls (${acknowledged} acknowledged), ${entries} log entries, ${lives} lives, ` +
        `${watchEvents} watch events, ${expiries} expiries`,
      counts.map(([name, count]) => `${name} ${count}`).join(', '),
    ].join('\n');
  }
}

function runOnce(seed: number, tally: Tally): void {
  const report = simulate(seed);
  tally.add(report);
  if (!values.twice) return;
  const again = simulate(seed);
  if (again.traceHash === report.traceHash) return;
  throw new SimulationFailure(seed, report.simulatedMs, new Error('the second run is another run'));
}

function runMany(tally: Tally): void {
  const from = Number(values.from ?? randomInt(SEEDS_FROM_MAX));
  const seedsMax = values.seeds === undefined ? Infinity : Number(values.seeds);
  const isTimed = values.seconds !== undefined || values.seeds === undefined;
  const secondsMax = isTimed ? Number(values.seconds ?? SECONDS_DEFAULT) : Infinity;
  console.log(`seeds from ${from} on`);
  for (let seed = from; tally.seeds < seedsMax && tally.seconds < secondsMax; seed++) {
    runOnce(seed, tally);
  }
}

const tally = new Tally();
try {
  if (values.seed === undefined) {
    runMany(tally);
  } else {
    const print = values.quiet ? undefined : (line: string): void => console.log(line);
    const report = simulate(Number(values.seed), print);
    tally.add(report);
  }
  console.log(tally.toString());
} catch (error) {
  if (!(error instanceof SimulationFailure)) throw error;
  console.error(error.message);
  console.error(error.cause);
  console.error(`\nFAILED. To replay it: npm run sim -- --seed ${error.seed}`);
  console.log(tally.toString());
  process.exitCode = 1;
}
