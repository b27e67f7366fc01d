/** What the network between the members is like now: any number of cuts and clogs at once, each with its own end. */
import type { NetworkOptions, SimulatedNetwork } from '@concord/testing';
import type { Parcel } from './member-link.ts';
import type { Temper } from './temper.ts';
import type { SimulatedWorld } from './world.ts';

/** A direction between two members, by their names. */
export type Direction = readonly [from: string, to: string];

/** How messages fare where nothing is wrong. */
export function fairWeather(temper: Temper): NetworkOptions {
  const { networkMs: delayMs, networkLoss: loss, networkDuplication: duplication } = temper;
  return { delayMs, loss, duplication };
}

export class Weather {
  readonly #world: SimulatedWorld;
  readonly #network: SimulatedNetwork<Parcel>;
  readonly #cuts = new Set<readonly Direction[]>();
  readonly #storms = new Set<NetworkOptions>();
  readonly #ends = new Set<() => void>();

  constructor(world: SimulatedWorld, network: SimulatedNetwork<Parcel>) {
    this.#world = world;
    this.#network = network;
  }

  isOpen(a: string, b: string): boolean {
    const isCut = (from: string, to: string): boolean =>
      [...this.#cuts].some((cut) => cut.some(([f, t]) => f === from && t === to));
    return !isCut(a, b) && !isCut(b, a);
  }

  /** Nothing passes in these directions for a while, or until the answer is called. */
  cut(directions: readonly Direction[], durationMs: number): () => void {
    this.#cuts.add(directions);
    this.#apply();
    return this.#endLater(durationMs, 'a cut ends', () => {
      this.#cuts.delete(directions);
      this.#apply();
    });
  }

  /** What is sent in these directions waits, and comes all at once. */
  clog(directions: readonly Direction[], durationMs: number): void {
    for (const [from, to] of directions) this.#network.clog(from, to);
    this.#endLater(durationMs, 'a clog bursts', () => {
      for (const [from, to] of directions) this.#network.unclog(from, to);
    });
  }

  /** Messages are lost, doubled and late for a while. */
  storm(options: NetworkOptions, durationMs: number): void {
    this.#storms.add(options);
    this.#apply();
    this.#endLater(durationMs, 'a storm ends', () => {
      this.#storms.delete(options);
      this.#apply();
    });
  }

  /** Everything that goes on ends now. */
  clear(): void {
    for (const end of [...this.#ends]) end();
  }

  #apply(): void {
    this.#network.heal();
    for (const cut of this.#cuts) for (const [from, to] of cut) this.#network.cut(from, to);
    this.#network.options = [...this.#storms].at(-1) ?? fairWeather(this.#world.temper);
  }

  #endLater(durationMs: number, label: string, end: () => void): () => void {
    const calm = this.#world.disturb();
    const endOnce = (): void => {
      if (!this.#ends.delete(endOnce)) return;
      this.#world.trace.tell(this.#world.queue, label);
      calm();
      end();
    };
    this.#ends.add(endOnce);
    this.#world.queue.schedule(durationMs, label, endOnce);
    return endOnce;
  }
}
