/** What `--auto-compaction-mode` and `--auto-compaction-retention` say together. */
import { FlagError } from './flag-error.ts';
import { parseDurationMs } from './flag.ts';

export const COMPACTION_MODES = ['periodic', 'revision'] as const;
export type CompactionMode = (typeof COMPACTION_MODES)[number];

export type Compaction =
  | { readonly kind: 'off' }
  | { readonly kind: 'periodic'; readonly retentionMs: number }
  | { readonly kind: 'revision'; readonly retainedRevisions: number };

/**
 * An hour, where etcd retains all: a history that nobody bounds ends in a full store. At 500 writes of 300 bytes a second
 * an hour is half of the default quota; a client that was away for longer reads the state anew.
 */
export const COMPACTION_RETENTION_DEFAULT = '1h';

const HOUR_MS = 3_600_000;

/**
 * A plain number is hours or revisions, by the mode; `periodic` also takes a length of time. Nothing is kept longer by 0:
 * as in etcd it means never to compact. Throws a `FlagError`.
 */
export function parseCompaction(mode: CompactionMode, retention: string): Compaction {
  const isCount = /^\+?\d+$/.test(retention);
  if (mode === 'revision') {
    if (!isCount) {
      throw new FlagError(
        'error parsing CompactionRetention: expected a number of revisions such as 1000; ' +
          'a length of time needs --auto-compaction-mode=periodic',
      );
    }
    const retainedRevisions = Number(retention);
    return retainedRevisions === 0 ? { kind: 'off' } : { kind: 'revision', retainedRevisions };
  }
  const retentionMs = isCount ? Number(retention) * HOUR_MS : durationOf(retention);
  return retentionMs === 0 ? { kind: 'off' } : { kind: 'periodic', retentionMs };
}

function durationOf(retention: string): number {
  try {
    return parseDurationMs(retention);
  } catch {
    throw new FlagError(
      'error parsing CompactionRetention: expected hours such as 1, or a length of time such as 30m',
    );
  }
}
