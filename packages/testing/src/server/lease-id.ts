/** Ids of leases, as the different clients have them. */

export type LeaseId = bigint | number | string;

/** @throws TypeError unless it is a whole number */
export function leaseId(id: LeaseId): bigint {
  try {
    return BigInt(id);
  } catch {
    throw new TypeError(`expireLease: ${JSON.stringify(id)} is no lease's id; give a whole number`);
  }
}
