/** Reads the few numbers that the console charts out of a member's `/metrics`. */

/** What a member has counted since it started, and how it stands. */
export interface MemberMetrics {
  readonly reads: number;
  readonly writes: number;
  readonly events: number;
  readonly watchers: number;
  readonly keys: number;
  readonly residentBytes: number;
  /** Syncs of its disk by the upper bound of their duration in seconds, cumulative as Prometheus has it. */
  readonly syncs: readonly (readonly [boundSeconds: number, count: number])[];
}

const LINE = /^([a-z_]+)(?:\{([^}]*)\})? (\S+)$/gm;

/** Etcd renamed some of them: the first name that is there counts. */
const names = {
  reads: ['etcd_mvcc_range_total', 'etcd_debugging_mvcc_range_total'],
  puts: ['etcd_mvcc_put_total', 'etcd_debugging_mvcc_put_total'],
  deletes: ['etcd_mvcc_delete_total', 'etcd_debugging_mvcc_delete_total'],
  events: ['etcd_debugging_mvcc_events_total'],
  watchers: ['etcd_debugging_mvcc_watcher_total'],
  keys: ['etcd_debugging_mvcc_keys_total'],
  resident: ['process_resident_memory_bytes'],
} as const;

export function readMetrics(text: string): MemberMetrics {
  const values = new Map<string, number>();
  const syncs: [number, number][] = [];
  for (const [, name = '', labels = '', value] of text.matchAll(LINE)) {
    if (name === 'etcd_disk_wal_fsync_duration_seconds_bucket') {
      const bound = /le="([^"]+)"/.exec(labels)?.[1];
      if (bound !== undefined && bound !== '+Inf') syncs.push([Number(bound), Number(value)]);
    } else if (labels === '') {
      values.set(name, Number(value));
    }
  }
  const of = (candidates: readonly string[]): number =>
    candidates.map((name) => values.get(name)).find((value) => value !== undefined) ?? 0;
  return {
    reads: of(names.reads),
    writes: of(names.puts) + of(names.deletes),
    events: of(names.events),
    watchers: of(names.watchers),
    keys: of(names.keys),
    residentBytes: of(names.resident),
    syncs,
  };
}

/**
 * The duration, in seconds, that a share of the syncs between two readings stayed under, between bounds by
 * proportion; `undefined` where there were none.
 */
export function syncQuantile(
  before: MemberMetrics['syncs'],
  after: MemberMetrics['syncs'],
  share: number,
): number | undefined {
  const counts = after.map(
    ([bound, count], at) => [bound, count - (before[at]?.[1] ?? 0)] as const,
  );
  const total = counts.at(-1)?.[1] ?? 0;
  if (total <= 0) return undefined;
  let [lowBound, lowCount] = [0, 0];
  for (const [bound, count] of counts) {
    if (count >= share * total) {
      const within = count === lowCount ? 1 : (share * total - lowCount) / (count - lowCount);
      return lowBound + within * (bound - lowBound);
    }
    [lowBound, lowCount] = [bound, count];
  }
  return lowBound;
}
