/**
 * A disk that does everything a disk may do, and nothing by chance that is not chosen by its user: writes stay in a
 * volatile cache until they are synced, a power cut keeps any subset of what was not, and operations fail on
 * demand. It has the shape of the file system that Concord's write-ahead log asks for.
 *
 * Asynchronous operations advance one step at a time, when `step` is called: between any two steps the user may
 * take an image of what a crash would leave (`afterCrash`) and go on.
 */
import { missing, NameSpace } from './name-space.ts';
import { Sectors, type ChooseFate, type SectorFate } from './sectors.ts';

export type DiskOperation = 'write' | 'sync' | 'syncDirectory' | 'rename' | 'remove' | 'create';

/** Called before each operation takes effect; an error that it returns makes the operation fail. */
export type Interfere = (operation: DiskOperation, path: string) => Error | undefined;

export interface SimulatedDiskOptions {
  readonly interfere?: Interfere;
  /** Bytes that fit; a write beyond fails with ENOSPC. Default: no limit. */
  readonly capacityBytes?: number;
  /** Called when a step becomes available, so that a simulated clock can schedule it. */
  readonly onPending?: () => void;
}

export interface CrashChoices {
  /** What becomes of each unsynced sector of the file. */
  readonly fate: (path: string, sector: number) => SectorFate;
  /** Whether the n-th unsynced change of a name survives. */
  readonly keepsName: (change: number) => boolean;
}

type Done = (error: Error | undefined) => void;
type Step = () => void;

interface Operation {
  readonly steps: Step[];
  readonly done: Done;
}

export class SimulatedDisk {
  readonly #names: NameSpace;
  readonly #options: SimulatedDiskOptions;
  readonly #operations: Operation[] = [];

  constructor(options: SimulatedDiskOptions = {}, names = new NameSpace()) {
    this.#options = options;
    this.#names = names;
  }

  // What the log calls while it is opened.

  list(directory: string): readonly string[] {
    return this.#names.list(directory);
  }

  /** Directories need no making here: they are the paths of their files. */
  makeDirectory(): void {}

  open(path: string, access: 'read' | 'write' | 'create'): SimulatedFile {
    if (access === 'create') this.#create(path);
    const file = this.#names.get(path);
    if (file === undefined) throw missing(path);
    return new SimulatedFile(this, path, file);
  }

  rename(from: string, to: string): void {
    this.#perform('rename', to);
    this.#names.rename(from, to);
  }

  remove(path: string): void {
    this.#perform('remove', path);
    this.#names.remove(path);
  }

  syncDirectory(directory: string): void {
    this.#perform('syncDirectory', directory);
    this.#names.syncDirectory(directory);
  }

  // What the running log calls.

  allocate(bytes: number): Uint8Array {
    return new Uint8Array(bytes);
  }

  createZeroed(path: string, bytes: number, done: Done): void {
    const create = (): Sectors => {
      if (this.#names.get(path) !== undefined) this.remove(path);
      return this.#create(path);
    };
    let file: Sectors | undefined;
    this.start(done, [
      () => void (file = create()),
      () => this.writeTo(path, file as Sectors, new Uint8Array(bytes), 0),
      () => this.syncFile(path, file as Sectors),
    ]);
  }

  publish(directory: string, from: string, to: string, done: Done): void {
    this.start(done, [
      () => this.rename(`${directory}/${from}`, `${directory}/${to}`),
      () => this.syncDirectory(directory),
    ]);
  }

  discard(directory: string, names: readonly string[], done: Done): void {
    const steps = names.flatMap((name) => [
      () => this.remove(`${directory}/${name}`),
      () => this.syncDirectory(directory),
    ]);
    this.start(done, steps);
  }

  close(): void {}

  // What its user calls.

  /** How many asynchronous operations are under way. */
  get pending(): number {
    return this.#operations.length;
  }

  /** Advances one operation, the oldest unless told otherwise, by one step. */
  step(which = 0): void {
    const operation = this.#operations[which];
    if (operation === undefined) return;
    let error: Error | undefined;
    try {
      operation.steps.shift()?.();
    } catch (thrown) {
      error = thrown as Error;
    }
    if (error === undefined && operation.steps.length > 0) {
      this.#options.onPending?.();
      return;
    }
    this.#operations.splice(which, 1);
    operation.done(error);
  }

  /** Steps until nothing is under way. */
  run(): void {
    while (this.pending > 0) this.step();
  }

  /** The disk that a power cut at this moment would leave. This one goes on unharmed. */
  afterCrash(choices: CrashChoices, options: SimulatedDiskOptions = {}): SimulatedDisk {
    const files = [...this.#names.afterCrash(choices.keepsName)].map(([path, file]) => {
      const choose: ChooseFate = (sector) => choices.fate(path, sector);
      return [path, Sectors.of(file.afterCrash(choose))] as const;
    });
    return new SimulatedDisk(options, new NameSpace(files));
  }

  /**
   * The disk as the next process finds it when this one is killed: what was written is still in the page cache and
   * no more durable than before; operations under way end where they are. This one must not be used any more.
   */
  afterKill(options: SimulatedDiskOptions = {}): SimulatedDisk {
    return new SimulatedDisk(options, this.#names);
  }

  /** The unsynced sectors of each file, and the number of unsynced names. */
  get unsynced(): {
    readonly sectors: ReadonlyMap<string, readonly number[]>;
    readonly names: number;
  } {
    const sectors = new Map<string, readonly number[]>();
    for (const [path, file] of this.#names.entries()) {
      if (file.dirtySectors.length > 0) sectors.set(path, file.dirtySectors);
    }
    return { sectors, names: this.#names.pendingChanges };
  }

  /** A copy of what a program would read. */
  content(path: string): Uint8Array {
    return this.#file(path).content.slice();
  }

  /** Changes a file at rest, as a failing drive does. */
  damage(path: string, change: (content: Uint8Array) => void): void {
    this.#file(path).damage(change);
  }

  // What `SimulatedFile` calls.

  start(done: Done, steps: Step[]): void {
    this.#operations.push({ steps, done });
    this.#options.onPending?.();
  }

  writeTo(path: string, file: Sectors, bytes: Uint8Array, position: number): void {
    this.#perform('write', path);
    const growth = Math.max(0, position + bytes.length - file.size);
    if (this.#usedBytes() + growth > (this.#options.capacityBytes ?? Infinity)) {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    }
    file.write(bytes, position);
  }

  syncFile(path: string, file: Sectors): void {
    try {
      this.#perform('sync', path);
    } catch (error) {
      file.forgetDirty();
      throw error;
    }
    file.sync();
  }

  #create(path: string): Sectors {
    this.#perform('create', path);
    if (this.#names.get(path) !== undefined) {
      throw Object.assign(new Error(`EEXIST: file exists, '${path}'`), { code: 'EEXIST' });
    }
    const file = new Sectors();
    this.#names.create(path, file);
    return file;
  }

  #perform(operation: DiskOperation, path: string): void {
    const error = this.#options.interfere?.(operation, path);
    if (error !== undefined) throw error;
  }

  #usedBytes(): number {
    let bytes = 0;
    for (const [, file] of this.#names.entries()) bytes += file.size;
    return bytes;
  }

  #file(path: string): Sectors {
    const file = this.#names.get(path);
    if (file === undefined) throw missing(path);
    return file;
  }
}

/** An open file of a `SimulatedDisk`. */
export class SimulatedFile {
  readonly path: string;
  readonly #disk: SimulatedDisk;
  readonly #sectors: Sectors;

  constructor(disk: SimulatedDisk, path: string, sectors: Sectors) {
    this.path = path;
    this.#disk = disk;
    this.#sectors = sectors;
  }

  size(): number {
    return this.#sectors.size;
  }

  read(target: Uint8Array, position: number): number {
    const bytes = this.#sectors.content.subarray(position, position + target.length);
    target.set(bytes);
    return bytes.length;
  }

  write(bytes: Uint8Array, position: number): void {
    this.#disk.writeTo(this.path, this.#sectors, bytes, position);
  }

  sync(): void {
    this.#disk.syncFile(this.path, this.#sectors);
  }

  writeDurably(bytes: Uint8Array, position: number, done: Done): void {
    this.#disk.start(done, [() => this.write(bytes, position), () => this.sync()]);
  }

  close(): void {}
}

/** Crash choices that are all the same. */
export function uniformCrash(fate: SectorFate, keepsNames: boolean): CrashChoices {
  return { fate: () => fate, keepsName: () => keepsNames };
}

/** Any subset: each sector and each name decides for itself. */
export function randomCrash(random: () => number): CrashChoices {
  const fates: readonly SectorFate[] = ['lost', 'kept', 'kept', 'lost', 'torn', 'garbage'];
  return {
    fate: () => fates[Math.floor(random() * fates.length)] as SectorFate,
    keepsName: () => random() < 0.5,
  };
}
