/** What people do with rollouts: begin, pause, go on, end. Whoever conducts them reads it in the cluster. */
import type { Configuration } from '@concord/config';
import { itemKey, type ItemAddress } from '@concord/config/records';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import { spanMs } from '../live/long-poll.ts';
import { contentProblem } from './content-faults.ts';
import type { DraftDesk } from './draft-desk.ts';
import type { FeedbackDesk } from './feedback-desk.ts';
import { targetOf } from './release-desk.ts';
import { isOver, type RolloutRecord } from './rollout-record.ts';
import type { RolloutDocument, StartRollout } from './rollout-schemas.ts';
import type { RolloutStore, StoredRollout } from './rollout-store.ts';

/** The conductor writes once a step, and people more seldom. */
const ATTEMPTS_MAX = 8;

export type RolloutAction = 'pause' | 'resume' | 'next' | 'promote';

export class RolloutDesk {
  readonly #config: Configuration;
  readonly #store: RolloutStore;
  readonly #drafts: DraftDesk;
  readonly #feedback: FeedbackDesk;

  constructor(
    config: Configuration,
    store: RolloutStore,
    drafts: DraftDesk,
    feedback: FeedbackDesk,
  ) {
    this.#config = config;
    this.#store = store;
    this.#drafts = drafts;
    this.#feedback = feedback;
  }

  /** @throws Problem `conflict` while another is under way, `invalid-content` */
  async start(actor: Actor, address: ItemAddress, plan: StartRollout): Promise<RolloutDocument> {
    assertMay(actor, 'write', itemKey(address));
    const before = await this.#store.find(address);
    if (before !== undefined && !isOver(before.record)) throw underWay(address, before.record);
    const draft = plan.content === undefined ? await this.#drafts.standing(address) : undefined;
    const [first] = plan.steps;
    const { name, comment } = plan;
    const content = draft?.record.content ?? plan.content;
    const options = {
      format: plan.format ?? draft?.record.format,
      secret: plan.secret ?? (draft?.isSecret === true ? true : undefined),
      base: draft?.record.base,
      comment: comment ?? draft?.record.comment,
      by: actor.name,
      gray: { ...defined(first ?? {}), name },
    };
    const { release } = await this.#config
      .release(targetOf(address), content, options)
      .catch((error: unknown) => {
        throw contentProblem(error, { content, format: options.format }, address) ?? error;
      });
    const now = new Date().toISOString();
    const record: RolloutRecord = {
      state: 'running',
      name,
      release,
      steps: plan.steps.map(defined),
      step: 0,
      advance: plan.advance,
      holdMs: spanMs(plan.hold),
      rejectedOver: plan.rejectedOver,
      unackedAfterMs: Math.max(1, spanMs(plan.unackedAfter)),
      onHalt: plan.onHalt,
      by: actor.name,
      ...(options.comment !== undefined && { comment: options.comment }),
      at: now,
      changedAt: now,
    };
    const revision = await this.#store.write(address, before?.revision ?? 0, record);
    if (revision === undefined) {
      await this.#config
        .abandon(targetOf(address), name, { by: actor.name })
        .catch(() => undefined);
      throw changed(address);
    }
    if (draft !== undefined) await this.#drafts.drop(address, draft.revision);
    return this.#document(address, { record, revision });
  }

  async get(actor: Actor, address: ItemAddress): Promise<RolloutDocument> {
    assertMay(actor, 'read', itemKey(address));
    return this.#document(address, await this.#store.get(address));
  }

  /** @throws Problem `conflict` for what its state does not allow */
  async change(
    actor: Actor,
    address: ItemAddress,
    action: RolloutAction,
    comment: string | undefined,
  ): Promise<RolloutDocument> {
    assertMay(actor, 'write', itemKey(address));
    const stored = await this.#store.get(address);
    const { record } = stored;
    if (isOver(record)) throw notNow(address, record, action);
    const act = { by: actor.name, comment };
    switch (action) {
      case 'pause':
        if (record.state !== 'running' && record.state !== 'waiting')
          throw notNow(address, record, action);
        return this.#move(address, stored, { ...record, state: 'paused' });
      case 'resume':
        if (record.isReverted === true) throw notNow(address, record, action);
        return this.#move(address, stored, going(record, record.step));
      case 'next':
        if (record.isReverted === true) throw notNow(address, record, action);
        if (record.step + 1 >= record.steps.length) return this.#promote(address, stored, act);
        await this.#config.widen(
          targetOf(address),
          { ...record.steps[record.step + 1], name: record.name },
          act,
        );
        return this.#settle(address, stored, (one) => going(one, record.step + 1));
      case 'promote':
        return this.#promote(address, stored, act);
      default:
        return action satisfies never;
    }
  }

  /** Takes the track away: its clients go back to what everybody has. */
  async abort(
    actor: Actor,
    address: ItemAddress,
    track: string | undefined,
    comment: string | undefined,
  ): Promise<void> {
    assertMay(actor, 'write', itemKey(address));
    const act = { by: actor.name, comment };
    const stored = await this.#store.find(address);
    const isAbout =
      stored !== undefined &&
      !isOver(stored.record) &&
      (track ?? stored.record.name) === stored.record.name;
    if (!isAbout && track === undefined) {
      throw new Problem('not-found', { detail: `no rollout of ${address.path} is under way` });
    }
    // First what conducts it: or it would go on meanwhile.
    if (isAbout) await this.#move(address, stored, { ...stored.record, state: 'aborted' });
    if (isAbout && stored.record.isReverted === true) return;
    await this.#config.abandon(targetOf(address), track ?? stored!.record.name, act);
  }

  async #promote(
    address: ItemAddress,
    stored: StoredRollout,
    act: { by: string; comment: string | undefined },
  ): Promise<RolloutDocument> {
    const { record } = stored;
    const { release } = await this.#config.promote(targetOf(address), record.name, act);
    return this.#settle(address, stored, (one) => ({
      ...one,
      state: 'completed',
      completedAs: release,
    }));
  }

  /** Writes down what was done to the item already, whatever the conductor has written meanwhile. */
  async #settle(
    address: ItemAddress,
    before: StoredRollout,
    change: (record: RolloutRecord) => RolloutRecord,
  ): Promise<RolloutDocument> {
    let stored = before;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const record = change(stored.record);
      const written = await this.#store.write(address, stored.revision, record);
      if (written !== undefined) return this.#document(address, { record, revision: written });
      stored = await this.#store.get(address);
      if (stored.record.release !== before.record.release) break;
    }
    throw changed(address);
  }

  async #move(
    address: ItemAddress,
    { revision }: StoredRollout,
    record: RolloutRecord,
  ): Promise<RolloutDocument> {
    const written = await this.#store.write(address, revision, record);
    if (written === undefined) throw changed(address);
    return this.#document(address, { record, revision: written });
  }

  async #document(
    address: ItemAddress,
    { record, revision }: StoredRollout,
  ): Promise<RolloutDocument> {
    const { convergence } = await this.#feedback.convergence(address);
    const clients = { applied: 0, rejected: 0, pending: 0, unknown: 0 };
    for (const { track, state } of convergence.clients)
      if (track === record.name) clients[state] += 1;
    const { namespace, path } = address;
    return {
      namespace,
      path,
      ...(record as Omit<RolloutDocument, 'namespace' | 'path' | 'clients' | 'revision'>),
      clients,
      revision,
    };
  }
}

/** Under way at a step, with nothing left of what stopped it. */
function going(record: RolloutRecord, step: number): RolloutRecord {
  const next: { -readonly [K in keyof RolloutRecord]: RolloutRecord[K] } = {
    ...record,
    state: 'running',
    step,
  };
  delete next.reason;
  delete next.problem;
  return next;
}

/** Without what is undefined: options of the SDK are there or not. */
const defined = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const underWay = ({ path }: ItemAddress, { name, state }: RolloutRecord): Problem =>
  new Problem('conflict', {
    detail: `a rollout of ${path} on the track ${name} is ${state}: promote or abort it first`,
    outcome: 'not-applied',
  });

const notNow = ({ path }: ItemAddress, { state }: RolloutRecord, action: string): Problem =>
  new Problem('conflict', {
    detail: `the rollout of ${path} is ${state}: that leaves nothing to ${action}`,
    outcome: 'not-applied',
  });

const changed = ({ path }: ItemAddress): Problem =>
  new Problem('conflict', {
    detail: `the rollout of ${path} went on meanwhile: look at it again`,
    outcome: 'unknown',
  });
