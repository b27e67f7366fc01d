/** A value that follows the cluster: what `config.watch` and `config.bundle` hand out. */
import { ConcordError } from '@concord/client';
import { inspect } from 'node:util';
import { provenance, type Provenance } from '../layers/layer.ts';
import type { LayerPlace } from '../layers/resolve.ts';
import { redact, type Secrecy } from '../secret/redact.ts';
import { changesBetween, touches } from '../value/changes.ts';
import { ConfigSelection } from './selection.ts';
import { Handlers } from './handlers.ts';
import { LatestStream } from './latest-stream.ts';
import type { SettledMember } from './settle.ts';
import { guarded, type ConfigSource, type ConfigUpdate } from './update.ts';
import { newest, type Accepted, type LoopSettings, type ValueLoop } from './value-loop.ts';

export interface ConfigInfo {
  /** 0 for what was not released; of a bundle, the newest of its members. */
  readonly release: number;
  /** `base`, a gray track's name, `plain` for a plain key, `none` where no key gave anything. */
  readonly track: string;
  /** Of the cluster, as of which the value was known when it was looked at. */
  readonly revision: number;
  readonly source: ConfigSource;
  /** How long ago the value was last known to be the newest. */
  readonly ageMs: number;
  /** The newer release that was rejected, if one was; the value is that of before. */
  readonly rejected?: {
    readonly release: number;
    readonly track: string;
    readonly error: ConcordError;
  };
}

/** Which layers an item has, and which of them gave what. */
export interface Explanation {
  readonly item: string;
  /** All layers there are, the lowest first. */
  readonly layers: readonly LayerPlace[];
  /** One for the value, or, where objects are merged, one for each of its fields. */
  readonly fields: readonly Provenance[];
}

/** What a live value needs of whoever made it. */
export interface LiveValueHost {
  /** Milliseconds since the cluster was last known to agree. */
  staleMs(): number;
  /** A handler threw, rejected, or used up its time. */
  handlerFailed(error: unknown): void;
  close(): Promise<void>;
}

type Described<T> = Pick<ConfigUpdate<T>, 'value' | 'release' | 'track' | 'revision' | 'source'>;

export class LiveValue<T> implements AsyncDisposable, AsyncIterable<ConfigUpdate<T>> {
  readonly #settings: LoopSettings;
  readonly #loop: ValueLoop;
  readonly #host: LiveValueHost;
  readonly #handlers: Handlers<ConfigUpdate<T>>;
  readonly #stream = new LatestStream<ConfigUpdate<T>>((skipped, next) =>
    this.#update(skipped.previous, next),
  );
  #closing: Promise<void> | undefined;

  constructor(settings: LoopSettings, loop: ValueLoop, host: LiveValueHost) {
    this.#settings = settings;
    this.#loop = loop;
    this.#host = host;
    this.#handlers = new Handlers(settings.applyTimeoutMs, (error) => host.handlerFailed(error));
  }

  /**
   * The value: deep-frozen, valid, the newest that was applied.
   *
   * @throws ConcordError `CONFIG_MISSING` after the deletion of an item whose definition says `onDelete: 'fail'`
   */
  get current(): T {
    if (this.#loop.failure !== undefined) throw this.#loop.failure;
    return this.#accepted.value as T;
  }

  get info(): ConfigInfo {
    const accepted = this.#accepted;
    const { release, track } = newest(accepted.members);
    const { cut } = accepted;
    const rejected = this.#loop.rejection;
    return {
      release,
      track,
      revision: cut.revision,
      source: sourceOf(accepted),
      ageMs: cut.source === 'live' ? this.#host.staleMs() : Math.max(0, Date.now() - cut.at),
      ...(rejected === undefined ? {} : { rejected: rejectedInfo(rejected) }),
    };
  }

  /** Whether what people may see of it is redacted. */
  get isSecret(): boolean {
    return this.#secrecy !== false;
  }

  /** Which layer gave the value, or each of its fields; one explanation for each item. */
  explain(): readonly Explanation[] {
    return this.#accepted.members.map((member, index) => {
      const { name, definition } = this.#settings.items[index]!;
      if (member.state === 'missing') return { item: name, layers: [], fields: [] };
      const fields = provenance(member.layers, definition.merge);
      return { item: name, layers: member.places, fields };
    });
  }

  /**
   * Calls `handler` for each new value. Handlers are awaited, one after the other in the order in which they came, each
   * for `applyTimeout` at most. One that fails is reported as the event `handlerFailed`, and the others go on.
   */
  onChange(
    handler: (update: ConfigUpdate<T>) => void | Promise<void>,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Disposable {
    this.#throwIfClosed();
    return this.#handlers.add(handler, options.signal);
  }

  /** New values from now on. A slow reader gets the newest, with what changed since the last that it saw. */
  updates(
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): AsyncIterableIterator<ConfigUpdate<T>> {
    return this.#stream.read(options.signal);
  }

  /**
   * The value there is, and then new ones: nothing that changed before the loop began is missed. The first update has no
   * change in it.
   */
  [Symbol.asyncIterator](): AsyncIterator<ConfigUpdate<T>> {
    const accepted = this.#loop.failure === undefined ? this.#accepted : undefined;
    const first = accepted && this.#update(accepted.value as T, this.#descriptionOf(accepted));
    return this.#stream.read(undefined, first);
  }

  /** A part of the value, with handlers and updates of its own. @param isEqual - deep equality by default */
  select<U>(
    select: (value: T) => U,
    isEqual?: (one: U, other: U) => boolean,
  ): ConfigSelection<T, U> {
    return new ConfigSelection(this, select, isEqual);
  }

  /** Stops following. `current` stays what it was; streams end. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toJSON(): unknown {
    const { items } = this.#settings;
    const current =
      this.#loop.failure === undefined ? redact(this.#accepted.value, this.#secrecy) : undefined;
    return { items: items.map(({ name }) => name), current, info: this.info };
  }

  [inspect.custom](): unknown {
    return this.toJSON();
  }

  /** Hands a new value to handlers and streams. For whoever made this value. */
  async deliver(accepted: Accepted, previous: Accepted, signal: AbortSignal): Promise<void> {
    const update = this.#update(previous.value as T, this.#descriptionOf(accepted));
    this.#stream.push(update);
    await this.#handlers.call(update, signal);
  }

  #descriptionOf(accepted: Accepted): Described<T> {
    const { release, track } = newest(accepted.members);
    const { revision } = accepted.cut;
    return { value: accepted.value as T, release, track, revision, source: sourceOf(accepted) };
  }

  #update(previous: T | undefined, next: Described<T>): ConfigUpdate<T> {
    const { value, release, track, revision, source } = next;
    const changed = changesBetween(previous, value).map(({ path }) => path);
    const fields = restartFields(this.#settings);
    const restartRequired = fields.filter((field) => changed.some((path) => touches(path, field)));
    const update = { value, previous, changed, restartRequired, release, track, revision, source };
    return guarded(update, this.#secrecy);
  }

  get #accepted(): Accepted {
    // Handed out only after the first value was accepted.
    return this.#loop.accepted!;
  }

  get #secrecy(): Secrecy {
    return secrecyOf(this.#settings, this.#loop.accepted?.members ?? []);
  }

  async #end(): Promise<void> {
    this.#handlers.clear();
    this.#stream.close();
    await this.#host.close();
  }

  #throwIfClosed(): void {
    if (this.#closing === undefined) return;
    throw new ConcordError('CLOSED', {
      operation: 'config: onChange',
      subject: this.#settings.name,
      problem: `the live value of ${this.#settings.name} is closed`,
      remedy: 'watch it anew',
    });
  }
}

export function sourceOf({ members, cut }: Accepted): ConfigSource {
  const tops = members.map((member) => (member.state === 'valid' ? member.top : 'fallback'));
  if (tops.every((top) => top === 'environment' || top === 'override')) return 'override';
  if (tops.every((top) => top === 'fallback') || cut.source === 'none') return 'fallback';
  return cut.source;
}

function rejectedInfo(
  rejected: NonNullable<ValueLoop['rejection']>,
): NonNullable<ConfigInfo['rejected']> {
  const { release, track } = newest(rejected.positions);
  return { release, track, error: rejected.error };
}

/** Paths in the value as a whole of the fields that need a restart. */
export function restartFields({ items, bundle }: LoopSettings): readonly string[] {
  return items.flatMap(({ definition }, index) =>
    definition.restartRequired.map((field) =>
      bundle === undefined ? field : `${bundle[index]!}.${field}`,
    ),
  );
}

/** What of the value as a whole is secret. */
function secrecyOf({ items, bundle }: LoopSettings, members: readonly SettledMember[]): Secrecy {
  const each = items.map(({ definition }, index): Secrecy => {
    if (definition.secret !== false) return definition.secret;
    return members[index]?.isSecret === true;
  });
  if (bundle === undefined) return each[0]!;
  if (each.every((secrecy) => secrecy === false)) return false;
  return each.flatMap((secrecy, index) => {
    const name = bundle[index]!;
    if (typeof secrecy === 'boolean') return secrecy ? [name] : [];
    return secrecy.map((field) => `${name}.${field}`);
  });
}
