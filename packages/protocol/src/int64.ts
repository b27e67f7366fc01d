/**
 * A 64-bit integer between its three forms: two 32-bit halves (as varints are read and written), a `bigint`
 * (ids) and a `number` (counters). Shared memory converts without `bigint` arithmetic, which allocates.
 */

const halves = new Int32Array(2);
const signed = new BigInt64Array(halves.buffer);
const unsigned = new BigUint64Array(halves.buffer);

/** Index in `halves` of the lower half: 0 on little-endian machines. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

const TWO_TO_32 = 2 ** 32;

export function int64FromHalves(low: number, high: number): bigint {
  halves[LOW] = low;
  halves[HIGH] = high;
  return signed[0] as bigint;
}

export function uint64FromHalves(low: number, high: number): bigint {
  halves[LOW] = low;
  halves[HIGH] = high;
  return unsigned[0] as bigint;
}

/** The signed integer, or the nearest one that a number holds exactly (±(2^53 - 1)). */
export function saturatedInt64(low: number, high: number): number {
  if (high === 0) return low >>> 0;
  const value = high * TWO_TO_32 + (low >>> 0);
  if (value > Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
  return value < Number.MIN_SAFE_INTEGER ? Number.MIN_SAFE_INTEGER : value;
}

/** The unsigned integer, or 2^53 - 1 where it is above. */
export function saturatedUint64(low: number, high: number): number {
  if (high === 0) return low >>> 0;
  const value = (high >>> 0) * TWO_TO_32 + (low >>> 0);
  return value > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : value;
}

/** The lower half of a `bigint`, signed or unsigned, modulo 2^64. Then `highHalf` gives the upper half. */
export function splitInt64(value: bigint): number {
  signed[0] = value;
  return halves[LOW] as number;
}

/** The upper half of the `bigint` split last. */
export function highHalf(): number {
  return halves[HIGH] as number;
}
