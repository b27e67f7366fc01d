/**
 * The directory that holds everything a member must not forget.
 *
 *     <data-dir>/member/         mode 0700
 *       identity                 which cluster and member this is
 *       lock                     held by the running process
 *       wal/                     the log, unless --wal-dir names another place
 *       db/                      the store
 *
 * Invariant: nothing in it is written before it is known to be ours, and held by us alone.
 */
import * as fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StorageError } from './errors.ts';
import type { FileSystem } from './file-system.ts';
import { readIdentity, writeIdentity } from './identity-file.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { ProcessLock } from './process-lock.ts';
import type { WalIdentity } from './wal/payload.ts';
import { listSegments, readWalIdentity } from './wal/recovery.ts';

export interface DataDirectoryOptions {
  /** `--data-dir`; created with its parents when missing. */
  readonly path: string;
  /** `--wal-dir`: a disk of its own for the log. Default `<data-dir>/member/wal`. */
  readonly walPath?: string;
  /** Default: the operating system's. */
  readonly fileSystem?: FileSystem;
}

export class DataDirectory {
  readonly path: string;
  readonly memberDirectory: string;
  readonly walDirectory: string;
  readonly databaseDirectory: string;
  readonly fileSystem: FileSystem;
  readonly #lock: ProcessLock;
  #identity: WalIdentity | undefined;

  private constructor(options: DataDirectoryOptions, fileSystem: FileSystem) {
    this.path = resolve(options.path);
    this.memberDirectory = join(this.path, 'member');
    this.walDirectory = resolve(options.walPath ?? join(this.memberDirectory, 'wal'));
    this.databaseDirectory = join(this.memberDirectory, 'db');
    this.fileSystem = fileSystem;
    assertNotEtcd(this.path, this.walDirectory);
    makeOwnDirectory(fileSystem, this.memberDirectory);
    this.#lock = ProcessLock.acquire(join(this.memberDirectory, 'lock'));
    try {
      fs.chmodSync(join(this.memberDirectory, 'lock'), 0o600);
      makeOwnDirectory(fileSystem, this.walDirectory);
      this.#identity = this.#readIdentity();
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  /**
   * Takes the directory for this process. Throws `StorageError` when it is in use, not ours, of a newer
   * format, or not accessible.
   */
  static open(options: DataDirectoryOptions): DataDirectory {
    return new DataDirectory(options, options.fileSystem ?? new NodeFileSystem());
  }

  /** Whose data this is; `undefined` for a directory that no member has used yet. */
  get identity(): WalIdentity | undefined {
    return this.#identity;
  }

  /** Throws unless the directory is new or belongs to this member of this cluster. */
  assertBelongsTo(expected: WalIdentity): void {
    const found = this.#identity;
    if (found === undefined) return;
    if (found.clusterId === expected.clusterId && found.memberId === expected.memberId) return;
    throw new StorageError({
      code: 'directory-foreign',
      path: this.path,
      found: `the data of ${describe(found)}`,
      expected: `that of ${describe(expected)}`,
      remedy: 'Start this member with the --data-dir it had before, or with an empty one.',
    });
  }

  /** Names the member that the directory belongs to from now on. Call once its log exists. */
  claim(identity: WalIdentity): void {
    this.assertBelongsTo(identity);
    if (readIdentity(this.#identityPath) !== undefined) return;
    writeIdentity(this.memberDirectory, this.#identityPath, identity);
    this.#identity = identity;
  }

  /** Lets another process have the directory. Close log and store first. */
  close(): void {
    this.#lock.release();
  }

  get #identityPath(): string {
    return join(this.memberDirectory, 'identity');
  }

  /**
   * A member that was stopped between creating its log and its identity file is known by its log. A log that
   * belongs to someone else is refused here, before anything is read into it.
   */
  #readIdentity(): WalIdentity | undefined {
    const named = readIdentity(this.#identityPath);
    const segments = listSegments(this.fileSystem, this.walDirectory);
    if (segments === undefined) return named;
    const logged = readWalIdentity(this.fileSystem, this.walDirectory, segments);
    if (named === undefined || isSame(named, logged)) return logged;
    throw new StorageError({
      code: 'wal-mismatch',
      path: this.walDirectory,
      found: `the log of ${describe(logged)}`,
      expected: `that of ${describe(named)}, whose data directory ${this.path} is`,
      remedy: 'Check --wal-dir and --data-dir: each member needs directories of its own.',
    });
  }
}

/** etcd keeps its snapshots in `member/snap`, and its log in segments that are named as ours are. */
function assertNotEtcd(path: string, walDirectory: string): void {
  const ownIdentity = fs.existsSync(join(path, 'member', 'identity'));
  const isEtcd =
    fs.existsSync(join(path, 'member', 'snap')) ||
    fs.existsSync(join(path, 'proxy')) ||
    (!ownIdentity && isEtcdLog(walDirectory));
  if (!isEtcd) return;
  throw new StorageError({
    code: 'directory-foreign',
    path,
    found: 'the data directory of an etcd member',
    expected: 'one of Concord, or an empty one',
    remedy:
      'Its files are left as they are. Give Concord a --data-dir of its own, and bring the data over with ' +
      '`etcdctl snapshot save` from the running etcd, or by mirroring it.',
  });
}

/** An etcd segment begins with the length of a record that holds a type and a checksum seed of zero. */
function isEtcdLog(directory: string): boolean {
  const name =
    fs.existsSync(directory) && fs.readdirSync(directory).find((n) => n.endsWith('.wal'));
  if (typeof name !== 'string') return false;
  const start = Buffer.alloc(16);
  const descriptor = fs.openSync(join(directory, name), 'r');
  try {
    fs.readSync(descriptor, start, 0, start.length, 0);
  } finally {
    fs.closeSync(descriptor);
  }
  const crcRecordType = Buffer.from([0x08, 0x04, 0x10]);
  return start.subarray(8, 11).equals(crcRecordType);
}

/** Creates a directory for the owner alone, or makes an existing one so; both must be usable by us. */
function makeOwnDirectory(fileSystem: FileSystem, directory: string): void {
  try {
    fileSystem.makeDirectory(directory);
    fs.chmodSync(directory, 0o700);
    fs.accessSync(directory, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    const probe = join(directory, '.writable');
    fs.closeSync(fs.openSync(probe, 'w', 0o600));
    fs.unlinkSync(probe);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError({
      code: 'directory-inaccessible',
      path: directory,
      found: `a directory that cannot be used (${reason})`,
      expected: 'one that this user may read and write',
      remedy: `Check owner, mode and free space of ${dirname(directory)}, or name another --data-dir.`,
      cause,
    });
  }
}

function isSame(a: WalIdentity, b: WalIdentity): boolean {
  return a.clusterId === b.clusterId && a.memberId === b.memberId;
}

function describe(identity: WalIdentity): string {
  return `member ${identity.memberId.toString(16)} of cluster ${identity.clusterId.toString(16)}`;
}
