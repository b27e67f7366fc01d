/** What operators do with items: release, roll back, try on a few, look at what was. */
import { ConcordError, type CallOptions, type Client, checkNames } from '@concord/client';
import type { ConfigDefinition } from '../item/definition.ts';
import { checkedFormat, serialize, type Format } from '../item/format.ts';
import type { Issue } from '../item/issue.ts';
import { itemOf, type Item, type ItemDefaults } from '../item/item.ts';
import type { KeyRing } from '../secret/key-ring.ts';
import { BASED_OPTIONS } from '../options.ts';
import { contentIssues, newContent, refusedContent, type ContentOptions } from './content.ts';
import {
  abandonGray,
  checkBase,
  deleteItem,
  promoteGray,
  releaseBase,
  releaseGray,
  widenGray,
  type Act,
  type Standing,
  type Step,
} from './next-record.ts';
import { RELEASE_ITEMS_MAX, type ItemChange, type ReleaseStore } from './store.ts';
import { BASE_TRACK, checkedGray, type GrayOptions } from './track.ts';

/** Who does it and why: kept with the release. */
export interface ActOptions extends CallOptions {
  readonly comment?: string | undefined;
  /** The actor; the client's app by default. */
  readonly by?: string | undefined;
}

export interface BasedOptions extends ActOptions {
  /** The base release that the change was made from, 0 for none: the act fails with `CONFLICT` if the item stands elsewhere. */
  readonly base?: number | undefined;
}

export interface RollbackOptions extends BasedOptions {
  /** The release whose content comes back. */
  readonly to: number;
}

export interface ReleaseOptions extends BasedOptions, ContentOptions {
  /** Releases to some clients only, beside the base. */
  readonly gray?: GrayOptions | undefined;
}

/** One of several items that are released together. */
export interface ReleaseItem extends ContentOptions {
  readonly item: string | ConfigDefinition;
  /** A document as a string, or a value that the format can express. */
  readonly content: unknown;
  readonly gray?: GrayOptions | undefined;
  readonly base?: number | undefined;
}

export interface Release {
  /** The path, with the namespace where that is not `default`. */
  readonly item: string;
  readonly release: number;
  readonly track: string;
  /** Of the cluster. All items of one call have the same. */
  readonly revision: number;
  readonly at: string;
}

export interface ValidationReport {
  readonly isValid: boolean;
  readonly issues: readonly Issue[];
}

export interface ReleasesSettings {
  readonly defaults: ItemDefaults;
  readonly keys: KeyRing | undefined;
  /** Who acts, unless a call says otherwise. */
  readonly by: string;
}

type Target = string | ConfigDefinition;

export class Releases {
  readonly #client: Client;
  readonly #settings: ReleasesSettings;
  readonly #store: ReleaseStore;

  constructor(client: Client, store: ReleaseStore, settings: ReleasesSettings) {
    this.#client = client;
    this.#settings = settings;
    this.#store = store;
  }

  async set(target: Target, content: unknown, call: CallOptions): Promise<{ revision: number }> {
    const operation = 'config.set';
    const item = this.item(operation, target);
    if (item.definition.secret !== false) {
      throw refuse(
        operation,
        `${item.name} is secret, and plain keys are not sealed`,
        'release it',
      );
    }
    const text = serialize(operation, content, item.format);
    const issues = await contentIssues(item, text, item.format);
    if (issues.length > 0) {
      throw refusedContent(operation, item, issues, false);
    }
    if (item.plainKey === undefined) {
      throw refuse(operation, `${item.name} has no plain key`, 'release it');
    }
    const { revision } = await this.#client.kv.put(item.plainKey, text, call);
    return { revision };
  }

  async release(items: readonly ReleaseItem[], options: ActOptions): Promise<readonly Release[]> {
    const operation = 'config.release';
    if (items.length === 0 || items.length > RELEASE_ITEMS_MAX) {
      throw refuse(
        operation,
        `${items.length} items are given`,
        `release 1 to ${RELEASE_ITEMS_MAX} together`,
      );
    }
    const all = items.map((one) => {
      const item = this.item(operation, one.item);
      checkedFormat(operation, one.format);
      checkedBase(operation, one.base);
      return { one, item, gray: checkedGray(operation, one.gray) };
    });
    const names = all.map(({ item }) => item.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      throw refuse(operation, `${twice} is given twice`, 'release each item once');
    const act = this.#act(operation, options);
    return this.#change(
      operation,
      all.map(({ one, item, gray }) => ({
        item,
        step: async (standing) => {
          const own = { ...act, subject: item.name };
          checkBase(standing, one.base, own);
          const next = await newContent(
            operation,
            item,
            one.content,
            one,
            standing,
            this.#settings.keys,
          );
          return gray === undefined
            ? releaseBase(standing, next, own)
            : releaseGray(standing, next, gray, own);
        },
      })),
      options,
    );
  }

  async rollback(target: Target, options: RollbackOptions): Promise<Release> {
    const operation = 'config.rollback';
    checkNames(options, [...BASED_OPTIONS, 'to'], operation);
    const item = this.item(operation, target);
    const { to, base } = options;
    checkedBase(operation, base);
    checkedRelease(operation, 'to', to);
    const { content, format, secret } = await this.#store.entry(
      operation,
      item.address,
      to,
      callOf(options),
    );
    if (content === undefined) {
      throw refuse(
        operation,
        `release ${to} of ${item.name} is its deletion`,
        'choose one with content',
      );
    }
    const act = { ...this.#act(operation, options), subject: item.name };
    return this.#changeOne(operation, item, options, (standing) => {
      checkBase(standing, base, act);
      return releaseBase(standing, { content, format, secret: secret === true, from: to }, act);
    });
  }

  async delete(target: Target, options: BasedOptions): Promise<Release> {
    const operation = 'config.delete';
    checkNames(options, BASED_OPTIONS, operation);
    const item = this.item(operation, target);
    checkedBase(operation, options.base);
    const act = { ...this.#act(operation, options), subject: item.name };
    return this.#changeOne(operation, item, options, (standing) => {
      checkBase(standing, options.base, act);
      return deleteItem(standing, act);
    });
  }

  promote(target: Target, track: string, options: BasedOptions): Promise<Release> {
    return this.#onTrack('config.promote', target, options, (standing, act) =>
      promoteGray(standing, track, act),
    );
  }

  abandon(target: Target, track: string, options: BasedOptions): Promise<Release> {
    return this.#onTrack('config.abandon', target, options, (standing, act) =>
      abandonGray(standing, track, act),
    );
  }

  widen(target: Target, gray: GrayOptions, options: BasedOptions): Promise<Release> {
    const checked = checkedGray('config.widen', gray)!;
    return this.#onTrack('config.widen', target, options, (standing, act) =>
      widenGray(standing, checked, act),
    );
  }

  async validate(
    target: Target,
    content: unknown,
    options: { format?: Format | undefined },
  ): Promise<ValidationReport> {
    const operation = 'config.validate';
    const item = this.item(operation, target);
    const format = checkedFormat(operation, options.format) ?? item.format;
    const issues = await contentIssues(item, serialize(operation, content, format), format);
    return { isValid: issues.length === 0, issues };
  }

  item(operation: string, target: Target): Item {
    return itemOf(operation, target, {}, this.#settings.defaults);
  }

  #act(operation: string, { comment, by }: ActOptions): Act {
    for (const [option, value] of Object.entries({ comment, by }) as [string, unknown][]) {
      if (value === undefined || typeof value === 'string') continue;
      throw refuse(operation, `option "${option}" is ${JSON.stringify(value)}`, 'give a string');
    }
    return {
      operation,
      subject: '',
      comment,
      by: by ?? this.#settings.by,
      at: new Date().toISOString(),
    };
  }

  async #onTrack(
    operation: string,
    target: Target,
    options: BasedOptions,
    step: (standing: Standing, act: Act) => Step,
  ): Promise<Release> {
    checkNames(options, BASED_OPTIONS, operation);
    const item = this.item(operation, target);
    checkedBase(operation, options.base);
    const act = { ...this.#act(operation, options), subject: item.name };
    return this.#changeOne(operation, item, options, (standing) => {
      checkBase(standing, options.base, act);
      return step(standing, act);
    });
  }

  async #changeOne(
    operation: string,
    item: Item,
    options: ActOptions,
    step: ItemChange['step'],
  ): Promise<Release> {
    const [release] = await this.#change(operation, [{ item, step }], options);
    return release!;
  }

  async #change(
    operation: string,
    changes: readonly { readonly item: Item; readonly step: ItemChange['step'] }[],
    options: ActOptions,
  ): Promise<readonly Release[]> {
    const { revision, steps } = await this.#store.change(
      operation,
      changes.map(({ item, step }) => ({ address: item.address, step })),
      callOf(options),
    );
    return steps.map(({ record, entry }, index) => ({
      item: changes[index]!.item.name,
      release: entry?.release ?? record?.release ?? 0,
      track: entry?.track ?? BASE_TRACK,
      revision,
      at: entry?.at ?? record?.at ?? new Date().toISOString(),
    }));
  }
}

export const callOf = ({ signal, timeout }: CallOptions): CallOptions => ({ signal, timeout });

function checkedBase(operation: string, base: unknown): void {
  if (base === undefined || (Number.isSafeInteger(base) && (base as number) >= 0)) return;
  throw refuse(
    operation,
    `option "base" is ${JSON.stringify(base)}`,
    'give the number of a release, or 0 for none',
  );
}

export function checkedRelease(operation: string, option: string, release: unknown): void {
  if (Number.isSafeInteger(release) && (release as number) > 0) return;
  throw refuse(
    operation,
    `option "${option}" is ${JSON.stringify(release)}`,
    'give the number of a release',
  );
}

const refuse = (operation: string, problem: string, remedy: string): ConcordError =>
  new ConcordError('INVALID_ARGUMENT', { operation, problem, remedy });
