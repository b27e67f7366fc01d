/**
 * `concord_archive_*`: how far the archive of the log is behind, for a member that has one. Concord's own: etcd archives
 * nothing.
 */
import type { ArchiveProgress } from '@concord/storage';
import { counters, gauges, type Family } from './family.ts';

/** @param progress `undefined` where nothing is archived; then there is nothing to tell */
export function archiveFamilies(progress: () => ArchiveProgress | undefined): readonly Family[] {
  const read = (value: (of: ArchiveProgress) => number | undefined) => () => {
    const of = progress();
    const told = of === undefined ? undefined : value(of);
    return told === undefined ? [] : [{ labels: {}, value: told }];
  };
  return [
    gauges(
      'concord_archive_last_mark_timestamp_seconds',
      'When the log up to the last archived entry was noted in the archive; at least once a minute while that works.',
      read(({ lastMark }) => lastMark && lastMark.timeMs / 1000),
    ),
    gauges(
      'concord_archive_last_entry',
      'Index of the last applied entry that is in the archive, as noted there.',
      read(({ lastMark }) => lastMark?.index),
    ),
    gauges(
      'concord_archive_waiting_segments',
      'Finished segments of the log that are not in the archive. Beyond 16 the oldest go uncopied.',
      read(({ waitingSegments }) => waitingSegments),
    ),
    counters(
      'concord_archive_failures_total',
      'Attempts to write to the archive that failed, one a second while it cannot be written to.',
      read(({ failures }) => failures),
    ),
    counters(
      'concord_archive_gaps_total',
      'Times that segments of the log were gone before they had been archived.',
      read(({ gaps }) => gaps),
    ),
  ];
}
