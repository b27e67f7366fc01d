/**
 * The content of one simulated file: what programs see (the page cache) and what a power cut leaves.
 *
 * The unit of durability is the sector. A write reaches the cache; `sync` makes the dirty sectors durable;
 * a crash before it keeps an arbitrary subset of them, in no particular order.
 */
export const sectorBytes = 512;

/** What becomes of one unsynced sector in a crash. */
export type SectorFate =
  /** The old content. */
  | 'lost'
  /** The new content. */
  | 'kept'
  /** The first bytes new, the rest old. */
  | 'torn'
  /** Neither: the drive was interrupted while it wrote. */
  | 'garbage';

/** Decides about one sector; `sector` is its number in the file. */
export type ChooseFate = (sector: number) => SectorFate;

export class Sectors {
  #cached: Uint8Array = new Uint8Array(0);
  #durable: Uint8Array = new Uint8Array(0);
  readonly #dirty = new Set<number>();

  static of(content: Uint8Array): Sectors {
    const sectors = new Sectors();
    sectors.#cached = content.slice();
    sectors.#durable = content.slice();
    return sectors;
  }

  get size(): number {
    return this.#cached.length;
  }

  /** What a program reads. The view is valid until the next write. */
  get content(): Uint8Array {
    return this.#cached;
  }

  get dirtySectors(): readonly number[] {
    return [...this.#dirty].sort((a, b) => a - b);
  }

  write(bytes: Uint8Array, position: number): void {
    const end = position + bytes.length;
    const grownFrom = this.#cached.length;
    if (end > grownFrom) this.#cached = resized(this.#cached, end);
    this.#cached.set(bytes, position);
    for (let at = Math.min(position, grownFrom); at < end; at += sectorBytes) {
      this.#dirty.add(Math.floor(at / sectorBytes));
    }
    if (bytes.length > 0) this.#dirty.add(Math.floor((end - 1) / sectorBytes));
  }

  sync(): void {
    if (this.#durable.length < this.size) this.#durable = resized(this.#durable, this.size);
    for (const sector of this.#dirty) this.#leave(this.#durable, sector, 'kept');
    this.#dirty.clear();
  }

  /** A failed sync as Linux does it: the pages count as clean and are never written again. */
  forgetDirty(): void {
    this.#dirty.clear();
  }

  /** Damage at rest: changes the durable bytes behind everyone's back. */
  damage(change: (content: Uint8Array) => void): void {
    change(this.#durable);
    this.#cached = this.#durable.slice();
    this.#dirty.clear();
  }

  /** The content after a power cut. */
  afterCrash(choose: ChooseFate): Uint8Array {
    const fates = this.dirtySectors.map((sector) => [sector, choose(sector)] as const);
    // A file is as long as its last surviving byte: its size is metadata that travels with the sectors.
    const lastKept = fates.findLast(([, fate]) => fate !== 'lost')?.[0] ?? -1;
    const reach = Math.min((lastKept + 1) * sectorBytes, this.#cached.length);
    const content = resized(this.#durable, Math.max(this.#durable.length, reach));
    for (const [sector, fate] of fates) this.#leave(content, sector, fate);
    return content;
  }

  #leave(content: Uint8Array, sector: number, fate: SectorFate): void {
    const start = sector * sectorBytes;
    const end = Math.min(start + sectorBytes, this.#cached.length, content.length);
    switch (fate) {
      case 'lost':
        return;
      case 'kept':
        return content.set(this.#cached.subarray(start, end), start);
      case 'torn': {
        const middle = start + Math.floor((end - start) / 3);
        return content.set(this.#cached.subarray(start, middle), start);
      }
      case 'garbage':
        for (let i = start; i < end; i++) content[i] = (i * 167 + sector * 13 + 91) & 0xff;
        return;
    }
  }
}

function resized(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(size);
  result.set(bytes.subarray(0, size));
  return result;
}
