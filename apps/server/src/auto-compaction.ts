/**
 * Compacts the history by itself, in etcd's two modes. `periodic` notes the revision ten times a period (an hour's worth
 * at most between two compactions) and compacts to the one of a whole period ago; `revision` keeps the newest N
 * revisions and looks every five minutes. Every member takes notes and only the leader compacts, so that a change of
 * the leader costs nothing.
 *
 * Revisions as such cost nothing but space; what they hold is gone for watchers and readers of the past once compacted.
 */
import type { Compaction } from './config/compaction.ts';

const HOUR_MS = 3_600_000;
/** How often the revision is noted in a period, and how soon a failed compaction is tried again. */
const NOTES_PER_INTERVAL = 10;
/** etcd's. */
const REVISION_INTERVAL_MS = 5 * 60_000;

export interface AutoCompactionWorld {
  now(): number;
  revision(): number;
  isLeader(): boolean;
  /** `done` hears what failed; a revision that is compacted already counts as done. */
  compact(revision: number, done: (failure: string | undefined) => void): void;
  tell(event: 'started' | 'completed' | { readonly failed: string }, revision: number): void;
}

export interface AutoCompaction {
  /** To be called about every second, and at least at every tenth of the period. */
  tick(): void;
}

/** Nothing happens where `compaction` says so. */
export function autoCompaction(compaction: Compaction, world: AutoCompactionWorld): AutoCompaction {
  switch (compaction.kind) {
    case 'off':
      return { tick: () => undefined };
    case 'periodic':
      return new PeriodicCompaction(compaction.retentionMs, world);
    case 'revision':
      return new RevisionCompaction(compaction.retainedRevisions, world);
  }
}

/** One compaction at a time. */
class Compactor {
  readonly #world: AutoCompactionWorld;
  /** The last that was done. */
  revision = 0;
  doneMs: number;
  #isRunning = false;

  constructor(world: AutoCompactionWorld) {
    this.#world = world;
    this.doneMs = world.now();
  }

  get isIdle(): boolean {
    return !this.#isRunning && this.#world.isLeader();
  }

  run(revision: number): void {
    this.#isRunning = true;
    this.#world.tell('started', revision);
    this.#world.compact(revision, (failure) => {
      this.#isRunning = false;
      this.#world.tell(failure === undefined ? 'completed' : { failed: failure }, revision);
      if (failure !== undefined) return;
      this.revision = revision;
      this.doneMs = this.#world.now();
    });
  }
}

class PeriodicCompaction implements AutoCompaction {
  readonly #retentionMs: number;
  readonly #world: AutoCompactionWorld;
  readonly #compactor: Compactor;
  /** Oldest first; the first was taken a period ago once there are enough. */
  readonly #revisions: number[];
  #notedMs: number;

  constructor(retentionMs: number, world: AutoCompactionWorld) {
    this.#retentionMs = retentionMs;
    this.#world = world;
    this.#compactor = new Compactor(world);
    this.#revisions = [world.revision()];
    this.#notedMs = world.now();
  }

  tick(): void {
    const now = this.#world.now();
    const intervalMs = Math.min(this.#retentionMs, HOUR_MS);
    if (now - this.#notedMs < intervalMs / NOTES_PER_INTERVAL) return;
    this.#notedMs = now;
    this.#compact(now, intervalMs);
    this.#revisions.push(this.#world.revision());
    const notesMax = Math.floor((this.#retentionMs / intervalMs) * NOTES_PER_INTERVAL) + 1;
    if (this.#revisions.length > notesMax) this.#revisions.shift();
  }

  #compact(now: number, intervalMs: number): void {
    const [revision = 0] = this.#revisions;
    const { doneMs, revision: last, isIdle } = this.#compactor;
    // The first time there has to be a whole period of notes.
    const waitMs = last === 0 ? this.#retentionMs : intervalMs;
    if (isIdle && now - doneMs >= waitMs && revision !== last) this.#compactor.run(revision);
  }
}

class RevisionCompaction implements AutoCompaction {
  readonly #retained: number;
  readonly #world: AutoCompactionWorld;
  readonly #compactor: Compactor;
  #lookedMs: number;

  constructor(retained: number, world: AutoCompactionWorld) {
    this.#retained = retained;
    this.#world = world;
    this.#compactor = new Compactor(world);
    this.#lookedMs = world.now();
  }

  tick(): void {
    const now = this.#world.now();
    if (now - this.#lookedMs < REVISION_INTERVAL_MS) return;
    this.#lookedMs = now;
    const revision = this.#world.revision() - this.#retained;
    const { revision: last, isIdle } = this.#compactor;
    if (isIdle && revision > 0 && revision !== last) this.#compactor.run(revision);
  }
}
