/**
 * Weighted least request by the power of two choices: two members are drawn by weight, and the one with fewer calls
 * on their way for its weight is picked. With equal load the shares are those of the weights; a slow instance, whose
 * calls pile up, gets less by itself.
 */
import { AliasTable } from './alias-table.ts';
import { totalOf, type Candidates, type Chooser, type Loaded } from './chooser.ts';

/** Draws for a second member that is another: one that has most of the weight may fill all of them. */
const REDRAWS_MAX = 4;

export class LeastRequest implements Chooser {
  readonly #table: AliasTable;
  readonly #members: readonly Loaded[];
  readonly #weights: Float64Array;
  readonly #total: number;

  constructor({ members, weights }: Candidates, random: () => number) {
    this.#table = new AliasTable(weights, random);
    this.#members = members;
    this.#weights = weights;
    this.#total = totalOf(weights);
  }

  choose(): number {
    const first = this.#table.draw();
    let second = this.#table.draw();
    for (let again = 0; second === first && again < REDRAWS_MAX; again++) {
      second = this.#table.draw();
    }
    // A tie goes to the first, so that idle members are picked by weight alone.
    return this.#load(second) < this.#load(first) ? second : first;
  }

  share(index: number): number {
    return this.#weights[index]! / this.#total;
  }

  #load(index: number): number {
    return this.#members[index]!.active / this.#weights[index]!;
  }
}
