/**
 * What the write-ahead log asks of a disk. `node-file-system.ts` implements it over Node; the simulated disk
 * of `@concord/testing` implements the same shape with torn writes, lost syncs and failing devices.
 *
 * Opening a log happens before anything else runs, so those operations are synchronous and throw. What a
 * running log does is handed to the device and answered by a callback: no promises, so that a simulation
 * decides the order of everything.
 */

/** Called exactly once, never before the call that took it has returned. */
export type Done = (error: Error | undefined) => void;

export type Access =
  /** The file must exist; nothing is written. */
  | 'read'
  /** The file must exist. */
  | 'write'
  /** The file must not exist. */
  | 'create';

export interface OpenFile {
  readonly path: string;
  /** Length in bytes now. */
  size(): number;
  /** Reads from `position` on until `target` is full or the file ends, and returns the bytes read. */
  read(target: Uint8Array, position: number): number;
  /** Writes all of `bytes`; durable only after `sync`. */
  write(bytes: Uint8Array, position: number): void;
  /** `fdatasync`. After an error nothing that was written since the last success may be relied on. */
  sync(): void;
  /**
   * Writes all of `bytes` and calls `fdatasync`, off the calling thread. `bytes` must not change before
   * `done`; memory from `FileSystem.allocate` is not copied.
   */
  writeDurably(bytes: Uint8Array, position: number, done: Done): void;
  close(): void;
}

export interface FileSystem {
  /** The names in a directory, in no particular order; empty where there is no such directory. */
  list(directory: string): readonly string[];
  /** Creates a directory (mode 0700) and its missing parents, and makes the new entries durable. */
  makeDirectory(directory: string): void;
  open(path: string, access: Access): OpenFile;
  /** Atomic, replacing `to`; durable only after `syncDirectory`. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  syncDirectory(directory: string): void;

  /** Memory that `writeDurably` hands to the device without a copy. */
  allocate(bytes: number): Uint8Array;
  /** Creates (or replaces) a file of `bytes` zeros, mode 0600, durable except for its name. */
  createZeroed(path: string, bytes: number, done: Done): void;
  /** Renames a file within `directory` and makes the new name durable. */
  publish(directory: string, from: string, to: string, done: Done): void;
  /**
   * Removes files of `directory`, each durably before the next: a crash leaves the later ones. A single
   * sync at the end could bring an earlier file back without the one after it.
   */
  discard(directory: string, names: readonly string[], done: Done): void;
  /** Releases threads and handles once what is under way has ended. */
  close(): void;
}
