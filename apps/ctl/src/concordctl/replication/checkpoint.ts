/** How far a replication is: kept at the destination, in the transactions that carry it on. */

export interface Checkpoint {
  /** Of the source cluster, in hex. */
  readonly source: string;
  /**
   * `copy`: the source of `revision` is being written, keys in order, up to `copiedTo`.
   * `reconcile`: the same, where the destination may have what the source has not.
   * `follow`: everything up to `revision` is there.
   * `finish`: as `follow`, and leases are being attached.
   */
  readonly phase: 'copy' | 'reconcile' | 'follow' | 'finish';
  readonly revision: number;
  /** Base64; empty before the first. */
  readonly copiedTo: string;
  /** Keys written, for people. */
  readonly written: number;
  /** What was replicated where to: another run must say the same. */
  readonly subject: string;
}

/** `owner` tells processes apart that are at the same place. */
export const encodeCheckpoint = (checkpoint: Checkpoint, owner: string): string =>
  JSON.stringify({ ...checkpoint, owner });

const phases = ['copy', 'reconcile', 'follow', 'finish'];

/** Nothing where the text is no checkpoint. */
export function decodeCheckpoint(text: string): Checkpoint | undefined {
  try {
    const value = (JSON.parse(text) as Partial<Checkpoint> | null) ?? {};
    const isOne =
      typeof value.source === 'string' &&
      phases.includes(value.phase ?? '') &&
      Number.isSafeInteger(value.revision) &&
      typeof value.copiedTo === 'string' &&
      typeof value.written === 'number' &&
      typeof value.subject === 'string';
    return isOne ? (value as Checkpoint) : undefined;
  } catch {
    return undefined;
  }
}
