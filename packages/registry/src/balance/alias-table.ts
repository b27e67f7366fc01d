/**
 * Walker's alias method, built the way of Vose: a draw by weight in constant time. Every column holds two members,
 * its own and an alias; a draw picks a column evenly and one of the two by the column's odds.
 */
import { totalOf, type Candidates, type Chooser } from './chooser.ts';

export class AliasTable {
  readonly #odds: Float64Array;
  readonly #aliases: Int32Array;
  readonly #random: () => number;

  constructor(weights: Float64Array, random: () => number) {
    const length = weights.length;
    const mean = totalOf(weights) / length;
    this.#random = random;
    this.#odds = new Float64Array(length).fill(1);
    this.#aliases = Int32Array.from(weights, (_, index) => index);
    const rest = weights.map((weight) => weight / mean);
    const small: number[] = [];
    const large: number[] = [];
    rest.forEach((part, index) => (part < 1 ? small : large).push(index));
    while (small.length > 0 && large.length > 0) {
      const less = small.pop()!;
      const more = large.at(-1)!;
      this.#odds[less] = rest[less]!;
      this.#aliases[less] = more;
      rest[more] = rest[more]! - (1 - rest[less]!);
      if (rest[more] < 1) small.push(large.pop()!);
    }
    // What is left of either has odds of 1, but for rounding.
  }

  draw(): number {
    const place = this.#random() * this.#odds.length;
    const column = Math.floor(place);
    return place - column < this.#odds[column]! ? column : this.#aliases[column]!;
  }
}

/** Weighted random: each pick by chance, no matter what was picked before. */
export class WeightedRandom implements Chooser {
  readonly #table: AliasTable;
  readonly #weights: Float64Array;
  readonly #total: number;

  constructor({ weights }: Candidates, random: () => number) {
    this.#table = new AliasTable(weights, random);
    this.#weights = weights;
    this.#total = totalOf(weights);
  }

  choose(): number {
    return this.#table.draw();
  }

  share(index: number): number {
    return this.#weights[index]! / this.#total;
  }
}
