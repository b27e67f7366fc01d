/**
 * Keeps a second process out of a directory, for as long as this one lives and no longer: kill -9, a crash or a
 * power cut release it without a trace to clean up.
 *
 * That takes a lock that the kernel holds for the process. Node has no `flock`, and the usual substitutes
 * are unsound: a file with a process id cannot be told stale when ids are reused or belong to another
 * container, and an abstract socket excludes nobody in another network namespace that mounts the same volume.
 * SQLite, which Node carries, takes a POSIX record lock (on Windows `LockFileEx`) for an exclusive transaction,
 * and holds it until the connection closes. The database stays empty: only its lock is used.
 */
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './errors.ts';

/** SQLITE_BUSY */
const busy = 5;

export class ProcessLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Creates the file when it is missing. Throws `directory-locked` while another process holds it. */
  static acquire(path: string): ProcessLock {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path, { timeout: 0 });
      database.exec(
        'PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE',
      );
      return new ProcessLock(database);
    } catch (error) {
      database?.close();
      throw isBusy(error) ? locked(path, error) : unusable(path, error);
    }
  }

  release(): void {
    this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}

function locked(path: string, cause: unknown): StorageError {
  return new StorageError({
    code: 'directory-locked',
    path,
    found: 'the lock of a running process',
    expected: 'a data directory that nobody uses',
    remedy: 'Stop the other member first, or give this one a --data-dir of its own.',
    cause,
  });
}

function unusable(path: string, cause: unknown): StorageError {
  return new StorageError({
    code: 'directory-inaccessible',
    path,
    found: `a lock file that cannot be used (${cause instanceof Error ? cause.message : String(cause)})`,
    expected: 'a file that this user may read and write',
    remedy: 'Check owner and mode of the file and of its directory.',
    cause,
  });
}
