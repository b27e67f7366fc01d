/**
 * The name of a replica: any unsigned 64-bit number but zero. It is a `bigint` because ids are
 * hashes that use all 64 bits, and a `number` would silently merge neighbours above 2^53.
 */
export type MemberId = bigint;

/** Stands for "no member": no leader known, no vote given. Never the id of a replica. */
export const NOBODY: MemberId = 0n;
