/**
 * The whole of a cluster taken over by another: copied, followed, and cut over once the source has nothing new.
 *
 *     copy ──► follow ──► drain ──► leases, users ──► verify ──► (the source is still?) ──► over
 *
 * A process that ends anywhere leaves its checkpoint; the next one goes on from there. What has no place in it (leases,
 * users) is done at the end, and is done again.
 */
import type { Change, Client } from '@concord/client';
import { CommandError } from '../../command-error.ts';
import type { Checkpoint } from '../replication/checkpoint.ts';
import { Destination } from '../replication/destination.ts';
import { KeyMap } from '../replication/key-map.ts';
import { Pace } from '../replication/pace.ts';
import { persistently, type Patience } from '../replication/patience.ts';
import { Replication } from '../replication/replication.ts';
import { copyAuth, type AuthCopy } from './auth-copy.ts';
import { attachLeases, detachLeases, type HandedOver } from './lease-handover.ts';
import { isEqual, verify, type Verification } from './verification.ts';

export interface MigrationParts {
  readonly source: Client;
  readonly destination: Client;
  readonly patience: Patience;
  readonly opsMax: number;
  /** Keys a second; 0 is no limit. */
  readonly keysPerSecond: number;
  /** What is at the destination may be replaced. */
  readonly isOverwritten: boolean;
  readonly isAuthCopied: boolean;
  /** Whether it goes on until it is told to cut over. */
  readonly isFollowed: boolean;
  /** Aborts when it is time. */
  readonly cutOver: AbortSignal;
  readonly onProgress: (progress: MigrationProgress) => void;
}

export type MigrationProgress =
  | {
      readonly kind: 'copy' | 'reconcile';
      readonly revision: number;
      readonly written: number;
      readonly total: number;
    }
  | { readonly kind: 'follow'; readonly revision: number; readonly sourceRevision: number }
  | { readonly kind: 'verify'; readonly keys: number; readonly total: number }
  /** The source does not answer; it is waited for. */
  | { readonly kind: 'away'; readonly reason: string }
  | { readonly kind: 'leases' };

export interface MigrationResult {
  readonly revision: number;
  readonly destinationRevision: number;
  /** The source's at the end, where it went on. */
  readonly sourceRevision: number;
  readonly handedOver: HandedOver;
  readonly verification: Verification;
  readonly auth: AuthCopy | undefined;
  /** Whether the source had nothing new by the end. */
  readonly isStill: boolean;
  /** Whether the destination can take the source's place; else the next run goes on. */
  readonly isOver: boolean;
}

/** Concord keeps what it knows for itself below this; a source that is no Concord has nothing there. */
const OWN_PREFIX = Buffer.from('\0concord/');
export const CHECKPOINT_KEY = Buffer.from('\0concord/migration');

const LAG_ASKED_MS = 1000;

export class Migration {
  readonly #parts: MigrationParts;
  readonly #destination: Destination;

  constructor(parts: MigrationParts) {
    this.#parts = parts;
    this.#destination = new Destination(parts.destination, CHECKPOINT_KEY, parts.patience);
  }

  /** Throws `CommandError` for what the operator has to decide. */
  async run(): Promise<MigrationResult> {
    const { source, patience } = this.#parts;
    const status = await persistently(() => source.maintenance.status(), patience);
    const sourceId = status.clusterId.toString(16);
    const keys = await this.#keyMap();
    const checkpoint = await this.#begin(sourceId, keys, status.revision);
    const parts = {
      ...{ source, destination: this.#destination, keys, patience },
      pace: new Pace(this.#parts.keysPerSecond),
      opsMax: this.#parts.opsMax,
      isRevisionWise: false,
    };
    const replication = new Replication(parts, checkpoint, this.#parts.isOverwritten);
    if (checkpoint.phase === 'finish') {
      patience.tell('an earlier cut-over was not finished: taking its leases off again');
      await detachLeases(parts, checkpoint);
      await replication.reconcileAnew();
    }
    await this.#copy(replication);
    if (this.#parts.isFollowed) await this.#follow(replication);
    return this.#finish(replication, keys);
  }

  async #keyMap(): Promise<KeyMap> {
    const { source, patience } = this.#parts;
    const own = { prefix: OWN_PREFIX };
    const count = { countOnly: true } as const;
    const { count: ownKeys } = await persistently(() => source.kv.range(own, count), patience);
    const isOwn = (key: Uint8Array): boolean =>
      Buffer.compare(key.subarray(0, OWN_PREFIX.length), OWN_PREFIX) === 0;
    const isCheckpoint = (key: Uint8Array): boolean => Buffer.compare(key, CHECKPOINT_KEY) === 0;
    const empty = new Uint8Array(0);
    // From Concord to Concord its v2 keys come along.
    const isForeign = ownKeys === 0 ? isOwn : isCheckpoint;
    return new KeyMap({ prefix: empty, destinationPrefix: empty, isForeign });
  }

  async #begin(sourceId: string, keys: KeyMap, revision: number): Promise<Checkpoint> {
    const { patience, isOverwritten } = this.#parts;
    const found = await this.#destination.load();
    if (found !== undefined) {
      if (found.source !== sourceId) {
        throw new CommandError(
          `the destination has the checkpoint of a migration from cluster ${found.source}, and --from is ${sourceId}: ` +
            'finish that one, or begin with an empty destination',
        );
      }
      patience.tell(`going on from ${found.phase}, source revision ${found.revision}`);
      return found;
    }
    const others = await this.#keysThere();
    if (others > 0 && !isOverwritten) {
      throw new CommandError(
        `the destination is not empty: it has ${others} keys. Give --overwrite to make it equal to the source, ` +
          'which deletes what the source does not have',
      );
    }
    const phase = others > 0 ? 'reconcile' : 'copy';
    const start = { source: sourceId, phase, revision, copiedTo: '', written: 0 } as const;
    const checkpoint = { ...start, subject: keys.subject };
    await this.#destination.commit([], checkpoint);
    await this.#assertApart();
    return checkpoint;
  }

  /** Ids do not tell clusters apart: two that were founded by the same flags have the same. What is written does. */
  async #assertApart(): Promise<void> {
    const { source, destination, patience } = this.#parts;
    const [theirs, ours] = await Promise.all(
      [source, destination].map((client) =>
        persistently(() => client.kv.get(CHECKPOINT_KEY), patience),
      ),
    );
    if (ours === undefined || theirs?.text !== ours.text) return;
    await this.#destination.forget();
    throw new CommandError(
      '--from and --endpoints lead to the same cluster: name the old one by --from',
    );
  }

  async #keysAtSource(): Promise<number> {
    const { source, patience } = this.#parts;
    const count = { countOnly: true } as const;
    return (await persistently(() => source.kv.range({ from: '' }, count), patience)).count;
  }

  async #keysThere(): Promise<number> {
    const { destination, patience } = this.#parts;
    const count = async (range: { from: string } | { prefix: Uint8Array }): Promise<number> =>
      (await persistently(() => destination.kv.range(range, { countOnly: true }), patience)).count;
    return (await count({ from: '' })) - (await count({ prefix: OWN_PREFIX }));
  }

  async #copy(replication: Replication): Promise<void> {
    const { onProgress } = this.#parts;
    const total = await this.#keysAtSource();
    const timer = setInterval(() => {
      const { phase, revision, written } = replication.state;
      if (phase === 'copy' || phase === 'reconcile') {
        onProgress({ kind: phase, revision, written, total });
      }
    }, LAG_ASKED_MS);
    try {
      await replication.copy();
    } finally {
      clearInterval(timer);
    }
  }

  async #follow(replication: Replication): Promise<void> {
    const { patience, cutOver } = this.#parts;
    const stop = AbortSignal.any([patience.signal, cutOver]);
    const lag = this.#tellLag(replication);
    try {
      await replication.follow(stop);
    } finally {
      clearInterval(lag);
    }
    patience.signal.throwIfAborted();
    patience.tell('cutting over; another interrupt ends it as it is, and the next run goes on');
  }

  #tellLag(replication: Replication): NodeJS.Timeout {
    const { source, onProgress } = this.#parts;
    return setInterval(() => {
      source.maintenance.status().then(
        (status) => {
          const { revision } = replication.state;
          const sourceRevision = Math.max(revision, status.revision);
          onProgress({ kind: 'follow', revision, sourceRevision });
        },
        (error: unknown) => onProgress({ kind: 'away', reason: (error as Error).message }),
      );
    }, LAG_ASKED_MS);
  }

  async #finish(replication: Replication, keys: KeyMap): Promise<MigrationResult> {
    const { source, destination, patience, isAuthCopied, onProgress } = this.#parts;
    const auth = isAuthCopied ? await copyAuth(source, destination, patience) : undefined;
    await this.#drain(replication);
    await replication.enter('finish');
    onProgress({ kind: 'leases' });
    const { revision } = replication.state;
    const checkpoint = this.#destination.checkpoint as Checkpoint;
    const handover = {
      source,
      destination: this.#destination,
      keys,
      patience,
      opsMax: this.#parts.opsMax,
    };
    const handedOver = await attachLeases(handover, revision, checkpoint);
    const total = await this.#keysAtSource();
    const verification = await verify(
      {
        ...{ source, destination, keys, patience, endsAtMs: handedOver.endsAtMs },
        onProgress: (count) => onProgress({ kind: 'verify', keys: count, total }),
      },
      revision,
    );
    const sourceRevision = await replication.sourceRevision();
    const { revision: destinationRevision } = await persistently(
      () => destination.maintenance.status(),
      patience,
    );
    const isStill = await this.#isStill(revision, sourceRevision);
    const isOver = isEqual(verification) && (isStill || !this.#parts.isFollowed);
    if (isOver) await this.#destination.forget();
    return {
      ...{ revision, destinationRevision, sourceRevision },
      ...{ handedOver, verification, auth, isStill, isOver },
    };
  }

  async #drain(replication: Replication): Promise<void> {
    const target = await replication.sourceRevision();
    await replication.follow(
      this.#parts.patience.signal,
      () => replication.state.revision >= target,
    );
    this.#parts.patience.signal.throwIfAborted();
  }

  /** Whether nothing has changed at the source since, but for keys whose leases have ended: they end here too. */
  async #isStill(revision: number, sourceRevision: number): Promise<boolean> {
    if (sourceRevision <= revision) return true;
    const range = { from: '' };
    await using watch = this.#parts.source.watch(range, { from: revision + 1, previous: true });
    for await (const batch of watch) {
      // Each revision has changes; what else a server tells of its progress is not waited for.
      if (batch.type !== 'changes') continue;
      const isByLease = ({ kind, previous }: Change): boolean =>
        kind === 'delete' && previous !== undefined && previous.lease !== 0n;
      if (!batch.changes.every(isByLease)) return false;
      if (batch.revision >= sourceRevision) return true;
    }
    return false;
  }
}
