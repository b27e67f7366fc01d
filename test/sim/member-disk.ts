/**
 * What a member owns that outlives it: the disk with its log, and the store. Both do what their likes may do in a
 * crash, and the disk stalls and fails when it is told to.
 */
import { deepEqual, ok } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { readApplied, type RecoveredState } from '@concord/kv';
import type { HardState, LogPosition } from '@concord/raft';
import {
  createWal,
  hasWal,
  openWal,
  readSnapshotPosition,
  type Wal,
  type WalIdentity,
  type WalOptions,
} from '@concord/storage';
import { SimulatedDisk, randomCrash, type Random } from '@concord/testing';
import type { Incarnation } from './incarnation.ts';
import type { LogWitness } from './log-witness.ts';
import { SimulatedStore, type StoreContent } from './store.ts';
import type { SimulatedWorld } from './world.ts';

const WAL_DIRECTORY = '/member/wal';
/** A step of the disk that takes longer than this disturbs whoever counts on punctuality. */
const SLOW_STEP_MS = 50;

export type Death = 'power-cut' | 'process-kill' | 'disk-failure' | 'stopped' | 'removed';

/** What the simulated disk fails with. */
export class InjectedError extends Error {
  readonly code = 'EIO';
}

export interface MemberDiskOwner {
  readonly identity: WalIdentity;
  readonly witness: LogWitness;
  /** The life that uses the disk now. */
  readonly life: Incarnation;
  die(death: Death): void;
}

export class MemberDisk {
  readonly store: SimulatedStore;
  /** A snapshot is taking the place of log and store. */
  isInstalling = false;
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #owner: MemberDiskOwner;
  #disk: SimulatedDisk;
  /** A whole snapshot that waits for its installation. */
  #next: { readonly name: string; readonly content: StoreContent } | undefined;
  #failsNextSync = false;
  #isStalled = false;

  constructor(world: SimulatedWorld, owner: MemberDiskOwner) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#owner = owner;
    this.#disk = new SimulatedDisk(this.#diskOptions());
    this.store = new SimulatedStore((step) => {
      owner.life.later(this.#random.between(...world.temper.storeMs), 'store', step);
    });
  }

  /** Opens the log, or begins it. Throws `InjectedError` where the disk was told to fail. */
  recover(): RecoveredState & { readonly wal: Wal } {
    const { witness } = this.#owner;
    const options = this.#walOptions();
    this.#endInstallation(options);
    const applied = readApplied(this.store).position;
    if (!hasWal(this.#disk, WAL_DIRECTORY)) {
      const wal = createWal(options, applied);
      witness.recovered(applied, [], initialHardState);
      return { wal, base: applied, entries: [], hardState: initialHardState };
    }
    const { logEntriesKept } = this.#world.temper;
    const opened = openWal({ ...options, applied, entriesKept: logEntriesKept });
    const { base, entries, hardState } = opened;
    witness.recovered(applied, entries, hardState);
    witness.connects(applied, base);
    return opened;
  }

  /** A snapshot was fetched whole: it waits, durable, until it is installed or another comes. */
  takeIn(name: string, content: StoreContent): void {
    ok(!this.isInstalling, 'a snapshot is taken in while another is installed');
    this.#next = { name, content };
  }

  /**
   * What was fetched takes the place of log and store, in the steps of production: the log begins anew behind it,
   * which decides, and some time after that the store is exchanged.
   */
  install(position: LogPosition, name: string, installed: () => void): void {
    const { life, witness } = this.#owner;
    const next = this.#next;
    ok(next?.name === name, `${name} is to be installed, ${next?.name ?? 'nothing'} was fetched`);
    deepEqual(positionOf(next.content), position, 'a snapshot holds what its message says');
    this.isInstalling = true;
    witness.resets(position);
    life.wal.reset(position, () => {
      if (life.isDead) return;
      witness.durable();
      this.store.beginReplacement();
      life.later(this.#random.between(...this.#world.temper.snapshotMs), 'install', () => {
        this.#exchange(next.content);
        installed();
      });
    });
  }

  #exchange(content: StoreContent): void {
    this.isInstalling = false;
    this.#next = undefined;
    this.store.replace(content);
  }

  /** Ends what a crash has interrupted: the log says which of two stores counts. */
  #endInstallation(options: WalOptions): void {
    const next = this.#next;
    const begun = next && readSnapshotPosition(options);
    // One that came a second time, after the first was installed, is at the position where the log begins too.
    const isBehind = (at: LogPosition): boolean =>
      readApplied(this.store).position.index < at.index;
    const isDecided =
      next !== undefined && isDeepStrictEqual(begun, positionOf(next.content)) && isBehind(begun!);
    if (isDecided) {
      this.#exchange(next.content);
      this.#world.count('installation ended after a crash');
    }
    this.#next = undefined;
    this.isInstalling = false;
  }

  /**
   * Only a power cut takes the page cache with it. After a failed sync the pages that could not be written stay in it
   * too, readable and clean: the next process reads what the disk does not hold.
   */
  crash(death: Death): void {
    const random = (): number => this.#random.next();
    this.#disk =
      death === 'power-cut'
        ? this.#disk.afterCrash(randomCrash(random), this.#diskOptions())
        : this.#disk.afterKill(this.#diskOptions());
    this.store.crash(this.#random);
  }

  /** The disk takes its time for a while. */
  stall(durationMs: number): void {
    const calm = this.#world.disturb();
    this.#isStalled = true;
    this.#world.queue.schedule(durationMs, 'disk is back', () => {
      this.#isStalled = false;
      calm();
    });
  }

  /** The next sync of any file fails, and takes what it should have saved with it. */
  failNextSync(): void {
    this.#failsNextSync = true;
  }

  #walOptions(): WalOptions {
    return {
      directory: WAL_DIRECTORY,
      fileSystem: this.#disk,
      identity: this.#owner.identity,
      segmentBytes: this.#world.temper.segmentBytes,
      onFailure: () => this.#owner.die('disk-failure'),
    };
  }

  #diskOptions(): ConstructorParameters<typeof SimulatedDisk>[0] {
    return {
      interfere: (operation) => {
        if (operation !== 'sync' || !this.#failsNextSync || this.#owner.life.isDead)
          return undefined;
        this.#failsNextSync = false;
        this.#world.count('sync failed');
        return new InjectedError('EIO: i/o error, fdatasync');
      },
      onPending: () => this.#scheduleStep(),
    };
  }

  #scheduleStep(): void {
    const disk = this.#disk;
    this.#owner.life.later(this.#stepMs(), 'disk', () => {
      if (disk === this.#disk) disk.step(this.#random.integer(0, disk.pending - 1));
    });
  }

  #stepMs(): number {
    const { temper } = this.#world;
    const isSlow = this.#isStalled || this.#random.chance(temper.diskStallProbability);
    if (!isSlow) return this.#random.between(...temper.diskMs);
    const delayMs = this.#random.between(0, temper.diskStallMsMax);
    if (delayMs > SLOW_STEP_MS) {
      this.#world.queue.schedule(delayMs, 'slow step done', this.#world.disturb());
    }
    return delayMs;
  }
}

const initialHardState: HardState = { term: 0, votedFor: 0n, commit: 0 };

const positionOf = (content: StoreContent): LogPosition =>
  readApplied({ get: (table, key) => content.get(table)?.get(key) }).position;
