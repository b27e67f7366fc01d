/**
 * What an archive is on disk: for each member a directory of its own, named for its cluster and itself, in which every
 * segment of its log has its own name, and the marks of the time in which it was the newest stand beside it.
 *
 *     <archive-dir>/<cluster id>-<member id>/
 *       0000000000000000-0000000000000001.wal        the segment's bytes, as far as they have been copied
 *       0000000000000000-0000000000000001.marks
 */
import type { WalIdentity } from '../wal/payload.ts';
import { parseSegmentName, type SegmentName } from '../wal/segment.ts';

const directoryPattern = /^[0-9a-f]{1,16}-[0-9a-f]{1,16}$/;

export const archiveName = ({ clusterId, memberId }: WalIdentity): string =>
  `${clusterId.toString(16)}-${memberId.toString(16)}`;

/** Whether it may be the archive of a member. */
export const isArchiveName = (name: string): boolean => directoryPattern.test(name);

export const marksName = ({ name }: SegmentName): string => name.replace(/\.wal$/, '.marks');

/** The segment whose time the marks of a file are of; `undefined` for what is no such file. */
export const segmentOfMarks = (name: string): SegmentName | undefined =>
  name.endsWith('.marks') ? parseSegmentName(name.replace(/\.marks$/, '.wal')) : undefined;
