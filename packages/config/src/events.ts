/** What a `Configuration` tells of what happens in the background. */
import type { ConcordError } from '@concord/client';
import type { Issue } from './item/issue.ts';
import type { ConfigSource } from './live/update.ts';

export interface ConfigEvents {
  /** A release, or other content, became current here. */
  readonly applied: AppliedEvent;
  /** Content was refused by its format, its schema or the apply hook; the value of before stays. */
  readonly rejected: RejectedEvent;
  /** An item is gone whose definition says `onDelete: 'fail'`. */
  readonly deleted: { readonly item: string; readonly error: ConcordError };
  /** A handler of a live value threw, rejected, or used up its time. */
  readonly handlerFailed: { readonly item: string; readonly error: unknown };
  /** Something beside the values failed; they go on without. */
  readonly failed: {
    readonly what: 'snapshot' | 'override' | 'acknowledgement' | 'schema' | 'read';
    readonly error: unknown;
  };
}

export interface AppliedEvent {
  /** The path, with the namespace where that is not `default`. */
  readonly item: string;
  readonly release: number;
  readonly track: string;
  /** Of the cluster, as of which it was applied. */
  readonly revision: number;
  readonly source: ConfigSource;
}

export interface RejectedEvent {
  readonly item: string;
  readonly release: number;
  readonly track: string;
  readonly error: ConcordError;
  readonly issues: readonly Issue[];
}
