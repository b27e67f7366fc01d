/**
 * `/v2/stats/leader`: how long the followers take to answer. etcd measures its append requests; here it is the round
 * trips that members measure anyway, sampled twice a second while this one leads.
 */
import { idText } from './members-json.ts';

export interface FollowerSample {
  readonly id: bigint;
  /** Undefined while it is not connected. */
  readonly roundTripMs: number | undefined;
  /** Messages to it that were dropped, so far. */
  readonly sendFailures: number;
}

interface Tally {
  current: number;
  sum: number;
  sumOfSquares: number;
  minimum: number;
  maximum: number;
  successes: number;
  failures: number;
}

export class FollowerStats {
  readonly #tallies = new Map<bigint, Tally>();

  sample(followers: readonly FollowerSample[]): void {
    const present = new Set(followers.map(({ id }) => id));
    for (const id of this.#tallies.keys()) if (!present.has(id)) this.#tallies.delete(id);
    for (const { id, roundTripMs, sendFailures } of followers) {
      const tally = this.#tallies.get(id) ?? blank();
      this.#tallies.set(id, tally);
      tally.failures = sendFailures;
      if (roundTripMs === undefined) continue;
      tally.current = roundTripMs;
      tally.sum += roundTripMs;
      tally.sumOfSquares += roundTripMs ** 2;
      tally.minimum = Math.min(tally.minimum, roundTripMs);
      tally.maximum = Math.max(tally.maximum, roundTripMs);
      tally.successes += 1;
    }
  }

  toJson(leader: bigint): string {
    const followers = [...this.#tallies].map(
      ([id, tally]) => `"${idText(id)}":${tallyJson(tally)}`,
    );
    return `{"leader":"${idText(leader)}","followers":{${followers.join()}}}`;
  }
}

const blank = (): Tally => ({
  current: 0,
  sum: 0,
  sumOfSquares: 0,
  minimum: Infinity,
  maximum: 0,
  successes: 0,
  failures: 0,
});

function tallyJson({
  current,
  sum,
  sumOfSquares,
  minimum,
  maximum,
  successes,
  failures,
}: Tally): string {
  const average = successes === 0 ? 0 : sum / successes;
  const variance = successes === 0 ? 0 : sumOfSquares / successes - average ** 2;
  return JSON.stringify({
    latency: {
      current,
      average,
      standardDeviation: Math.sqrt(Math.max(0, variance)),
      minimum: successes === 0 ? 0 : minimum,
      maximum,
    },
    counts: { fail: failures, success: successes },
  });
}
