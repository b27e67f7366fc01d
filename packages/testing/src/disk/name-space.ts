/**
 * The names of a simulated file system: which path is which file, now and after a power cut. A new name, a rename
 * or a removal is durable once its directory has been synced; until then a crash may undo it, each on its own.
 */
import type { Sectors } from './sectors.ts';

interface Change {
  readonly directory: string;
  apply(names: Map<string, Sectors>): void;
}

export class NameSpace {
  readonly #current: Map<string, Sectors>;
  readonly #durable: Map<string, Sectors>;
  #pending: Change[] = [];

  constructor(files: Iterable<readonly [string, Sectors]> = []) {
    this.#current = new Map(files);
    this.#durable = new Map(this.#current);
  }

  get(path: string): Sectors | undefined {
    return this.#current.get(path);
  }

  /** Paths and files as programs see them. */
  entries(): IterableIterator<[string, Sectors]> {
    return this.#current.entries();
  }

  list(directory: string): string[] {
    const prefix = `${directory}/`;
    return [...this.#current.keys()]
      .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
      .map((path) => path.slice(prefix.length));
  }

  create(path: string, file: Sectors): void {
    this.#change({ directory: parent(path), apply: (names) => void names.set(path, file) });
  }

  /** Atomic: after a crash either both names have changed or neither. */
  rename(from: string, to: string): void {
    const file = this.#current.get(from);
    if (file === undefined) throw missing(from);
    this.#change({
      directory: parent(to),
      apply: (names) => {
        names.delete(from);
        names.set(to, file);
      },
    });
  }

  remove(path: string): void {
    if (!this.#current.has(path)) throw missing(path);
    this.#change({ directory: parent(path), apply: (names) => void names.delete(path) });
  }

  syncDirectory(directory: string): void {
    for (const change of this.#pending) {
      if (change.directory === directory) change.apply(this.#durable);
    }
    this.#pending = this.#pending.filter((change) => change.directory !== directory);
  }

  get pendingChanges(): number {
    return this.#pending.length;
  }

  /** The names after a power cut; `isKept` decides about each change that is not synced, oldest first. */
  afterCrash(isKept: (change: number) => boolean): Map<string, Sectors> {
    const names = new Map(this.#durable);
    for (const [i, change] of this.#pending.entries()) if (isKept(i)) change.apply(names);
    return names;
  }

  #change(change: Change): void {
    change.apply(this.#current);
    this.#pending.push(change);
  }
}

export function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file, '${path}'`), { code: 'ENOENT' });
}
