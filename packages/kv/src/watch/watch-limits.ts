/**
 * Limits of watches. Each is an option of the hub; these are the defaults.
 */

/** Watchers of one stream: one with a key of its own takes 600 bytes (measured), so 6 MB. */
export const WATCHERS_PER_STREAM_MAX = 10_000;

/** Watchers of one member: 600 MB, or half of it where they share their ranges. */
export const WATCHERS_MAX = 1_000_000;

/**
 * Changes read from history in one slice: at one or two microseconds each, about 2 ms with their delivery. As every
 * revision has a change, a response has no more revisions than that either, which is etcd's limit.
 */
export const CHANGES_PER_SLICE_MAX = 1_000;

/** Watchers that share one slice; the next ones have the next slice. */
export const WATCHERS_PER_SLICE_MAX = 512;

/** A response of at least `--max-request-bytes` (1.5 MiB) and what gRPC allows on top (512 KiB) is fragmented. */
export const FRAGMENT_BYTES = 2_097_152;

/** How often a quiet watcher is told how far it is, if it wants to know. */
export const PROGRESS_INTERVAL_MS = 600_000;
export const PROGRESS_INTERVAL_MS_MIN = 100;
