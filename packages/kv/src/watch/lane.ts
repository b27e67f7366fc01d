/**
 * Watchers of one group that read the same slice of history from the same revision on, wanting the same of it:
 * they get the same events, so these are gathered and encoded once.
 */
import type { WatchEvent } from './watch-event.ts';
import type { Watcher } from './watcher.ts';

export class Lane {
  readonly nextRevision: number;
  readonly wants: number;
  readonly watchers: Watcher[] = [];
  readonly events: WatchEvent[] = [];

  constructor({ nextRevision, wants }: Watcher) {
    this.nextRevision = nextRevision;
    this.wants = wants;
  }
}
