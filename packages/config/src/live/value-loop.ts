/**
 * Brings what the cluster holds to the value that a process uses, one step at a time: resolve, validate, apply, make
 * current, tell handlers. What comes meanwhile waits, and of what waits only the newest is looked at.
 *
 * Invariant: a value is current only after its schema and the apply hook took it; handlers never run side by side.
 */
import { ConcordError } from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isDeepStrictEqual } from 'node:util';
import { issuesText, withheld, type Issue } from '../item/issue.ts';
import type { Item } from '../item/item.ts';
import { validateValue } from '../item/schema.ts';
import { resolveItem, type Position, type ResolveContext } from '../layers/resolve.ts';
import { deepFreeze } from '../value/freeze.ts';
import { within } from '../time/within.ts';
import { isSameContent, type Cut } from './cut.ts';
import { settle, type InvalidMember, type SettledMember } from './settle.ts';

export interface ApplyContext {
  /** 0 for what was not released; of a bundle, the newest of its members. */
  readonly release: number;
  readonly track: string;
  /** Aborts when the time for applying is up, or the value is closed. */
  readonly signal: AbortSignal;
}

/** Runs before a value becomes current; throwing rejects it. */
export type ApplyHook<T> = (
  next: T,
  previous: T | undefined,
  context: ApplyContext,
) => void | Promise<void>;

/** What is current. */
export interface Accepted {
  readonly value: unknown;
  readonly members: readonly SettledMember[];
  readonly cut: Cut;
}

export interface Rejected {
  readonly cut: Cut;
  readonly positions: readonly Position[];
  /** Those that were invalid by themselves; none where all of them together, or the hook, said no. */
  readonly invalid: readonly InvalidMember[];
  readonly issues: readonly Issue[];
  readonly error: ConcordError;
}

export interface LoopSettings {
  readonly operation: string;
  /** For people: the item's, or all members' of a bundle. */
  readonly name: string;
  readonly items: readonly Item[];
  /** The members' names of a bundle; undefined: the value is that of the only item. */
  readonly bundle: readonly string[] | undefined;
  /** Of the bundle as a whole. */
  readonly schema: StandardSchemaV1 | undefined;
  readonly apply: ApplyHook<unknown> | undefined;
  readonly applyTimeoutMs: number;
  context(item: Item): ResolveContext;
}

export interface LoopListener {
  /** It is current now. `previous` is undefined for the first, and `isNew` false where the value is what it was. */
  accepted(accepted: Accepted, previous: Accepted | undefined, isNew: boolean): void;
  /** Awaited before the next step. */
  deliver(accepted: Accepted, previous: Accepted, signal: AbortSignal): Promise<void>;
  rejected(rejected: Rejected): void;
  /** A deleted item whose definition says `fail`. */
  gone(error: ConcordError): void;
  /** Something that should not happen; the value stays as it is. */
  unexpected(error: unknown): void;
  /** A span around the applying. */
  traced<T>(members: readonly SettledMember[], work: () => Promise<T>): Promise<T>;
}

export class ValueLoop {
  readonly #settings: LoopSettings;
  readonly #listener: LoopListener;
  readonly #closing = new AbortController();
  /** What was looked at last of the cluster. */
  #seen: Cut | undefined;
  #pending: { readonly cut: Cut; readonly isForced: boolean } | undefined;
  #isRunning = false;
  #accepted: Accepted | undefined;
  #failure: ConcordError | undefined;
  #rejection: Rejected | undefined;

  constructor(settings: LoopSettings, listener: LoopListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  get accepted(): Accepted | undefined {
    return this.#accepted;
  }

  /** Why there is no value to use, if so. */
  get failure(): ConcordError | undefined {
    return this.#failure;
  }

  /** Of the newest content, if it was rejected. */
  get rejection(): Rejected | undefined {
    return this.#rejection;
  }

  /** The first step, before anybody else's. @returns what was wrong with the cut, if it did not become current */
  async start(cut: Cut): Promise<ConcordError | undefined> {
    this.#isRunning = true;
    try {
      return await this.#step(cut, false);
    } finally {
      this.#isRunning = false;
      void this.#run();
    }
  }

  /** Content as the cluster has it now. */
  offer(cut: Cut): void {
    this.#pending = { cut, isForced: this.#pending?.isForced === true };
    void this.#run();
  }

  /** Looks again at the content: something local has changed. */
  again(): void {
    const cut = this.#pending?.cut ?? this.#seen ?? this.#accepted?.cut;
    if (cut === undefined) return;
    this.#pending = { cut, isForced: true };
    void this.#run();
  }

  close(reason: ConcordError): void {
    this.#pending = undefined;
    this.#closing.abort(reason);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#pending !== undefined && !this.#closing.signal.aborted) {
      const { cut, isForced } = this.#pending;
      this.#pending = undefined;
      try {
        await this.#step(cut, isForced);
      } catch (error) {
        this.#listener.unexpected(error);
      }
    }
    this.#isRunning = false;
  }

  async #step(cut: Cut, isForced: boolean): Promise<ConcordError | undefined> {
    if (!isForced && this.#seen !== undefined && isSameContent(this.#seen, cut)) {
      this.#freshen(cut);
      return undefined;
    }
    if (cut.source === 'live') this.#seen = cut;
    const { items, context } = this.#settings;
    const resolutions = await Promise.all(
      items.map((item, index) => resolveItem(item, cut.states[index]!, context(item))),
    );
    if (this.#closing.signal.aborted) return undefined;
    const settled = settle(items, resolutions, this.#accepted?.members);
    if (settled.state === 'invalid') return this.#reject(cut, resolutions, settled.invalid, []);
    if (settled.state === 'gone') {
      this.#failure = settled.error;
      this.#listener.gone(settled.error);
      return settled.error;
    }
    const combined = await validateValue(this.#settings.schema, this.#combine(settled.members));
    if (!combined.ok) return this.#reject(cut, settled.members, [], combined.issues);
    return this.#take(deepFreeze(combined.value), settled.members, cut);
  }

  /** The same content, seen again: only how fresh it is has changed. */
  #freshen(cut: Cut): void {
    this.#seen = cut;
    if (this.#accepted !== undefined && this.#rejection === undefined) {
      this.#accepted = { ...this.#accepted, cut };
    }
  }

  #combine(members: readonly SettledMember[]): unknown {
    const values = members.map((member) => (member.state === 'valid' ? member.value : undefined));
    const { bundle } = this.#settings;
    if (bundle === undefined) return values[0];
    return Object.fromEntries(bundle.map((name, index) => [name, values[index]]));
  }

  async #take(
    value: unknown,
    members: readonly SettledMember[],
    cut: Cut,
  ): Promise<ConcordError | undefined> {
    const previous = this.#accepted;
    const isSame =
      previous !== undefined &&
      this.#failure === undefined &&
      isDeepStrictEqual(previous.value, value);
    const accepted: Accepted = { value: isSame ? previous.value : value, members, cut };
    if (isSame) {
      this.#makeCurrent(accepted);
      this.#listener.accepted(accepted, previous, false);
      return undefined;
    }
    const { signal } = this.#closing;
    return this.#listener.traced(members, async () => {
      try {
        await this.#apply(value, previous?.value, members);
      } catch (error) {
        if (signal.aborted) return undefined;
        return this.#reject(cut, members, [], [this.#applyIssue(members, error)], error);
      }
      if (signal.aborted) return undefined;
      this.#makeCurrent(accepted);
      this.#listener.accepted(accepted, previous, true);
      if (previous !== undefined) await this.#listener.deliver(accepted, previous, signal);
      return undefined;
    });
  }

  #makeCurrent(accepted: Accepted): void {
    this.#accepted = accepted;
    this.#failure = undefined;
    // A snapshot in place of what was rejected does not undo the rejection.
    if (accepted.cut.source === 'live') this.#rejection = undefined;
  }

  async #apply(
    value: unknown,
    previous: unknown,
    members: readonly SettledMember[],
  ): Promise<void> {
    const { apply, applyTimeoutMs, operation } = this.#settings;
    if (apply === undefined) return;
    const { release, track } = newest(members);
    await within(applyTimeoutMs, `${operation}: apply`, this.#closing.signal, (signal) =>
      apply(value, previous, { release, track, signal }),
    );
  }

  #applyIssue(members: readonly SettledMember[], error: unknown): Issue {
    const isSecret = members.some((member) => member.isSecret);
    const text = error instanceof Error ? error.message : String(error);
    return {
      message: isSecret
        ? 'apply threw (text withheld: the item is secret)'
        : `apply threw: ${text}`,
    };
  }

  #reject(
    cut: Cut,
    positions: readonly Position[],
    invalid: readonly InvalidMember[],
    shared: readonly Issue[],
    cause?: unknown,
  ): ConcordError {
    const { items, operation, name } = this.#settings;
    const isSecret = positions.some((position) => position.isSecret);
    const issues = [
      ...shared,
      ...invalid.flatMap((member) => {
        const issues = positions[member.index]!.isSecret ? withheld(member.issues) : member.issues;
        if (items.length === 1) return issues;
        return issues.map((issue) => ({
          ...issue,
          path: [items[member.index]!.name, issue.path].filter((part) => part).join(' '),
        }));
      }),
    ];
    const { release, track } = newest(positions);
    const what =
      release === 0 ? `the content of ${name}` : `release ${release} of ${name} (${track})`;
    const error = new ConcordError('CONFIG_INVALID', {
      operation,
      subject: name,
      problem: `${what} was rejected: ${issuesText(issues, isSecret)}`,
      remedy: 'release content that the schema takes, or roll back',
      cause: isSecret ? undefined : cause,
    });
    this.#rejection = {
      cut,
      positions,
      invalid,
      issues: isSecret ? withheld(issues) : issues,
      error,
    };
    this.#listener.rejected(this.#rejection);
    return error;
  }
}

/** Of several members, the one that was released last. */
export function newest<P extends Position>(members: readonly P[]): P {
  return members.reduce((one, other) => (other.revision > one.revision ? other : one));
}
