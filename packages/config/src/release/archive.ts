/** What was released before: listed, compared, and sealed anew when keys change. */
import { ConcordError, type CallOptions } from '@concord/client';
import { parseContent, type Format } from '../item/format.ts';
import type { Item } from '../item/item.ts';
import type { KeyRing } from '../secret/key-ring.ts';
import { REDACTED } from '../secret/redact.ts';
import { changesBetween, type ValueChange } from '../value/changes.ts';
import { lineDiff } from '../value/line-diff.ts';
import { openContent } from './content.ts';
import type { Content, GrayTrack, HistoryEntry, ItemRecord } from './record.ts';
import { callOf, checkedRelease } from './releases.ts';
import type { ReleaseStore } from './store.ts';
import { BASE_TRACK } from './track.ts';

export interface HistoryItem {
  readonly release: number;
  readonly track: string;
  readonly kind: 'release' | 'deletion';
  /** The document; undefined for a deletion, and for a secret unless asked with `reveal`. */
  readonly content: string | undefined;
  readonly format: Format;
  readonly secret: boolean;
  /** What it was made from: the release rolled back to, or the gray one promoted. */
  readonly from?: number;
  readonly comment?: string;
  readonly by?: string;
  readonly at: string;
}

export interface RevealOptions extends CallOptions {
  /** Shows secrets, for which the key ring is needed. Default false. */
  readonly reveal?: boolean | undefined;
}

export interface HistoryOptions extends RevealOptions {
  /** The newest so many; all that the history holds by default. */
  readonly limit?: number | undefined;
}

export interface DiffOptions extends RevealOptions {
  readonly from: number;
  readonly to: number;
}

export interface ReleaseDiff {
  readonly from: number;
  readonly to: number;
  /** Field by field; the whole document where one of them can't be parsed. */
  readonly changes: readonly ValueChange[];
  /** Line by line, marked `' '`, `'-'`, `'+'`; empty for secrets that are not revealed. */
  readonly lines: readonly string[];
}

export class Archive {
  readonly #store: ReleaseStore;
  readonly #keys: KeyRing | undefined;

  constructor(store: ReleaseStore, keys: KeyRing | undefined) {
    this.#store = store;
    this.#keys = keys;
  }

  async *history(item: Item, options: HistoryOptions): AsyncGenerator<HistoryItem> {
    const { limit = Infinity, reveal = false } = options;
    let count = 0;
    for await (const { entry } of this.#store.entries(item.address, callOf(options))) {
      yield this.#historyItem(item, entry, reveal);
      if (++count >= limit) return;
    }
  }

  async diff(item: Item, options: DiffOptions): Promise<ReleaseDiff> {
    const operation = 'config.diff';
    const { from, to, reveal = false } = options;
    checkedRelease(operation, 'from', from);
    checkedRelease(operation, 'to', to);
    const call = callOf(options);
    const old = await this.#store.entry(operation, item.address, from, call);
    const young = await this.#store.entry(operation, item.address, to, call);
    const before = this.#opened(operation, item, old.content);
    const after = this.#opened(operation, item, young.content);
    const changes = changesBetween(valueOf(before, old.format), valueOf(after, young.format));
    const isSecret = old.secret === true || young.secret === true;
    if (reveal || !(isSecret || item.definition.secret !== false)) {
      return { from, to, changes, lines: lineDiff(before ?? '', after ?? '') };
    }
    return { from, to, changes: changes.map(redactedChange), lines: [] };
  }

  /** Seals everything of the item with the current key. @returns how many contents needed it */
  async reseal(item: Item, options: CallOptions): Promise<number> {
    const operation = 'config.reseal';
    const call = callOf(options);
    let count = 0;
    const { record } = await this.#store.standing(operation, item.address, call);
    const old =
      record === undefined ? 0 : contentsOf(record).filter((one) => this.#isOld(one)).length;
    if (old > 0) {
      await this.#store.change(
        operation,
        [
          {
            address: item.address,
            step: ({ record }) => ({
              record: record && this.#resealedRecord(item, record),
              entry: undefined,
            }),
          },
        ],
        call,
      );
      count += old;
    }
    for await (const { entry, key, modRevision } of this.#store.entries(item.address, call)) {
      if (entry.content === undefined || !this.#isOld(entry.content)) continue;
      const content = this.#resealed(item, entry.content);
      if (await this.#store.replaceEntry(key, modRevision, { ...entry, content }, call)) count++;
    }
    return count;
  }

  #historyItem(item: Item, entry: HistoryEntry, reveal: boolean): HistoryItem {
    const { content, secret = false, track = BASE_TRACK, ...rest } = entry;
    const isShown = content !== undefined && (!secret || reveal);
    return {
      ...rest,
      track,
      secret,
      kind: content === undefined ? 'deletion' : 'release',
      content: isShown ? this.#opened('config.history', item, content) : undefined,
    };
  }

  #opened(operation: string, item: Item, content: Content | undefined): string | undefined {
    if (content === undefined) return undefined;
    const opened = openContent(item, content, this.#keys);
    if (opened.ok) return opened.text;
    throw new ConcordError('CONFIG_INVALID', {
      operation,
      subject: item.name,
      problem: `${item.name}: ${opened.problem}`,
      remedy: 'give the configuration that key in its option "keys"',
    });
  }

  #isOld(content: Content): boolean {
    return typeof content !== 'string' && content.key !== this.#keys?.current;
  }

  #resealed(item: Item, content: Content): Content {
    if (!this.#isOld(content)) return content;
    // An old content can be opened only with a ring.
    const text = this.#opened('config.reseal', item, content)!;
    const { namespace, path } = item.address;
    return this.#keys!.seal(text, `${namespace}/${path}`);
  }

  #resealedRecord(item: Item, record: ItemRecord): ItemRecord {
    const content = this.#resealed(item, record.content);
    if (record.gray === undefined) return { ...record, content };
    const gray = record.gray.map((track): GrayTrack => {
      return { ...track, content: this.#resealed(item, track.content) };
    });
    return { ...record, content, gray };
  }
}

const contentsOf = ({ content, gray = [] }: ItemRecord): readonly Content[] => [
  content,
  ...gray.map((track) => track.content),
];

function valueOf(text: string | undefined, format: Format): unknown {
  if (text === undefined) return undefined;
  const parsed = parseContent(text, format);
  return parsed.ok ? parsed.value : text;
}

function redactedChange({ path, kind }: ValueChange): ValueChange {
  return {
    path,
    kind,
    ...(kind === 'added' ? {} : { before: REDACTED }),
    ...(kind === 'removed' ? {} : { after: REDACTED }),
  };
}
