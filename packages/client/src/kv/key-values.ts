/** Reading and writing keys. */
import { KV } from '@concord/protocol';
import { callOptionNames, checkNames, invalid, show, type CallOptions } from '../options.ts';
import type { Caller } from '../transport/caller.ts';
import type { Entry } from './entry.ts';
import { describeRange, type Key, type KeyRange, type KeySpace } from './key-space.ts';
import {
  deleteRequest,
  deleteResult,
  deleteSelectionNames,
  putRequest,
  putResult,
  putSelectionNames,
  rangeRequest,
  rangeResult,
  rangeSelectionNames,
  type DeleteResult,
  type DeleteSelection,
  type PutResult,
  type PutSelection,
  type RangeResult,
  type RangeSelection,
} from './requests.ts';
import {
  commitOptionNames,
  isReadOnly,
  TxnBuilder,
  txnRequest,
  txnResult,
  type CommitOptions,
  type TxnResult,
} from './txn.ts';

/** Entries a page has unless `pageSize` says otherwise: 1,000 of 1 kB are 1 MB. */
export const PAGE_ENTRIES = 1_000;

/** How one key is read. */
export type GetOptions = Pick<RangeSelection, 'revision' | 'keysOnly'> & CallOptions;
/** How a range is read at once. */
export type RangeOptions = RangeSelection & CallOptions;
/** How a range is read piece by piece. */
export type PagesOptions = Omit<RangeSelection, 'limit' | 'countOnly' | 'sort' | 'order'> &
  CallOptions & {
    /** Entries of a page, 1,000 by default. */
    readonly pageSize?: number | undefined;
  };
/** How a key is written. */
export type PutOptions = PutSelection & CallOptions;
/** How keys are deleted. */
export type DeleteOptions = DeleteSelection & CallOptions;

const getOptionNames = ['revision', 'keysOnly', ...callOptionNames];
const rangeOptionNames = [...rangeSelectionNames, ...callOptionNames];
const pagesOptionNames = [
  ...rangeSelectionNames.filter((name) => !['limit', 'countOnly', 'sort', 'order'].includes(name)),
  ...callOptionNames,
  'pageSize',
];
const putOptionNames = [...putSelectionNames, ...callOptionNames];
const deleteOptionNames = [...deleteSelectionNames, ...callOptionNames];

/** Reading and writing keys: {@link Client.kv}. */
export class KeyValues {
  readonly #caller: Caller;
  readonly #space: KeySpace;

  constructor(caller: Caller, space: KeySpace) {
    this.#caller = caller;
    this.#space = space;
  }

  /** The entry of `key`, undefined where there is none. */
  async get(key: Key, options: GetOptions = {}): Promise<Entry | undefined> {
    checkNames(options, getOptionNames, 'kv.get');
    this.#space.key(key, 'kv.get');
    const result = await this.#range('kv.get', key, options, options);
    return result.entries[0];
  }

  /** The entries of `range`, sorted by key. Large ranges are better read by {@link pages}. */
  range(range: KeyRange, options: RangeOptions = {}): Promise<RangeResult> {
    checkNames(options, rangeOptionNames, 'kv.range');
    return this.#range('kv.range', range, options, options);
  }

  /** The entries of `range` page by page, all of the revision of the first page. */
  async *pages(range: KeyRange, options: PagesOptions = {}): AsyncIterableIterator<RangeResult> {
    checkNames(options, pagesOptionNames, 'kv.pages');
    const { pageSize = PAGE_ENTRIES, ...rest } = options;
    if (!Number.isSafeInteger(pageSize) || pageSize < 1) {
      throw invalid('kv.pages', `option "pageSize" is ${show(pageSize)}`, 'give an integer from 1');
    }
    let selection: RangeSelection = { ...rest, limit: pageSize };
    const request = rangeRequest(range, selection, this.#space, 'kv.pages');
    for (;;) {
      const response = await this.#caller.call(
        KV.methods.range,
        { ...request, serializable: options.consistency === 'serializable' },
        { operation: 'kv.pages', subject: describeRange(range), effect: 'read' },
        options,
      );
      const revision = selection.revision ?? response.header?.revision ?? 0;
      yield rangeResult(response, this.#space, revision);
      const last = response.kvs.at(-1);
      if (!response.more || last === undefined) return;
      selection = { ...selection, revision };
      request.revision = revision;
      request.key = after(last.key);
    }
  }

  /** The entries of `range` one by one, all of one revision. */
  async *entries(range: KeyRange, options: PagesOptions = {}): AsyncIterableIterator<Entry> {
    for await (const page of this.pages(range, options)) yield* page.entries;
  }

  /** Writes `value` under `key`. */
  async put(key: Key, value: string | Uint8Array, options: PutOptions = {}): Promise<PutResult> {
    checkNames(options, putOptionNames, 'kv.put');
    const request = putRequest(key, value, options, this.#space, 'kv.put');
    const about = { operation: 'kv.put', subject: describeRange(key), effect: 'write' } as const;
    return putResult(await this.#caller.call(KV.methods.put, request, about, options), this.#space);
  }

  /** Deletes a key, or all keys of a range. */
  async delete(range: KeyRange, options: DeleteOptions = {}): Promise<DeleteResult> {
    checkNames(options, deleteOptionNames, 'kv.delete');
    const request = deleteRequest(range, options, this.#space, 'kv.delete');
    const subject = describeRange(range);
    const about = { operation: 'kv.delete', subject, effect: 'write' } as const;
    const response = await this.#caller.call(KV.methods.deleteRange, request, about, options);
    return deleteResult(response, this.#space);
  }

  /** Begins a transaction: `.if(…).then(…).else(…).commit()`. */
  txn(): TxnBuilder {
    return new TxnBuilder((txn, options) => this.#commit(txn, options));
  }

  /** Forgets the history before `revision`; reads and watches of it end with `COMPACTED` from then on. */
  async compact(
    revision: number,
    options: CallOptions & { readonly physical?: boolean | undefined } = {},
  ): Promise<void> {
    checkNames(options, [...callOptionNames, 'physical'], 'kv.compact');
    if (!Number.isSafeInteger(revision) || revision < 1) {
      throw invalid('kv.compact', `revision is ${show(revision)}`, 'give an integer from 1');
    }
    const method = KV.methods.compact;
    const request = method.request.create({ revision, physical: options.physical ?? false });
    const subject = `revision ${revision}`;
    await this.#caller.call(
      method,
      request,
      { operation: 'kv.compact', subject, effect: 'write' },
      options,
    );
  }

  async #range(
    operation: string,
    range: KeyRange,
    selection: RangeSelection,
    options: CallOptions,
  ): Promise<RangeResult> {
    const request = rangeRequest(range, selection, this.#space, operation);
    request.serializable = options.consistency === 'serializable';
    const about = { operation, subject: describeRange(range), effect: 'read' } as const;
    const response = await this.#caller.call(KV.methods.range, request, about, options);
    return rangeResult(response, this.#space);
  }

  async #commit(txn: TxnBuilder, options: CommitOptions): Promise<TxnResult> {
    checkNames(options, commitOptionNames, 'txn.commit');
    const request = txnRequest(txn, this.#space, 'txn.commit');
    const effect = isReadOnly(txn) || options.repeatable === true ? 'read' : 'write';
    const about = { operation: 'txn.commit', effect } as const;
    const response = await this.#caller.call(KV.methods.txn, request, about, options);
    return txnResult(response, txn, this.#space);
  }
}

/** The first key after `key`. */
function after(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1);
  next.set(key);
  return next;
}
