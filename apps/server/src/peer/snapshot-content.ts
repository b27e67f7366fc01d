/**
 * What the transport needs of the content of snapshots: a message of Raft carries only a name, and the receiver
 * fetches what it stands for from the sender, chunk by chunk. Storage implements both ends.
 */

/** The longest chunk that is taken: both ends hold one in memory, and a row as large as a request is one. */
export const SNAPSHOT_CHUNK_BYTES_MAX = 64 * 1024 * 1024;

/** Content that this member holds for others. */
export interface SnapshotSource {
  /**
   * The chunks from the numbered one on, counted from 0, none of them empty; undefined when there is no such
   * snapshot. The same name has the same chunks however often it is opened.
   */
  open(name: Uint8Array, fromChunk: number): AsyncIterable<Uint8Array> | undefined;
  /** Called once for every snapshot message that was given to the transport, after its end is reported. */
  release(name: Uint8Array): void;
}

/** Where this member puts what it fetches. */
export interface SnapshotSink {
  /** Begins a snapshot, or goes on with it. One at a time: the one before has finished or was aborted. */
  begin(name: Uint8Array): SnapshotWriter;
}

export interface SnapshotWriter {
  /** The first chunk that is not here yet, as of `begin`. */
  readonly nextChunk: number;
  write(chunk: Uint8Array): Promise<void>;
  /** Resolves when everything is durable and can be installed under its name. */
  finish(): Promise<void>;
  /** Not to be finished. What is here already may stay, for another `begin` of the same name. */
  abort(): void;
}
