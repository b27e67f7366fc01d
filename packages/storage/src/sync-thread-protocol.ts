/** What passes between the main thread and the thread that makes the log durable. */

/** The command in shared memory; numbers are indexes of 32-bit words. */
export const commandLayout = {
  /** Incremented, after everything else is written, for each command. */
  counter: 0,
  descriptor: 1,
  /** Which of the registered memories holds the bytes. */
  slot: 2,
  start: 3,
  length: 4,
  /** Byte offset of the position in the file, a 64-bit float. */
  positionOffset: 24,
  /** Byte offset of how long the last write took without its sync, in milliseconds, a 64-bit float. */
  writeMsOffset: 32,
  bytes: 40,
  /** Memories that the thread keeps: more than a log has in use at a time. */
  slots: 4,
} as const;

/** Posted to the thread before the first command that uses the memory. */
export interface SyncRegistration {
  readonly slot: number;
  readonly memory: SharedArrayBuffer;
}

/** Posted by the thread for each command: `null` once durable, or why it failed. */
export type SyncReply = { readonly message: string; readonly code: string | undefined } | null;
