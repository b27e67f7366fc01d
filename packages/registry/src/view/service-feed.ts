/** What a view knows of a service, kept up to date by two mirrors: of the instances, and of operators' decisions. */
import type { CallOptions, Client, Mirror, MirrorBatch } from '@concord/client';
import { idAfter, registryKeys } from '../registry-keys.ts';
import { decodeHoldDecision } from './hold-decision.ts';
import type { SavedEntry, SavedService } from './snapshot-file.ts';
import type { ViewState } from './view-state.ts';

export interface FeedHooks {
  /** Something has been put into the state; `isReread`: because the list was read, for the first time or anew. */
  readonly onChange: (isReread: boolean) => void;
  /** A value that can't be read, and was skipped. */
  readonly onInvalid: (key: string, problem: string) => void;
}

export class ServiceFeed implements AsyncDisposable {
  readonly #service: string;
  readonly #state: ViewState;
  readonly #hooks: FeedHooks;
  readonly #instances: Mirror;
  readonly #overrides: Mirror;
  readonly #instancePrefix: string;
  readonly #overridePrefix: string;
  readonly #holdKey: string;
  #changes = 0;
  #hasInstances = false;
  #hasOverrides = false;

  constructor(client: Client, service: string, state: ViewState, hooks: FeedHooks) {
    this.#service = service;
    this.#state = state;
    this.#hooks = hooks;
    this.#instancePrefix = registryKeys.instances(service);
    this.#overridePrefix = registryKeys.overrides(service);
    this.#holdKey = registryKeys.hold(service);
    this.#instances = client.mirror({ prefix: this.#instancePrefix });
    this.#overrides = client.mirror({ prefix: this.#overridePrefix });
    this.#instances.onBatch((batch) => this.#takeInstances(batch));
    this.#overrides.onBatch((batch) => this.#takeOverrides(batch));
  }

  /** Of the newest thing known of the instances. */
  get revision(): number {
    return this.#instances.revision;
  }

  get overridesRevision(): number {
    return this.#overrides.revision;
  }

  /** Counts up with every batch. */
  get changes(): number {
    return this.#changes;
  }

  /** Whether the cluster has been heard, so that nothing here is from a file. */
  get isLoaded(): boolean {
    return this.#hasInstances && this.#hasOverrides;
  }

  get isLive(): boolean {
    return this.#instances.state === 'live' && this.#overrides.state === 'live';
  }

  get staleMs(): number {
    return Math.max(this.#instances.staleMs, this.#overrides.staleMs);
  }

  async ready(call: CallOptions): Promise<void> {
    await Promise.all([this.#instances.ready(call), this.#overrides.ready(call)]);
  }

  /** Begins with what was saved, until the cluster is heard. */
  load({ instances, overrides }: SavedService): void {
    // Whichever mirror has loaded meanwhile knows better.
    const wanted = this.#hasInstances ? [] : instances;
    for (const { id, value, createRevision, modRevision } of wanted) {
      const entry = { text: JSON.stringify(value), createRevision, modRevision };
      this.#report(this.#instancePrefix + id, this.#state.putInstance(id, entry));
    }
    for (const { id, value, modRevision } of this.#hasOverrides ? [] : overrides) {
      const problem = this.#state.putOverride(id, JSON.stringify(value), modRevision);
      this.#report(this.#overridePrefix + id, problem);
    }
    this.#hooks.onChange(false);
  }

  /** What to save. */
  saved(savedAt: number): SavedService {
    return {
      service: this.#service,
      revision: this.revision,
      savedAt,
      instances: savedEntries(this.#instances, this.#instancePrefix, [...this.#state.ids()]),
      overrides: savedEntries(this.#overrides, this.#overridePrefix, [
        ...this.#state.overrideIds(),
      ]),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([
      this.#instances[Symbol.asyncDispose](),
      this.#overrides[Symbol.asyncDispose](),
    ]);
  }

  #takeInstances(batch: MirrorBatch): void {
    this.#changes += 1;
    this.#hasInstances = true;
    const isReread = batch.type !== 'changes';
    const gone: string[] = [];
    for (const change of batch.changes) {
      if (change.kind === 'delete') gone.push(idAfter(this.#instancePrefix, change.key));
      else {
        const { key, text, createRevision, modRevision } = change.entry;
        const id = idAfter(this.#instancePrefix, key);
        this.#report(key, this.#state.putInstance(id, { text, createRevision, modRevision }));
      }
    }
    // What came from a file is unknown to the mirror. A list that is empty is suspect all the same.
    if (batch.type === 'snapshot') {
      const outdated = absentIn(this.#instances, this.#instancePrefix, this.#state.ids());
      if (this.#instances.entries.size > 0) this.#state.forgetInstances(outdated);
      else gone.push(...outdated);
    }
    this.#state.deleteInstances(gone, performance.now(), isReread);
    this.#hooks.onChange(isReread);
  }

  #takeOverrides(batch: MirrorBatch): void {
    this.#changes += 1;
    this.#hasOverrides = true;
    for (const change of batch.changes) {
      const key = change.kind === 'put' ? change.entry.key : change.key;
      if (key === this.#holdKey) {
        if (change.kind === 'put') this.#decideHold(change.entry.text);
      } else if (change.kind === 'delete') {
        this.#state.deleteOverride(idAfter(this.#overridePrefix, change.key));
      } else {
        const { text, modRevision } = change.entry;
        const id = idAfter(this.#overridePrefix, key);
        this.#report(key, this.#state.putOverride(id, text, modRevision));
      }
    }
    if (batch.type === 'snapshot') {
      const ids = absentIn(this.#overrides, this.#overridePrefix, this.#state.overrideIds());
      for (const id of ids) this.#state.deleteOverride(id);
    }
    this.#hooks.onChange(batch.type !== 'changes');
  }

  #decideHold(text: string): void {
    const decision = decodeHoldDecision(text);
    if (decision === undefined) this.#report(this.#holdKey, 'it is no decision about a hold');
    else this.#state.decideHold(decision, performance.now(), Date.now());
  }

  #report(key: string, problem: string | undefined): void {
    if (problem !== undefined) this.#hooks.onInvalid(key, problem);
  }
}

function absentIn(mirror: Mirror, prefix: string, ids: Iterable<string>): string[] {
  return [...ids].filter((id) => !mirror.entries.has(prefix + id));
}

function savedEntries(mirror: Mirror, prefix: string, ids: readonly string[]): SavedEntry[] {
  return ids.flatMap((id) => {
    const entry = mirror.entries.get(prefix + id);
    if (entry === undefined) return [];
    try {
      const { createRevision, modRevision } = entry;
      return [{ id, value: entry.json(), createRevision, modRevision }];
    } catch {
      // The view has an older value that could be read; it is not there to be saved.
      return [];
    }
  });
}
