/**
 * Items and their histories in the cluster: read as they stand, changed by one transaction that demands that they
 * still do. Several items are one transaction.
 */
import {
  compare,
  ConcordError,
  missing,
  op,
  type CallOptions,
  type Client,
  type Condition,
  type Operation,
} from '@concord/client';
import { historyKey, historyPrefix, itemKey, itemName, type ItemAddress } from '../item/address.ts';
import type { Standing, Step } from './next-record.ts';
import { decodeHistoryEntry, decodeRecord, encode, type HistoryEntry } from './record.ts';

/** etcd allows 128 operations in a transaction, and an item takes three. */
export const RELEASE_ITEMS_MAX = 32;
/** etcd takes requests of 1.5 MiB; keys, conditions and framing come out of the rest. */
export const RELEASE_BYTES_MAX = 1.5 * 1024 * 1024 - 64 * 1024;
/** How often a change is made again because somebody else was faster. */
const ATTEMPTS_MAX = 8;
/** Contents may be large, and grpc-js takes messages of 4 MiB at most. */
const HISTORY_PAGE = 2;

export interface ItemChange {
  readonly address: ItemAddress;
  /** The act: what becomes of the item as it stands. */
  step(standing: Standing): Step | Promise<Step>;
}

export interface Changed {
  readonly revision: number;
  readonly steps: readonly Step[];
}

/** An item, and the revision of its key that a change must find. */
interface Seen extends Standing {
  readonly modRevision: number;
}

export class ReleaseStore {
  readonly #client: Client;
  readonly #historyMax: number;

  constructor(client: Client, historyMax: number) {
    this.#client = client;
    this.#historyMax = historyMax;
  }

  /**
   * Changes all items at one revision.
   *
   * @throws ConcordError `CONFLICT` if others keep changing them, `INVALID_ARGUMENT` if it is too much for a transaction
   */
  async change(
    operation: string,
    changes: readonly ItemChange[],
    call: CallOptions,
  ): Promise<Changed> {
    const addresses = changes.map(({ address }) => address);
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const seen = await this.#read(operation, addresses, call);
      const steps = await Promise.all(changes.map(async ({ step }, index) => step(seen[index]!)));
      const operations = steps.flatMap((step, index) => this.#operations(addresses[index]!, step));
      checkSize(operation, operations);
      const { succeeded, revision } = await this.#client.kv
        .txn()
        .if(...steps.flatMap((step, index) => conditions(addresses[index]!, seen[index]!, step)))
        .then(...operations)
        .commit(call);
      if (succeeded) return { revision, steps };
    }
    throw new ConcordError('CONFLICT', {
      operation,
      subject: addresses.map(itemName).join(', '),
      problem: `others changed it ${ATTEMPTS_MAX} times while this was being done`,
      remedy: 'try again',
    });
  }

  /** Where the item stands. */
  async standing(operation: string, address: ItemAddress, call: CallOptions): Promise<Standing> {
    const [standing] = await this.#read(operation, [address], call);
    return standing!;
  }

  /** @throws ConcordError `NOT_FOUND` for a release that never was or that the history has dropped */
  async entry(
    operation: string,
    address: ItemAddress,
    release: number,
    call: CallOptions,
  ): Promise<HistoryEntry> {
    const stored = await this.#client.kv.get(historyKey(address, release), call);
    const entry = stored === undefined ? undefined : decodeHistoryEntry(stored.text);
    if (entry !== undefined) return entry;
    throw new ConcordError('NOT_FOUND', {
      operation,
      subject: itemName(address),
      problem: `${itemName(address)} has no release ${release} in its history`,
      remedy: `config.history(path) lists the last ${this.#historyMax}`,
    });
  }

  /** The history, the newest first. Entries that can't be read are left out. */
  async *entries(
    address: ItemAddress,
    call: CallOptions,
  ): AsyncGenerator<{ entry: HistoryEntry; key: string; modRevision: number }> {
    const prefix = historyPrefix(address);
    let end: string | undefined;
    for (;;) {
      const range = end === undefined ? { prefix } : { from: prefix, to: end };
      const page = await this.#client.kv.range(range, {
        ...call,
        sort: 'key',
        order: 'descending',
        limit: HISTORY_PAGE,
      });
      for (const { key, text, modRevision } of page.entries) {
        const entry = decodeHistoryEntry(text);
        if (entry !== undefined) yield { entry, key, modRevision };
      }
      end = page.entries.at(-1)?.key;
      if (!page.more || end === undefined) return;
    }
  }

  /** Replaces a history entry by the same one, sealed anew. @returns false if it has gone meanwhile */
  async replaceEntry(
    key: string,
    modRevision: number,
    entry: HistoryEntry,
    call: CallOptions,
  ): Promise<boolean> {
    const { succeeded } = await this.#client.kv
      .txn()
      .if(compare(key).modRevision('=', modRevision))
      .then(op.put(key, encode(entry)))
      .commit(call);
    return succeeded;
  }

  /** All items at one revision, each with the newest number of its history. */
  async #read(
    operation: string,
    addresses: readonly ItemAddress[],
    call: CallOptions,
  ): Promise<Seen[]> {
    const operations = addresses.flatMap((address) => [
      op.get(itemKey(address)),
      op.range(
        { prefix: historyPrefix(address) },
        { sort: 'key', order: 'descending', limit: 1, keysOnly: true },
      ),
    ]);
    const { results } = await this.#client.kv
      .txn()
      .then(...operations)
      .commit(call);
    return addresses.map((address, index) => {
      const item = results[2 * index]!;
      const history = results[2 * index + 1]!;
      const entry = item.kind === 'get' ? item.entry : undefined;
      const newest = history.kind === 'range' ? history.entries[0]?.key : undefined;
      const numbered =
        newest === undefined ? 0 : Number(newest.slice(historyPrefix(address).length));
      const record = entry === undefined ? undefined : decodeRecord(entry.text);
      if (entry !== undefined && record === undefined) throw unreadable(operation, address);
      const latest = Math.max(record?.latest ?? 0, Number.isSafeInteger(numbered) ? numbered : 0);
      return { record, latest, modRevision: entry?.modRevision ?? 0 };
    });
  }

  #operations(address: ItemAddress, { record, entry }: Step): Operation[] {
    const key = itemKey(address);
    const operations = [record === undefined ? op.delete(key) : op.put(key, encode(record))];
    if (entry === undefined) return operations;
    operations.push(op.put(historyKey(address, entry.release), encode(entry)));
    const kept = entry.release - this.#historyMax + 1;
    if (kept > 1) {
      operations.push(op.delete({ from: historyPrefix(address), to: historyKey(address, kept) }));
    }
    return operations;
  }
}

function conditions(address: ItemAddress, seen: Seen, { entry }: Step): Condition[] {
  // 0 is what etcd compares a key with that is not there.
  const unchanged = compare(itemKey(address)).modRevision('=', seen.modRevision);
  if (entry === undefined) return [unchanged];
  // After a deletion the item's key is no witness: another may have come and gone.
  return [unchanged, missing(historyKey(address, entry.release))];
}

function checkSize(operation: string, operations: readonly Operation[]): void {
  let bytes = 0;
  for (const one of operations) if (one.kind === 'put') bytes += Buffer.byteLength(one.value);
  if (bytes <= RELEASE_BYTES_MAX) return;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `the release takes ${bytes} bytes, each content twice, and ${RELEASE_BYTES_MAX} is the most`,
    remedy: 'release fewer items at once, or keep large files elsewhere and their names here',
  });
}

const unreadable = (operation: string, address: ItemAddress): ConcordError =>
  new ConcordError('CONFIG_INVALID', {
    operation,
    subject: itemName(address),
    problem: `what is under ${itemKey(address)} is no record of a release`,
    remedy: 'look at who wrote it, and delete the key',
  });
