/** Configuration that lives in the cluster: watched by services, released by operators. */
import {
  ConcordError,
  durationMs,
  type CallOptions,
  type Client,
  type Events,
  checkNames,
} from '@concord/client';
import type { ConfigEvents } from './events.ts';
import { convergenceOf, type Convergence } from './feedback/convergence.ts';
import { storedAcknowledgements } from './feedback/stored.ts';
import { releaseIdentity } from './identity.ts';
import { acknowledgementsPrefix } from './item/address.ts';
import type { ConfigDefinition } from './item/definition.ts';
import { itemOf, type Item, type ItemDefaults, type ReadOptions } from './item/item.ts';
import { checkedSchema } from './item/schema.ts';
import { checkedEnvironment } from './layers/environment.ts';
import { OverrideFile } from './layers/override-file.ts';
import type { ResolveContext } from './layers/resolve.ts';
import { membersOf, type BundleMembers, type BundleValue } from './live/bundle.ts';
import type { LiveValue } from './live/live-value.ts';
import { readOnce } from './live/read-once.ts';
import type { LoopSettings } from './live/value-loop.ts';
import { storeName, Watcher } from './live/watcher.ts';
import {
  ACT_OPTIONS,
  BUNDLE_OPTIONS,
  checkedOptions,
  RELEASE_OPTIONS,
  READ_OPTIONS,
  WATCH_OPTIONS,
  WATCH_PATH_OPTIONS,
  type BundleOptions,
  type CheckedOptions,
  type ConfigurationOptions,
  type GetOptions,
  type WatchOptions,
  type WatchPathOptions,
} from './options.ts';
import {
  Archive,
  type DiffOptions,
  type HistoryItem,
  type HistoryOptions,
  type ReleaseDiff,
} from './release/archive.ts';
import {
  Releases,
  type ActOptions,
  type BasedOptions,
  type Release,
  type ReleaseItem,
  type ReleaseOptions,
  type RollbackOptions,
  type ValidationReport,
} from './release/releases.ts';
import { Rollout, type RolloutOptions, type RolloutOutcome } from './release/rollout.ts';
import { ReleaseStore } from './release/store.ts';
import type { GrayOptions } from './release/track.ts';
import { KeyRing } from './secret/key-ring.ts';
import { surroundingsOf, type Surroundings } from './surroundings.ts';

type Target = string | ConfigDefinition;

export class Configuration implements AsyncDisposable {
  readonly #client: Client;
  readonly #checked: CheckedOptions;
  readonly #defaults: ItemDefaults;
  readonly #keys: KeyRing | undefined;
  readonly #overrides: OverrideFile | undefined;
  readonly #around: Surroundings;
  readonly #store: ReleaseStore;
  readonly #releases: Releases;
  readonly #archive: Archive;
  readonly #watchers = new Set<Watcher<unknown>>();
  #closing: Promise<void> | undefined;

  /**
   * Nothing is sent before the first call.
   *
   * @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed; `CONFIG_INVALID` for
   * an override file that can't be read
   */
  constructor(client: Client, options: ConfigurationOptions = {}) {
    const operation = 'Configuration';
    this.#client = client;
    this.#checked = checkedOptions(operation, options);
    const { namespace, inherits, historyMax } = this.#checked;
    const environment = checkedEnvironment(operation, options.environment);
    this.#defaults = { namespace, inherits, environment };
    this.#keys = options.keys === undefined ? undefined : new KeyRing(operation, options.keys);
    if (options.overrideFile !== undefined) {
      this.#overrides = new OverrideFile(operation, options.overrideFile, {
        changed: () => this.#overridesChanged(),
        failed: (error) => this.#around.failed('override', error),
      });
    }
    this.#around = surroundingsOf(operation, client, options);
    this.#store = new ReleaseStore(client, historyMax);
    const by = client.app?.name ?? this.#around.identity.id;
    this.#releases = new Releases(client, this.#store, {
      defaults: this.#defaults,
      keys: this.#keys,
      by,
    });
    this.#archive = new Archive(this.#store, this.#keys);
  }

  /** Applied and rejected releases, handlers that failed, trouble in the background. */
  get events(): Events<ConfigEvents> {
    return this.#around.events;
  }

  /**
   * Follows an item. A path alone reads text from the plain key of that name until something is released under it;
   * `T` says what its format makes of it, as nothing checks it. A definition brings its schema's type.
   *
   * Resolves with the first value: the cluster's, or, where that is away, the snapshot's or the fallback.
   *
   * @throws ConcordError `CONFIG_MISSING` where there is no item, no fallback, and it isn't `optional`;
   * `CONFIG_INVALID` where there is nothing valid to begin with; `INVALID_ARGUMENT`; `ABORTED`; `CLOSED`; or what the
   * cluster could not be reached with
   */
  watch<T>(
    definition: ConfigDefinition<T>,
    options: WatchOptions<T | undefined> & { readonly optional: true },
  ): Promise<LiveValue<T | undefined>>;
  watch<T>(definition: ConfigDefinition<T>, options?: WatchOptions<T>): Promise<LiveValue<T>>;
  watch<T = string>(
    path: string,
    options: WatchPathOptions<T | undefined> & { readonly optional: true },
  ): Promise<LiveValue<T | undefined>>;
  watch<T = string>(path: string, options?: WatchPathOptions<T>): Promise<LiveValue<T>>;
  async watch<T>(target: Target, options: WatchPathOptions<T> = {}): Promise<LiveValue<T>> {
    const operation = 'config.watch';
    checkNames(options, typeof target === 'string' ? WATCH_PATH_OPTIONS : WATCH_OPTIONS, operation);
    const item = itemOf(operation, target, options, this.#defaults);
    return this.#open<T>(operation, [item], undefined, { ...options, schema: undefined });
  }

  /**
   * Follows several items as one value, `{ db, cache }`: read at one revision, judged together, current together. A
   * release that one member rejects is applied to none.
   *
   * @throws ConcordError as {@link watch}
   */
  async bundle<const M extends BundleMembers>(
    members: M,
    options: BundleOptions<BundleValue<M>> = {},
  ): Promise<LiveValue<BundleValue<M>>> {
    const operation = 'config.bundle';
    checkNames(options, BUNDLE_OPTIONS, operation);
    checkedSchema(operation, options.schema);
    const entries = membersOf(members);
    const items = entries.map(([, target]) => itemOf(operation, target, {}, this.#defaults));
    const names = entries.map(([name]) => name);
    return this.#open(operation, items, names, options);
  }

  /**
   * An item's value, once: of all layers, validated.
   *
   * @throws ConcordError `CONFIG_MISSING`, `CONFIG_INVALID`, and as every call
   */
  get<T>(definition: ConfigDefinition<T>, options?: ReadOptions & CallOptions): Promise<T>;
  get<T = string>(path: string, options?: GetOptions): Promise<T>;
  async get<T>(target: Target, options: GetOptions = {}): Promise<T> {
    this.#throwIfClosed('config.get');
    checkNames(
      options,
      typeof target === 'string' ? [...WATCH_PATH_OPTIONS] : READ_OPTIONS,
      'config.get',
    );
    const item = itemOf('config.get', target, options, this.#defaults);
    return (await readOnce(this.#client, item, this.#context(item), options)) as T;
  }

  /** Puts the plain key of an item, as `etcdctl put` would, after a look at its format and schema. */
  set(
    target: Target,
    content: unknown,
    options: CallOptions = {},
  ): Promise<{ readonly revision: number }> {
    return this.#releases.set(target, content, options);
  }

  /**
   * Releases content under the item's next number: to everybody, or to a gray track. A string is a document as it is;
   * other content is written in the item's format. A definition's schema judges it first.
   *
   * Several items, as a list, are released in one transaction: consumers see all of them at one revision.
   *
   * @throws ConcordError `CONFIG_INVALID` for content that format or schema refuse; `CONFLICT` if `base` is given and
   * the item stands elsewhere, naming both releases; `QUOTA` for too many gray tracks; `NOT_FOUND` for a gray release
   * of an item without a base
   */
  release(target: Target, content: unknown, options?: ReleaseOptions): Promise<Release>;
  release(items: readonly ReleaseItem[], options?: ActOptions): Promise<readonly Release[]>;
  async release(
    target: Target | readonly ReleaseItem[],
    content: unknown,
    options: ReleaseOptions = {},
  ): Promise<Release | readonly Release[]> {
    const operation = 'config.release';
    if (isList(target)) {
      const act: ActOptions = content ?? {};
      checkNames(act, ACT_OPTIONS, operation);
      return this.#releases.release(target, act);
    }
    checkNames(options, RELEASE_OPTIONS, operation);
    const { gray, base, format, secret } = options;
    const item = { item: target, content, gray, base, format, secret };
    const [release] = await this.#releases.release([item], options);
    return release!;
  }

  /**
   * Releases the content of release `to` once more, under a new number: history only grows.
   *
   * @throws ConcordError `NOT_FOUND` for a release that the history does not hold, `CONFLICT` as {@link release}
   */
  rollback(target: Target, options: RollbackOptions): Promise<Release> {
    return this.#releases.rollback(target, options);
  }

  /**
   * Takes the item away; consumers do as their `onDelete` says, and the history stays.
   *
   * @throws ConcordError `NOT_FOUND`, `CONFLICT`
   */
  delete(target: Target, options: BasedOptions = {}): Promise<Release> {
    return this.#releases.delete(target, options);
  }

  /** Releases the content of a gray track to everybody, under a new number; the track is gone. */
  promote(target: Target, track: string, options: BasedOptions = {}): Promise<Release> {
    return this.#releases.promote(target, track, options);
  }

  /** Takes a gray track away: its clients go back to the base. @returns the base */
  abandon(target: Target, track: string, options: BasedOptions = {}): Promise<Release> {
    return this.#releases.abandon(target, track, options);
  }

  /** Gives a gray track as it is to other clients: a larger percentage, other labels. */
  widen(target: Target, gray: GrayOptions, options: BasedOptions = {}): Promise<Release> {
    return this.#releases.widen(target, gray, options);
  }

  /** Releases in steps, each when the clients of the one before have applied it; the first rejection halts it. */
  async rollout(
    target: Target,
    content: unknown,
    options: RolloutOptions,
  ): Promise<RolloutOutcome> {
    return new Rollout(this.#client, this.#releases, target, content, options).run();
  }

  /** The releases of an item, the newest first; contents of secrets only with `reveal`. */
  history(target: Target, options: HistoryOptions = {}): AsyncIterableIterator<HistoryItem> {
    return this.#archive.history(this.#releases.item('config.history', target), options);
  }

  /** What is different between two releases: by fields, and by lines. */
  async diff(target: Target, options: DiffOptions): Promise<ReleaseDiff> {
    return this.#archive.diff(this.#releases.item('config.diff', target), options);
  }

  /** What the format, and a definition's schema, have against content. Asks nobody. */
  validate(
    target: Target,
    content: unknown,
    options: Pick<ReleaseOptions, 'format'> = {},
  ): Promise<ValidationReport> {
    return this.#releases.validate(target, content, options);
  }

  /** Seals all contents of an item, those of its history too, with the current key. @returns how many needed it */
  async reseal(target: Target, options: CallOptions = {}): Promise<{ readonly resealed: number }> {
    const item = this.#releases.item('config.reseal', target);
    return { resealed: await this.#archive.reseal(item, options) };
  }

  /**
   * What became of an item's releases, by client.
   *
   * @param options - `expected`: clients that should have said something; silent ones count as `unknown`
   */
  async convergence(
    target: Target,
    options: CallOptions & { readonly expected?: readonly string[] | undefined } = {},
  ): Promise<Convergence> {
    const operation = 'config.convergence';
    const { expected, ...call } = options;
    const { address } = this.#releases.item(operation, target);
    const { record } = await this.#store.standing(operation, address, call);
    const { entries } = await this.#client.kv.range(
      { prefix: acknowledgementsPrefix(address) },
      call,
    );
    return convergenceOf(record, storedAcknowledgements(entries), expected);
  }

  /** Closes all live values, waits for the snapshot to be on disk, and takes the acknowledgements back. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#overrides?.[Symbol.dispose]();
    await Promise.all([...this.#watchers].map((watcher) => watcher.live.close()));
    this.#around.publisher?.close();
    await this.#around.acknowledger?.close();
    await this.#around.store?.close();
    this.#around.events.close();
    releaseIdentity(this.#around.identity);
  }

  async #open<T>(
    operation: string,
    items: readonly Item[],
    bundle: readonly string[] | undefined,
    options: BundleOptions<T>,
  ): Promise<LiveValue<T>> {
    this.#throwIfClosed(operation);
    const { signal, timeout, apply } = options;
    signal?.throwIfAborted();
    const settings: LoopSettings = {
      operation,
      name: items.map(({ name }) => name).join(', '),
      items,
      bundle,
      schema: options.schema,
      apply: apply as LoopSettings['apply'],
      applyTimeoutMs: this.#checked.applyTimeoutMs,
      context: (item) => this.#context(item),
    };
    const hasSnapshot = this.#around.store?.cutOf(items.map(storeName), Date.now()) !== undefined;
    const timeoutMs =
      timeout === undefined
        ? this.#checked.startTimeoutMs(hasSnapshot)
        : durationMs(timeout, `${operation}: option "timeout"`, 1);
    const watcher: Watcher<T> = new Watcher<T>(settings, this.#around, () =>
      this.#watchers.delete(watcher as Watcher<unknown>),
    );
    this.#watchers.add(watcher as Watcher<unknown>);
    return watcher.start({ signal, timeout: timeoutMs });
  }

  #context(item: Item): ResolveContext {
    return {
      identity: this.#around.identity,
      keys: this.#keys,
      override: this.#overrides?.valueOf(item.address),
    };
  }

  #overridesChanged(): void {
    for (const watcher of this.#watchers) watcher.again();
  }

  #throwIfClosed(operation: string): void {
    if (this.#closing === undefined) return;
    throw new ConcordError('CLOSED', {
      operation,
      problem: 'the configuration is closed',
      remedy: 'make a new one',
    });
  }
}

const isList = (target: Target | readonly ReleaseItem[]): target is readonly ReleaseItem[] =>
  Array.isArray(target);
