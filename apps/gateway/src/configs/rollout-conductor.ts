/**
 * Carries rollouts out. One gateway at a time does, found by an election; what it knows lies in the cluster, so that the next
 * one goes on where it stopped.
 *
 * Invariant: a step is written down only by who found it as it was, so that a conductor that has lost its term and does not
 * know yet changes nothing.
 */
import { ConcordError, type Client } from '@concord/client';
import type { Configuration, RolloutOutcome } from '@concord/config';
import {
  decodeHistoryEntry,
  historyKey,
  itemKey,
  decodeRecord,
  type ItemAddress,
} from '@concord/config/records';
import type { Elections } from '@concord/lock';
import type { Log } from '../log.ts';
import { targetOf } from './release-desk.ts';
import { decodeRollout, rolloutAddress, ROLLOUTS, type RolloutRecord } from './rollout-record.ts';
import type { RolloutStore } from './rollout-store.ts';

const ELECTION = '/concord/gateway/rollouts';

interface Performance {
  readonly revision: number;
  readonly end: AbortController;
}

export class RolloutConductor implements AsyncDisposable {
  readonly #client: Client;
  readonly #config: Configuration;
  readonly #store: RolloutStore;
  readonly #log: Log;
  readonly #candidacy: AsyncDisposable;
  readonly #performing = new Map<string, Performance>();

  constructor(
    client: Client,
    elections: Elections,
    config: Configuration,
    store: RolloutStore,
    log: Log,
    name: string,
  ) {
    this.#client = client;
    this.#config = config;
    this.#store = store;
    this.#log = log;
    this.#candidacy = elections.lead(ELECTION, ({ signal }) => this.#conduct(signal), {
      value: name,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#candidacy[Symbol.asyncDispose]();
  }

  /** Performs every rollout that runs, until `signal` aborts. */
  async #conduct(signal: AbortSignal): Promise<void> {
    await using rollouts = this.#client.mirror({ prefix: ROLLOUTS });
    const look = (): void => {
      for (const entry of rollouts.entries.values()) {
        this.#consider(entry.key, decodeRollout(entry.text), entry.modRevision, signal);
      }
      for (const [key, { end }] of this.#performing) if (!rollouts.entries.has(key)) end.abort();
    };
    rollouts.onBatch(look);
    await rollouts.ready({ signal });
    look();
    await new Promise<void>((resolve) =>
      signal.aborted
        ? resolve()
        : signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    for (const { end } of this.#performing.values()) end.abort();
  }

  #consider(
    key: string,
    record: RolloutRecord | undefined,
    revision: number,
    signal: AbortSignal,
  ): void {
    const address = rolloutAddress(key);
    const known = this.#performing.get(key);
    if (known !== undefined && known.revision >= revision) return;
    known?.end.abort();
    if (record?.state !== 'running' || address === undefined || signal.aborted) return;
    this.#begin(key, address, record, revision, signal);
  }

  #begin(
    key: string,
    address: ItemAddress,
    record: RolloutRecord,
    revision: number,
    signal: AbortSignal,
  ): void {
    const performance: Performance = { revision, end: new AbortController() };
    this.#performing.set(key, performance);
    const until = AbortSignal.any([signal, performance.end.signal]);
    void this.#perform(key, address, record, revision, until).finally(() => {
      if (this.#performing.get(key)?.end === performance.end) this.#performing.delete(key);
    });
  }

  async #perform(
    key: string,
    address: ItemAddress,
    record: RolloutRecord,
    revision: number,
    signal: AbortSignal,
  ): Promise<void> {
    let [now, at] = [record, revision];
    const write = async (next: RolloutRecord): Promise<void> => {
      const written = await this.#store.write(address, at, next);
      if (written === undefined) return this.#performing.get(key)?.end.abort();
      [now, at] = [next, written];
      const performance = this.#performing.get(key);
      // Its own words are no reason to begin anew.
      if (performance !== undefined)
        this.#performing.set(key, { ...performance, revision: written });
    };
    try {
      const outcome = await this.#rollOut(address, record, signal, (step) =>
        write({ ...now, step }),
      );
      const next = await this.#after(address, now, outcome);
      if (!signal.aborted || outcome.state === 'completed') await write(next);
    } catch (error) {
      if (signal.aborted || (ConcordError.is(error) && error.code === 'ABORTED')) return;
      this.#log.warn({ err: error, item: address.path }, 'a rollout could not go on');
      const problem = error instanceof Error ? error.message : String(error);
      await write({ ...now, state: 'halted', reason: 'failed', problem }).catch(() => undefined);
    }
  }

  #rollOut(
    address: ItemAddress,
    record: RolloutRecord,
    signal: AbortSignal,
    onStep: (step: number) => Promise<void>,
  ): Promise<RolloutOutcome> {
    const { name, steps, step, release, holdMs, advance, by, comment, onHalt } = record;
    return this.#config.rollout(targetOf(address), undefined, {
      name,
      steps,
      hold: holdMs,
      haltWhen: {
        rejectedOver: record.rejectedOver,
        unackedAfter: record.unackedAfterMs,
        // Asked when a step is done: where somebody has to say so, it is not done yet.
        ...(advance === 'manual' && { probe: () => false }),
      },
      onHalt: advance === 'manual' ? 'pause' : onHalt,
      resume: { step, release },
      onStep,
      by,
      comment,
      signal,
    });
  }

  async #after(
    address: ItemAddress,
    record: RolloutRecord,
    outcome: RolloutOutcome,
  ): Promise<RolloutRecord> {
    if (outcome.state === 'completed') {
      return { ...record, state: 'completed', completedAs: outcome.release.release };
    }
    const { reason, step, isReverted } = outcome;
    if (reason === 'probe') return { ...record, step, state: 'waiting' };
    if (reason === 'superseded') {
      const completedAs = await this.#promotion(address, record);
      if (completedAs !== undefined) return { ...record, state: 'completed', completedAs };
    }
    if (record.advance === 'manual' && record.onHalt === 'revert' && reason !== 'superseded') {
      await this.#config.abandon(targetOf(address), record.name, { by: record.by });
      return { ...record, step, state: 'halted', reason, isReverted: true };
    }
    return { ...record, step, state: 'halted', reason, ...(isReverted && { isReverted }) };
  }

  /** The release that the track's content was promoted to, by a conductor that did not live to write it down. */
  async #promotion(address: ItemAddress, { release }: RolloutRecord): Promise<number | undefined> {
    const item = await this.#client.kv.get(itemKey(address));
    const base = (item && decodeRecord(item.text))?.release;
    if (base === undefined) return undefined;
    const entry = await this.#client.kv.get(historyKey(address, base));
    return (entry && decodeHistoryEntry(entry.text))?.from === release ? base : undefined;
  }
}
