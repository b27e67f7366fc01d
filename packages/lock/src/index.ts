/** Locks and elections: see README.md. */
export type { LocksOptions } from './acquirer.ts';
export { Barrier, PARTIES_MAX, type BarrierOptions, type BarrierWaitOptions } from './barrier.ts';
export { Candidacy, type CandidacyState, type LeadOptions } from './candidacy.ts';
export { Elections, type CampaignOptions } from './elections.ts';
export { ClusterFenceStore, fenceKey } from './fence/cluster-fence-store.ts';
export { assertFresh, type FenceStore } from './fence/fence-store.ts';
export { MemoryFenceStore } from './fence/memory-fence-store.ts';
export type { HeldElection } from './held-election.ts';
export type { HeldLock, ReleaseResult } from './held-lock.ts';
export type { HeldLocks } from './held-locks.ts';
export type { LockClaim, LockInspection } from './inspection.ts';
export type { Leader } from './leader.ts';
export { Locks } from './locks.ts';
export { tickKey, type TickOptions, type TickResult } from './once-per-tick.ts';
export {
  LABEL_CHARACTERS_MAX,
  NAME_BYTES_MAX,
  NAMES_MAX,
  TTL_MS_DEFAULT,
  TTL_MS_MIN,
  type LockOptions,
  type PermitOptions,
  type SemaphoreOptions,
} from './options.ts';
export { ReadWriteLock } from './read-write-lock.ts';
export { PERMITS_MAX, Semaphore } from './semaphore.ts';
export { SESSIONS_MAX } from './session-pool.ts';
