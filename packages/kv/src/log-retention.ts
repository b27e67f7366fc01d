/**
 * Which applied entries stay in memory for members that lag: some behind the newest, and everything behind a
 * snapshot that is on its way, because whoever installs it goes on from there. Both are bounded by bytes.
 */
import type { MemoryLog } from '@concord/raft';

/** Bytes of entries that stay in memory for members that lag, whatever their number. */
const BYTES_KEPT_MAX = 16 << 20;
/**
 * The same while a snapshot travels: about forty seconds of 20,000 small writes a second. A member that needs
 * longer gets a second snapshot, of what is there by then.
 */
const BYTES_KEPT_FOR_SNAPSHOT_MAX = 256 << 20;

export class LogRetention {
  readonly #log: MemoryLog;
  readonly #entriesKept: number;
  /** The index of the snapshot that each lagging member was sent. */
  readonly #snapshots = new Map<bigint, number>();

  constructor(log: MemoryLog, entriesKept: number) {
    this.#log = log;
    this.#entriesKept = entriesKept;
  }

  /** Whether entries are kept for a member that was sent a snapshot. */
  get isAwaitingMembers(): boolean {
    return this.#snapshots.size > 0;
  }

  get awaitedMembers(): readonly bigint[] {
    return [...this.#snapshots.keys()];
  }

  snapshotSent(member: bigint, index: number): void {
    this.#snapshots.set(member, index);
  }

  /** The member follows the log again, is gone, or will be sent another snapshot. */
  caughtUp(member: bigint): void {
    this.#snapshots.delete(member);
  }

  /** The store holds everything up to `index`: entries before it are kept for others alone. */
  released(index: number): void {
    if (this.#snapshots.size > 0 && this.#log.bytes <= BYTES_KEPT_FOR_SNAPSHOT_MAX) {
      const needed = Math.min(...this.#snapshots.values());
      return this.#compact(Math.min(needed, index - this.#entriesKept));
    }
    let kept = this.#entriesKept;
    this.#compact(index - kept);
    // Large entries: fewer of them are kept.
    while (kept > 0 && this.#log.bytes > BYTES_KEPT_MAX) {
      kept >>>= 1;
      this.#compact(index - kept);
    }
  }

  #compact(index: number): void {
    if (index > 0) this.#log.compact(index);
  }
}
