/**
 * One watch of one stream: which changes it wants, and how far it has been served.
 *
 * Places of a watcher, each change of place made by `WatchHub` alone:
 *
 *   synced   live changes reach it; it has everything up to the hub's revision
 *   queued   it needs history from `nextRevision` on and waits for a slice of it
 *   stalled  it needs history, but its stream takes nothing at the moment
 *   gone     canceled; nothing reaches it any more
 */
import type { KeyRange } from '@concord/protocol';
import type { WatchStream } from './watch-stream.ts';
import type { WatcherGroup } from './watcher-group.ts';

/** What a watcher wants of an event, as bits, so that watchers that want the same share one response. */
export const WITHOUT_PUTS = 1;
export const WITHOUT_DELETES = 2;
export const WITH_PREVIOUS = 4;

export type WatcherPlace = 'synced' | 'queued' | 'stalled' | 'gone';

export interface WatcherOptions {
  /** Non-zero ids are the client's; any 64-bit integer, 0 included, is an id like others. */
  readonly id: bigint;
  readonly range: KeyRange;
  readonly startRevision: number;
  /** Bits of `WITHOUT_PUTS`, `WITHOUT_DELETES`, `WITH_PREVIOUS`. */
  readonly wants: number;
  readonly hasFragments: boolean;
  readonly notifiesProgress: boolean;
}

export class Watcher {
  readonly stream: WatchStream;
  readonly id: bigint;
  /** The id as it stands in a response; the same array for the same small id. */
  readonly idField: Uint8Array;
  readonly range: KeyRange;
  readonly wants: number;
  readonly hasFragments: boolean;
  readonly notifiesProgress: boolean;
  /** As asked for; 0 for "from now on". */
  readonly startRevision: number;
  /**
   * Invariant: every matching change below this revision that the watcher asked for has been written to its
   * stream, and none from it on; a synced watcher is past it by whatever it has been served live.
   */
  nextRevision: number;
  place: WatcherPlace = 'gone';
  group: WatcherGroup | undefined = undefined;
  /** Where it stands in `group.watchers`. */
  groupSlot = 0;
  /** Events were written since progress was last due, so that there is no need to say more. */
  isActive = false;

  constructor(stream: WatchStream, options: WatcherOptions, idField: Uint8Array) {
    this.stream = stream;
    this.id = options.id;
    this.idField = idField;
    this.range = options.range;
    this.wants = options.wants;
    this.hasFragments = options.hasFragments;
    this.notifiesProgress = options.notifiesProgress;
    this.startRevision = options.startRevision;
    this.nextRevision = options.startRevision;
  }
}

/** Whether the filters in `wants` let a change through. */
export function isWanted(wants: number, kind: 'put' | 'delete'): boolean {
  return (wants & (kind === 'put' ? WITHOUT_PUTS : WITHOUT_DELETES)) === 0;
}
