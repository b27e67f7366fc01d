/** Where a call says what it is hashed by, under a hashing policy, in whatever protocol it is sent. */

/** A header of a request or of gRPC's metadata: calls with the same value go to the same instance. */
export const HASH_KEY_HEADER = 'concord-hash-key';
