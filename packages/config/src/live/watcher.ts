/**
 * One live value and what is around it: the feed of the cluster, the loop that applies, and those who are told:
 * events, telemetry, acknowledgements, the snapshot.
 */
import { ConcordError } from '@concord/client';
import type { SnapshotItem } from '../disk/snapshot-file.ts';
import type { Acknowledgement } from '../feedback/convergence.ts';
import { issuesText } from '../item/issue.ts';
import type { Item } from '../item/item.ts';
import type { Position } from '../layers/resolve.ts';
import { decodeRecord } from '../release/record.ts';
import { isSealed } from '../secret/sealed.ts';
import type { Surroundings } from '../surroundings.ts';
import { changesBetween, touches } from '../value/changes.ts';
import type { StoredItem, StoredText } from './cut.ts';
import { Feed } from './feed.ts';
import { LiveValue, restartFields, sourceOf } from './live-value.ts';
import type { SettledMember } from './settle.ts';
import {
  newest,
  ValueLoop,
  type Accepted,
  type LoopListener,
  type LoopSettings,
  type Rejected,
} from './value-loop.ts';

export class Watcher<T> implements LoopListener {
  readonly live: LiveValue<T>;
  readonly #settings: LoopSettings;
  readonly #around: Surroundings;
  readonly #feed: Feed;
  readonly #loop: ValueLoop;
  readonly #onClose: () => void;
  /** The value that the process began with, whose fixed fields it still uses. */
  #first: Accepted | undefined;
  #isOpen = false;

  constructor(settings: LoopSettings, around: Surroundings, onClose: () => void) {
    this.#settings = settings;
    this.#around = around;
    this.#onClose = onClose;
    this.#loop = new ValueLoop(settings, this);
    this.#feed = new Feed(around.client, settings.items, {
      cut: (cut) => this.#loop.offer(cut),
      delayed: (error) => around.events.emit('failed', { what: 'read', error }),
    });
    this.live = new LiveValue<T>(settings, this.#loop, {
      staleMs: () => this.#feed.staleMs,
      handlerFailed: (error) => this.#handlerFailed(error),
      close: () => this.close(),
    });
  }

  /**
   * The first value: from the cluster, else from the snapshot, else from what is local.
   *
   * @throws ConcordError `CONFIG_MISSING`, `CONFIG_INVALID`, or what the cluster could not be reached with
   */
  async start(options: {
    signal?: AbortSignal | undefined;
    timeout: number;
  }): Promise<LiveValue<T>> {
    try {
      await this.#begin(options);
      this.#feed.follow();
    } catch (error) {
      await this.close();
      throw error;
    }
    this.#isOpen = true;
    for (const item of this.#settings.items) this.#around.publisher?.declare(item);
    return this.live;
  }

  async #begin(options: { signal?: AbortSignal | undefined; timeout: number }): Promise<void> {
    let failure: ConcordError | undefined;
    try {
      failure = await this.#loop.start(await this.#feed.start(options));
    } catch (error) {
      if (!ConcordError.is(error, 'UNAVAILABLE') && !ConcordError.is(error, 'DEADLINE'))
        throw error;
      failure = error;
    }
    options.signal?.throwIfAborted();
    // That there is no such item is an answer; what was kept of it is of the past.
    if (failure?.code === 'CONFIG_MISSING') throw failure;
    if (failure === undefined) return;
    const { items } = this.#settings;
    const kept = this.#around.store?.cutOf(items.map(storeName), Date.now());
    const nothing = {
      states: items.map(() => ({})),
      revision: 0,
      source: 'none',
      at: Date.now(),
    } as const;
    for (const cut of [kept, nothing]) {
      if (cut !== undefined && (await this.#loop.start(cut)) === undefined) {
        const { logger } = this.#around;
        logger.warn(`config: ${this.#settings.name} starts without the cluster`, {
          source: cut.source,
          error: failure.message,
        });
        return;
      }
    }
    throw failure;
  }

  /** Looks again: something local has changed. */
  again(): void {
    this.#loop.again();
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#onClose();
    this.#loop.close(
      new ConcordError('CLOSED', { operation: 'config', problem: 'the live value is closed' }),
    );
    for (const { address } of this.#settings.items) {
      this.#around.acknowledger?.set(address, this, undefined);
    }
    await this.#feed[Symbol.asyncDispose]();
  }

  accepted(accepted: Accepted, previous: Accepted | undefined, isNew: boolean): void {
    this.#first ??= accepted;
    const source = sourceOf(accepted);
    const { telemetry, events } = this.#around;
    for (const [index, member] of accepted.members.entries()) {
      const { name } = this.#settings.items[index]!;
      const { release, track } = member;
      const before = previous?.members[index];
      if (!isNew && before?.release === release && before.track === track) continue;
      telemetry.release(name, track, 'applied');
      events.emit('applied', {
        item: name,
        release,
        track,
        revision: accepted.cut.revision,
        source,
      });
    }
    if (accepted.cut.source !== 'live') return;
    this.#acknowledge(accepted.members, (index) => {
      const restartRequired = this.#waiting(index, accepted);
      const member = accepted.members[index]!;
      return {
        state: 'applied',
        ...(member.state === 'valid' ? { layer: member.top } : {}),
        ...(restartRequired.length === 0 ? {} : { restartRequired }),
      };
    });
    this.#keep(accepted);
  }

  deliver(accepted: Accepted, previous: Accepted, signal: AbortSignal): Promise<void> {
    return this.live.deliver(accepted, previous, signal);
  }

  rejected({ cut, positions, invalid, issues, error }: Rejected): void {
    const { telemetry, events, logger } = this.#around;
    const { release, track } = newest(positions);
    for (const { index } of invalid.length > 0
      ? invalid
      : positions.map((_, index) => ({ index }))) {
      telemetry.release(this.#settings.items[index]!.name, positions[index]!.track, 'rejected');
    }
    logger.error(error.message);
    events.emit('rejected', { item: this.#settings.name, release, track, error, issues });
    if (cut.source !== 'live') return;
    this.#acknowledge(positions, (index) => {
      const own = invalid.find((member) => member.index === index);
      const isSecret = positions[index]!.isSecret;
      const text = own === undefined ? undefined : issuesText(own.issues, isSecret);
      // One that is valid itself is not applied either: the members of a bundle move together.
      const others = invalid.map((member) => this.#settings.items[member.index]!.name).join(', ');
      const rest = others === '' ? issuesText(issues, isSecret) : `rejected with ${others}`;
      return { state: 'rejected', error: text ?? rest };
    });
  }

  gone(error: ConcordError): void {
    if (!this.#isOpen) return;
    this.#around.logger.error(error.message);
    this.#around.events.emit('deleted', { item: this.#settings.name, error });
  }

  unexpected(error: unknown): void {
    this.#around.logger.error(`config: ${this.#settings.name} could not be looked at`, { error });
    this.#around.events.emit('failed', { what: 'read', error });
  }

  traced<R>(members: readonly SettledMember[], work: () => Promise<R>): Promise<R> {
    const { release, track } = newest(members);
    return this.#around.telemetry.apply(this.#settings.name, release, track, work);
  }

  #acknowledge(
    positions: readonly Position[],
    outcome: (
      index: number,
    ) => Pick<Acknowledgement, 'state' | 'error' | 'layer' | 'restartRequired'>,
  ): void {
    const { acknowledger, identity } = this.#around;
    const { app } = identity;
    for (const [index, { release, track, revision }] of positions.entries()) {
      acknowledger?.set(this.#settings.items[index]!.address, this, {
        release,
        track,
        revision,
        ...outcome(index),
        id: identity.id,
        at: new Date().toISOString(),
        ...(app === undefined ? {} : { app }),
      });
    }
  }

  /** Fields of the item that have changed since the process began, and that only a restart can bring in. */
  #waiting(index: number, { value }: Accepted): readonly string[] {
    const item = this.#settings.items[index]!;
    if (item.definition.restartRequired.length === 0) return [];
    const changed = changesBetween(this.#first?.value, value);
    const name = this.#settings.bundle?.[index];
    const isOwn = (field: string): boolean => name === undefined || field.startsWith(`${name}.`);
    return restartFields(this.#settings)
      .filter((field) => isOwn(field) && changed.some(({ path }) => touches(path, field)))
      .map((field) => (name === undefined ? field : field.slice(name.length + 1)));
  }

  #keep({ cut, members }: Accepted): void {
    const { store } = this.#around;
    if (store === undefined) return;
    const { items } = this.#settings;
    const isKept = items.every((item, index) => isKeepable(members[index]!, cut.states[index]!));
    if (!isKept) return;
    const at = new Date(cut.at).toISOString();
    const states: SnapshotItem[] = cut.states.map((state) => ({
      ...state,
      revision: cut.revision,
      at,
    }));
    store.save(items.map(storeName), states);
  }

  #handlerFailed(error: unknown): void {
    const item = this.#settings.name;
    const isSecret = this.live.isSecret;
    this.#around.logger.error(`config: a handler of ${item} failed`, isSecret ? {} : { error });
    this.#around.events.emit('handlerFailed', { item, error });
  }
}

/** The item's name in a snapshot. */
export const storeName = ({ address }: Item): string => `${address.namespace}/${address.path}`;

/** A secret goes to the disk sealed or not at all. */
function isKeepable(member: SettledMember, { item, plain, inherited }: StoredItem): boolean {
  if (!member.isSecret) return true;
  return plain === undefined && isAllSealed(item) && isAllSealed(inherited);
}

function isAllSealed(stored: StoredText | undefined): boolean {
  const record = stored === undefined ? undefined : decodeRecord(stored.text);
  if (record === undefined) return true;
  return [record, ...(record.gray ?? [])].every(({ content }) => isSealed(content));
}
