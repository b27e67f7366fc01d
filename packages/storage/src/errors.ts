/**
 * The expected failures of everything that lives on disk.
 *
 * Each names the path, what was found there, what was expected, and what the operator can do: the person
 * who reads it at three in the morning has the message alone.
 */
export type StorageErrorCode =
  /** Bytes that were durable once are not what was written. */
  | 'wal-corrupt'
  /** A row of the store is not what was written. */
  | 'store-corrupt'
  /** The log and the store (or the log and the identity) do not belong together. */
  | 'wal-mismatch'
  /** A file of ours that is no log does not hold what was written. */
  | 'file-corrupt'
  /** The directory belongs to another program, cluster or member. */
  | 'directory-foreign'
  /** The directory is in use by a running process. */
  | 'directory-locked'
  /** The directory is missing, unreadable or not writable. */
  | 'directory-inaccessible'
  /** What another member sends is no snapshot, or is not what it read. */
  | 'snapshot-invalid'
  /** A snapshot file is damaged, or is none. */
  | 'snapshot-corrupt'
  /** A snapshot holds what this release has not. */
  | 'snapshot-unsupported'
  /** A snapshot is asked for that is held no more. */
  | 'snapshot-gone'
  /** Written by another release, older or newer, in a format that this one does not know. */
  | 'format-unknown'
  /** The operating system refused or failed an operation; the member stops. */
  | 'device-failed';

export interface StorageErrorDetails {
  readonly code: StorageErrorCode;
  /** The file or directory. */
  readonly path: string;
  /** Byte offset inside the file, where there is one. */
  readonly offset?: number;
  readonly found: string;
  readonly expected: string;
  /** One sentence: what to do next. */
  readonly remedy: string;
  readonly cause?: unknown;
}

export class StorageError extends Error {
  readonly code: StorageErrorCode;
  readonly path: string;
  readonly offset: number | undefined;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;

  constructor(details: StorageErrorDetails) {
    const place = details.offset === undefined ? '' : ` at offset ${details.offset}`;
    const text = `${details.path}${place}: found ${details.found}, expected ${details.expected}. ${details.remedy}`;
    super(text, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'StorageError';
    this.code = details.code;
    this.path = details.path;
    this.offset = details.offset;
    this.found = details.found;
    this.expected = details.expected;
    this.remedy = details.remedy;
  }
}
