/**
 * What an entry weighs against every limit of this package that is given in bytes.
 *
 * An empty payload still costs a record on disk and a field on the wire; without the overhead, a
 * limit in bytes would not bound the number of empty entries at all.
 */
import type { Entry } from './entry.ts';

/** Term, index, kind and framing of one entry, in bytes: three varints of up to 9, rounded up. */
export const ENTRY_OVERHEAD_BYTES = 32;

/** The weight of one payload, in bytes. */
export function payloadBytes(data: Uint8Array): number {
  return data.byteLength + ENTRY_OVERHEAD_BYTES;
}

/** The weight of a run of entries, in bytes. */
export function entriesBytes(entries: readonly Entry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += payloadBytes(entry.data);
  return bytes;
}
