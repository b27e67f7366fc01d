/** What is to be replayed behind a snapshot, by the flags of its restoration. */
import type { ArchiveReplay, ReplayTarget } from '@concord/storage';
import { CommandError, exitCodes } from '../command-error.ts';

export interface ArchiveFlags {
  readonly archive: string;
  /** 0 where it was not given. */
  readonly 'to-revision': number;
  readonly 'to-time': string;
}

/** RFC 3339: a date, a time, and where on earth. */
const timePattern = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** `undefined` for the snapshot alone. Throws `CommandError`. */
export function archiveReplay(flags: ArchiveFlags): ArchiveReplay | undefined {
  const { archive: path, 'to-revision': revision, 'to-time': time } = flags;
  const hasTarget = revision > 0 || time !== '';
  if (path === '' && hasTarget) throw refused('--to-revision and --to-time need --archive');
  if (path === '') return undefined;
  if (revision > 0 && time !== '')
    throw refused('--to-revision and --to-time cannot be given together');
  return { path, target: targetOf(revision, time) };
}

function targetOf(revision: number, time: string): ReplayTarget {
  if (revision > 0) return { kind: 'revision', revision };
  if (time === '') return { kind: 'end' };
  const timeMs = timePattern.test(time) ? Date.parse(time) : NaN;
  if (Number.isNaN(timeMs)) {
    throw refused(
      `invalid argument "${time}" for "--to-time": expected a time like 2026-11-26T04:20:00Z`,
    );
  }
  return { kind: 'time', timeMs };
}

const refused = (message: string): CommandError =>
  new CommandError(message, exitCodes.badArguments);
