/** What a serving member does for its store by itself: compacts the history, and takes back the alarm NOSPACE. */
import { BY_MEMBER, encodeCommand, type Command, type Replica, type Settle } from '@concord/kv';
import { AlarmRequest_AlarmAction as AlarmAction, AlarmType, etcdErrors } from '@concord/protocol';
import type { LmdbStore } from '@concord/storage';
import {
  autoCompaction,
  type AutoCompaction,
  type AutoCompactionWorld,
} from './auto-compaction.ts';
import type { Compaction } from './config/compaction.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import { SpaceWatch } from './space-watch.ts';

/** The shortest period that is kept on time is ten times as long. */
const TICK_MS = 100;

export interface UpkeepOptions {
  readonly replica: Replica;
  readonly store: LmdbStore;
  readonly identity: Identity;
  readonly log: Log;
  readonly compaction: Compaction;
  readonly quotaBytes: number;
}

export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #compaction: AutoCompaction;
  readonly #space: SpaceWatch;
  readonly #ticker: NodeJS.Timeout;

  constructor(options: UpkeepOptions) {
    const { replica, store, identity, compaction, quotaBytes } = options;
    this.#options = options;
    this.#compaction = autoCompaction(compaction, this.#compactionWorld());
    this.#space = new SpaceWatch({
      quotaBytes,
      usedBytes: () => store.size().usedBytes,
      isRaised: () => replica.machine.alarms.isRaisedBy(identity.memberId, AlarmType.NOSPACE),
      disarm: (done) => this.#disarm(done),
    });
    this.#ticker = setInterval(() => {
      this.#compaction.tick();
      this.#space.tick();
    }, TICK_MS);
  }

  /** This member has raised the alarm NOSPACE. */
  noSpaceRaised(): void {
    this.#space.raised();
  }

  stop(): void {
    clearInterval(this.#ticker);
  }

  #compactionWorld(): AutoCompactionWorld {
    const { replica, log } = this.#options;
    return {
      now: () => performance.now(),
      revision: () => replica.machine.revision,
      isLeader: () => replica.isLeader,
      compact: (revision, done) => {
        this.#propose({ kind: 'compact', request: { revision, physical: false } }, (failure) =>
          done(failure === etcdErrors.ErrCompacted.message ? undefined : failure),
        );
      },
      tell: (event, revision) => {
        if (event === 'started') log.info({ revision }, 'starting auto compaction');
        else if (event === 'completed') log.info({ revision }, 'completed auto compaction');
        else
          log.warn({ revision, error: event.failed }, 'failed auto compaction: trying again later');
      },
    };
  }

  #disarm(done: (isDisarmed: boolean) => void): void {
    const { identity, log, quotaBytes } = this.#options;
    log.warn({ quotaBytes }, 'there is room in the store again: disarming the alarm NOSPACE');
    const { memberId: memberID } = identity;
    const request = { action: AlarmAction.DEACTIVATE, memberID, alarm: AlarmType.NOSPACE };
    this.#propose({ kind: 'alarm', request }, (failure) => done(failure === undefined));
  }

  #propose(command: Command, done: (failure: string | undefined) => void): void {
    const settle: Settle = (outcome) => done('code' in outcome ? outcome.message : undefined);
    // Nobody has to allow it.
    this.#options.replica.propose(command, encodeCommand(command), settle, BY_MEMBER);
  }
}
