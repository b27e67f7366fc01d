/**
 * What the transport between members asks of a store to move a snapshot: a message of Raft carries only a name, and the
 * receiver fetches what it stands for. A snapshot is a sequence of chunks, none of them empty, numbered from 0, the same
 * whenever they are read: a transfer that was interrupted goes on where the receiver says.
 */

/** The content that this member holds for others. */
export interface SnapshotSource {
  /**
   * The chunks of a snapshot that is held, from number `fromChunk` on; `undefined` when none is held under that name.
   * Iterating throws `snapshot-gone` once it is released. A chunk may be kept.
   */
  open(name: Uint8Array, fromChunk: number): AsyncIterable<Uint8Array> | undefined;
  /** Lets go of the snapshot, whether it was sent whole or not. */
  release(name: Uint8Array): void;
}

/** Where this member puts what it fetches. */
export interface SnapshotSink {
  /** What the process before was taking in when it ended, until it is gone on with, or another one is begun. */
  readonly interrupted: InterruptedSnapshot | undefined;
  /**
   * Goes on with the snapshot of that name, or begins it; one of another name that is not whole yet is given up.
   *
   * @param origin what `interrupted` tells of it after a restart. Default: nothing
   */
  begin(name: Uint8Array, origin?: Uint8Array): IncomingSnapshot;
}

export interface InterruptedSnapshot {
  readonly name: Uint8Array;
  /** As it was given to `begin`. */
  readonly origin: Uint8Array;
}

/** To go on with it later, in this process or the next, call nothing. */
export interface IncomingSnapshot {
  /** The number of the chunk that is to be written next. */
  readonly nextChunk: number;
  /**
   * Resolves once the chunk is stored; its memory may be used again at once. Throws `snapshot-invalid` or
   * `format-unknown` for a chunk that does not belong here, which changes nothing, and `device-failed` when the disk
   * refuses, after which the snapshot has to be begun again.
   */
  write(chunk: Uint8Array): Promise<void>;
  /** Resolves once the snapshot is known to be whole, and is durable. Throws as `write` does. */
  finish(): Promise<void>;
  /** Gives it up and removes what was stored; never rejects. */
  abort(): Promise<void>;
}
